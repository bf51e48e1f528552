import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { clampHeight, highest, LOWEST_PX } from './dock-memory';

const STEP_PX = 40;
const KEYS: Readonly<Record<string, number>> = { ArrowUp: STEP_PX, ArrowDown: -STEP_PX };

interface DockHandleProps {
  controls: string;
  height: number;
  onHeight: (height: number) => void;
}

/** The dock's upper edge: drawn with a pointer, or moved with the arrow keys. */
export function DockHandle({ controls, height, onHeight }: DockHandleProps) {
  const from = useRef<{ readonly y: number; readonly height: number }>(undefined);
  const set = (next: number) => onHeight(clampHeight(next, window.innerHeight));
  const begin = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    from.current = { y: event.clientY, height };
  };
  const draw = ({ clientY }: PointerEvent): void => {
    const { current } = from;
    if (current) set(current.height + current.y - clientY);
  };
  const end = (): void => {
    from.current = undefined;
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = KEYS[event.key];
    if (by === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    set(height + by);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule cannot be moved, a separator with a value can
    <div
      role="separator"
      aria-label="Height of the tools"
      aria-orientation="horizontal"
      aria-controls={controls}
      aria-valuenow={height}
      aria-valuemin={LOWEST_PX}
      aria-valuemax={highest(window.innerHeight)}
      aria-valuetext={`${height} pixels`}
      tabIndex={0}
      title="Drag for another height, or press the arrow keys"
      className="grid h-2 shrink-0 cursor-row-resize touch-none place-items-center border-line border-t bg-surface hover:bg-accent-soft max-sm:hidden"
      onPointerDown={begin}
      onPointerMove={draw}
      onPointerUp={end}
      onPointerCancel={end}
      onKeyDown={onKeyDown}
    >
      <span aria-hidden className="h-0.5 w-8 rounded-full bg-line-strong" />
    </div>
  );
}
