// biome-ignore-all lint/a11y/useSemanticElements: a virtual grid is laid out by hand, which table elements forbid
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active cell
import type { VirtualItem } from '@tanstack/react-virtual';
import type { Column } from './column';

interface GridHeaderProps {
  columns: readonly Column[];
  visible: readonly VirtualItem[];
  height: number;
  width: number;
  gutter: number;
}

export function GridHeader({ columns, visible, height, width, gutter }: GridHeaderProps) {
  return (
    <div
      role="row"
      aria-rowindex={1}
      className="sticky top-0 z-20 border-line-strong border-b bg-sunken"
      style={{ height, width }}
    >
      <div
        role="columnheader"
        aria-colindex={1}
        aria-label="Row"
        className="sticky left-0 z-10 h-full border-line border-r bg-sunken"
        style={{ width: gutter }}
      />
      {visible.map((item) => {
        const column = columns[item.index];
        if (!column) return null;
        return (
          <div
            key={item.index}
            role="columnheader"
            aria-colindex={item.index + 2}
            title={`${column.name} ${column.type}`}
            className={`absolute top-0 flex h-full flex-col justify-center border-line border-r px-2.5 leading-tight ${
              column.numeric ? 'items-end' : 'items-start'
            }`}
            style={{ left: item.start, width: item.size }}
          >
            <span className="max-w-full truncate font-semibold">{column.name}</span>
            <span className="max-w-full truncate font-sans text-[11px] text-muted">
              {column.type}
            </span>
          </div>
        );
      })}
    </div>
  );
}
