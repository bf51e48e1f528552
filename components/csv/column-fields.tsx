import { nameProblem, repeatedNames } from './column-names';
import type { PlannedColumn } from './csv-plan';
import { INPUT, SELECT } from './field-looks';
import { CSV_TYPES } from './infer-types';

/** Values of a column shown beside it. */
const EXAMPLES = 3;
const EXAMPLE_LENGTH = 40;

interface ColumnFieldsProps {
  columns: readonly PlannedColumn[];
  preview: readonly (readonly string[])[];
  disabled: boolean;
  onChange: (index: number, column: PlannedColumn) => void;
}

/** The columns the table will have: names and types to be changed, and what comes into them. */
export function ColumnFields({ columns, preview, disabled, onChange }: ColumnFieldsProps) {
  const repeated = repeatedNames(columns.map(({ name }) => name));
  return (
    <fieldset disabled={disabled} className="min-w-0">
      <legend className="font-medium text-sm">Columns</legend>
      <ul className="mt-1 max-h-[40dvh] divide-y divide-line overflow-y-auto border-line border-y">
        {columns.map((column, index) => {
          const problem = columnProblem(column.name, repeated);
          const number = index + 1;
          return (
            <li
              // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place in the file
              key={index}
              className="grid grid-cols-[1fr_auto] items-center gap-x-2 gap-y-1 py-1.5 pr-1 sm:grid-cols-[12rem_auto_1fr]"
            >
              <input
                aria-label={`Name of column ${number}`}
                aria-invalid={problem !== undefined}
                className={INPUT}
                value={column.name}
                onChange={({ target }) => onChange(index, { ...column, name: target.value })}
              />
              <select
                aria-label={`Type of column ${number}`}
                className={SELECT}
                value={column.type}
                onChange={({ target }) => {
                  const type = CSV_TYPES.find((known) => known === target.value);
                  if (type) onChange(index, { ...column, type });
                }}
              >
                {CSV_TYPES.map((type) => (
                  <option key={type}>{type}</option>
                ))}
              </select>
              <span className="col-span-2 truncate text-muted text-xs sm:col-span-1">
                {problem ? <span className="text-bad">{problem}</span> : examples(preview, index)}
              </span>
            </li>
          );
        })}
      </ul>
    </fieldset>
  );
}

export function columnProblem(name: string, repeated: ReadonlySet<string>): string | undefined {
  const problem = nameProblem(name, 'column');
  return problem ?? (repeated.has(name) ? 'Another column has this name.' : undefined);
}

function examples(preview: readonly (readonly string[])[], index: number): string {
  const values = preview.map((row) => row[index] ?? '').filter((value) => value !== '');
  const shown = values.slice(0, EXAMPLES).map((value) => value.slice(0, EXAMPLE_LENGTH));
  return shown.length === 0 ? 'empty in the first rows' : shown.join(' · ');
}
