import { type KeyboardEvent, type PointerEvent, useRef } from 'react';

interface HeightHandleProps {
  /** Accessible name, e.g. `Height of the rows`. */
  label: string;
  /** What it makes higher, by the id of the element. */
  controls: string;
  /** The edge of it that this is: drawn outwards, it gets higher. */
  edge: 'upper' | 'lower';
  height: number;
  lowest: number;
  highest: number;
  /** Within those two, in whole pixels. */
  onHeight: (height: number) => void;
  className?: string;
}

const STEP_PX = 48;
const DOWN: Readonly<Record<string, number>> = { ArrowUp: -STEP_PX, ArrowDown: STEP_PX };

/** The edge of what may be made higher: drawn with a pointer, or moved with the arrow keys. */
export function HeightHandle(props: HeightHandleProps) {
  const { label, controls, edge, height, lowest, highest, onHeight, className = '' } = props;
  const from = useRef<{ readonly y: number; readonly height: number }>(undefined);
  const outwards = edge === 'lower' ? 1 : -1;
  const set = (next: number): void => {
    onHeight(Math.round(Math.max(lowest, Math.min(highest, next))));
  };
  const begin = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    from.current = { y: event.clientY, height };
  };
  const draw = ({ clientY }: PointerEvent): void => {
    const { current } = from;
    if (current) set(current.height + (clientY - current.y) * outwards);
  };
  const end = (): void => {
    from.current = undefined;
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = DOWN[event.key];
    if (by === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    set(height + by * outwards);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule cannot be moved, a separator with a value can
    <div
      role="separator"
      aria-label={label}
      aria-orientation="horizontal"
      aria-controls={controls}
      aria-valuenow={height}
      aria-valuemin={lowest}
      aria-valuemax={highest}
      aria-valuetext={`${height} pixels`}
      tabIndex={0}
      title="Drag for another height, or press the arrow keys"
      className={`grid h-2.5 shrink-0 cursor-row-resize touch-none place-items-center border-line border-t bg-surface hover:bg-accent-soft ${className}`}
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
