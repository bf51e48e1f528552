import { type ReactNode, useId } from 'react';
import type { ChartChoice, ChartKind } from '@/lib/notebook/types';
import type { Column } from '../results/column';
import { CHART_NAMES } from './chart-summary';
import { axisColumns, MAX_SERIES, numericColumns, ROW_NUMBER } from './suggest';

interface ChartFormProps {
  columns: readonly Column[];
  choice: ChartChoice;
  onChoose: (choice: ChartChoice) => void;
}

const SELECT =
  'h-8 min-w-0 max-w-48 rounded-md border border-line-strong bg-raised px-2 text-[13px]';
const KINDS = Object.entries(CHART_NAMES) as [ChartKind, string][];

/** What is drawn against what. */
export function ChartForm({ columns, choice, onChoose }: ChartFormProps) {
  const numerics = numericColumns(columns);
  const isPie = choice.chart === 'pie';
  const toggle = (name: string, on: boolean): void => {
    const y = on ? [...choice.y, name] : choice.y.filter((other) => other !== name);
    if (y.length > 0 && y.length <= MAX_SERIES) onChoose({ ...choice, y });
  };
  return (
    <form
      aria-label="Chart"
      className="flex flex-wrap items-end gap-x-4 gap-y-2 border-line border-b px-3 py-2 text-[13px]"
      onSubmit={(event) => event.preventDefault()}
    >
      <Field label="Chart">
        {(id) => (
          <select
            id={id}
            className={SELECT}
            value={choice.chart}
            onChange={(event) => {
              const kind = KINDS.find(([name]) => name === event.target.value)?.[0];
              if (kind) onChoose({ ...choice, chart: kind });
            }}
          >
            {KINDS.map(([kind, name]) => (
              <option key={kind} value={kind}>
                {name}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={isPie ? 'Slices' : 'Across'}>
        {(id) => (
          <select
            id={id}
            className={SELECT}
            value={choice.x}
            onChange={(event) => onChoose({ ...choice, x: event.target.value })}
          >
            <option value={ROW_NUMBER}>Row number</option>
            {axisColumns(columns).map(({ name }) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        )}
      </Field>
      {isPie ? (
        <Field label="Size">
          {(id) => (
            <select
              id={id}
              className={SELECT}
              value={choice.y[0]}
              onChange={(event) => onChoose({ ...choice, y: [event.target.value] })}
            >
              {numerics.map(({ name }) => (
                <option key={name} value={name}>
                  {name}
                </option>
              ))}
            </select>
          )}
        </Field>
      ) : (
        <fieldset className="min-w-0">
          <legend className="text-muted text-xs">Up</legend>
          <div className="flex max-h-16 flex-wrap gap-x-3 gap-y-1 overflow-y-auto py-1">
            {numerics.map(({ name }) => (
              <label key={name} className="flex items-center gap-1.5">
                <input
                  type="checkbox"
                  className="accent-accent"
                  checked={choice.y.includes(name)}
                  disabled={!choice.y.includes(name) && choice.y.length >= MAX_SERIES}
                  onChange={(event) => toggle(name, event.target.checked)}
                />
                <span className="max-w-40 truncate">{name}</span>
              </label>
            ))}
          </div>
        </fieldset>
      )}
    </form>
  );
}

function Field({ label, children }: { label: string; children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <div className="flex min-w-0 flex-col">
      <label htmlFor={id} className="text-muted text-xs">
        {label}
      </label>
      {children(id)}
    </div>
  );
}
