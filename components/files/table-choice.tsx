import { useId, useState } from 'react';
import type { Loaded } from '../state/loaded';
import { Button } from '../ui/button';
import type { DumpedTable } from './databases';
import { shownName } from './shown-name';

interface TableChoiceProps {
  tables: Loaded<readonly DumpedTable[]>;
  chosen: ReadonlySet<DumpedTable>;
  onChange: (chosen: ReadonlySet<DumpedTable>) => void;
}

/** Which tables of a database. */
export function TableChoice({ tables, chosen, onChange }: TableChoiceProps) {
  const field = useId();
  const [filter, setFilter] = useState('');
  if (tables.kind === 'loading') return <p className="text-muted">Reading the tables…</p>;
  if (tables.kind === 'failed') {
    return (
      <p role="alert" className="text-bad">
        The tables could not be listed: {tables.message}
      </p>
    );
  }
  if (tables.value.length === 0) return <p className="text-muted">There are no tables in it.</p>;
  const shown = tables.value.filter((table) => labelOf(table).includes(filter.toLowerCase()));
  const toggle = (table: DumpedTable) => {
    const next = new Set(chosen);
    if (!next.delete(table)) next.add(table);
    onChange(next);
  };
  return (
    <div>
      <div className="flex gap-2">
        <label htmlFor={field} className="sr-only">
          Filter the tables
        </label>
        <input
          id={field}
          type="search"
          value={filter}
          placeholder="Filter by name"
          onChange={({ target }) => setFilter(target.value)}
          className="h-8 min-w-0 flex-1 rounded-md border border-line-strong bg-surface px-2.5 text-[13px]"
        />
        <Button size="small" onClick={() => onChange(new Set([...chosen, ...shown]))}>
          All shown
        </Button>
        <Button size="small" onClick={() => onChange(new Set())}>
          None
        </Button>
      </div>
      <ul
        aria-label="Tables to export"
        className="mt-2 max-h-56 overflow-y-auto rounded-md border border-line p-2"
      >
        {shown.map((table) => (
          <li key={JSON.stringify([table.schema, table.name])}>
            <label className="flex items-center gap-2 py-0.5">
              <input
                type="checkbox"
                checked={chosen.has(table)}
                onChange={() => toggle(table)}
                className="accent-accent"
              />
              <span className="break-all font-mono text-[13px]">
                <span className="text-muted">{shownName(table.schema)}.</span>
                {shownName(table.name)}
              </span>
            </label>
          </li>
        ))}
      </ul>
    </div>
  );
}

function labelOf({ schema, name }: DumpedTable): string {
  return `${schema}.${name}`.toLowerCase();
}
