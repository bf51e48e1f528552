import { Handle, type Node, type NodeProps, Position } from '@xyflow/react';
import { type DiagramTable, HEADER_HEIGHT, PADDING, ROW_HEIGHT } from './diagram-layout';

export type TableNodeType = Node<{ readonly table: DiagramTable }, 'table'>;

/** A table as a card, exactly as high as the layout has it. */
export function TableNode({ data: { table }, selected }: NodeProps<TableNodeType>) {
  const { name, rows, more, width, height } = table;
  const line = 'flex items-center justify-between gap-4 font-mono text-[12px] leading-none';
  return (
    <div
      className={`overflow-hidden rounded-md border bg-surface text-ink ${selected ? 'border-accent ring-2 ring-accent' : 'border-line-strong'}`}
      style={{ width, height }}
    >
      {/* Edges are drawn along the layout's points; the library asks for ends all the same. */}
      <Handle type="target" position={Position.Left} isConnectable={false} className="opacity-0" />
      <Handle type="source" position={Position.Right} isConnectable={false} className="opacity-0" />
      <p
        className="truncate border-line border-b bg-accent-soft font-mono font-semibold text-[12px]"
        style={{ height: HEADER_HEIGHT, lineHeight: `${HEADER_HEIGHT}px`, paddingInline: PADDING }}
      >
        {name}
      </p>
      {rows.map((row) => (
        <p key={row.name} className={line} style={{ height: ROW_HEIGHT, paddingInline: PADDING }}>
          <span className="truncate">{row.name}</span>
          <span className="shrink-0 text-muted">
            {row.type}
            {row.badge !== '' && ` ${row.badge}`}
          </span>
        </p>
      ))}
      {more > 0 && (
        <p className={`${line} text-muted`} style={{ height: ROW_HEIGHT, paddingInline: PADDING }}>
          {more} more
        </p>
      )}
    </div>
  );
}
