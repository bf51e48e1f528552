import { type KeyboardEvent, type PointerEvent, useRef } from 'react';

const STEP_PX = 56;
const KEYS: Readonly<Record<string, number>> = { ArrowUp: -STEP_PX, ArrowDown: STEP_PX };

interface HeightHandleProps {
  /** What it makes higher, by the id of the element. */
  controls: string;
  height: number;
  lowest: number;
  highest: number;
  onHeight: (height: number) => void;
}

/** The lower edge of what may be made higher: drawn with a pointer, or moved with the arrow keys. */
export function HeightHandle({ controls, height, lowest, highest, onHeight }: HeightHandleProps) {
  const from = useRef<{ readonly y: number; readonly height: number }>(undefined);
  const set = (next: number): void => {
    onHeight(Math.round(Math.max(lowest, Math.min(highest, next))));
  };
  const begin = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    from.current = { y: event.clientY, height };
  };
  const draw = (event: PointerEvent): void => {
    const { current } = from;
    if (current) set(current.height + event.clientY - current.y);
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
      aria-label="Height of the rows"
      aria-orientation="horizontal"
      aria-controls={controls}
      aria-valuenow={height}
      aria-valuemin={lowest}
      aria-valuemax={highest}
      aria-valuetext={`${height} pixels`}
      tabIndex={0}
      title="Drag for another height, or press the arrow keys"
      className="grid h-2.5 shrink-0 cursor-row-resize touch-none place-items-center border-line border-t bg-surface hover:bg-accent-soft"
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
