import { type PointerEvent, useRef } from 'react';

interface ColumnHandleProps {
  width: number;
  onResize: (width: number) => void;
  onFit: () => void;
}

/** The right edge of a column's header: drawn to make it wider, clicked twice to fit it. The keyboard has + - and =. */
export function ColumnHandle({ width, onResize, onFit }: ColumnHandleProps) {
  const from = useRef<{ readonly x: number; readonly width: number }>(undefined);
  const begin = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    from.current = { x: event.clientX, width };
  };
  const draw = (event: PointerEvent): void => {
    const { current } = from;
    if (current) onResize(current.width + event.clientX - current.x);
  };
  const end = (): void => {
    from.current = undefined;
  };
  return (
    <div
      aria-hidden
      title="Drag for another width, double click to fit"
      className="absolute top-0 right-0 z-10 h-full w-2 translate-x-1/2 cursor-col-resize touch-none hover:bg-accent/40 active:bg-accent"
      onPointerDown={begin}
      onPointerMove={draw}
      onPointerUp={end}
      onPointerCancel={end}
      onDoubleClick={onFit}
    />
  );
}
