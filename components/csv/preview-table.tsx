import type { PlannedColumn } from './csv-plan';

/** Columns of a preview; a file may have hundreds. */
const MAX_COLUMNS = 50;

interface PreviewTableProps {
  columns: readonly PlannedColumn[];
  rows: readonly (readonly string[])[];
}

/** The first rows, as they will stand in the table. */
export function PreviewTable({ columns, rows }: PreviewTableProps) {
  const shown = columns.slice(0, MAX_COLUMNS);
  return (
    <section
      aria-label="First rows"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and keys must be able to
      tabIndex={0}
      className="overflow-x-auto rounded-md border border-line"
    >
      <table className="w-full border-collapse text-left font-mono text-xs">
        <thead className="bg-sunken">
          <tr>
            {shown.map(({ name }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place in the file
              <th key={index} scope="col" className="whitespace-nowrap px-2 py-1 font-semibold">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, number) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows never move
            <tr key={number} className="border-line border-t">
              {shown.map((_, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place in the file
                <td key={index} className="max-w-56 truncate whitespace-nowrap px-2 py-1">
                  {row[index] || <span className="text-muted italic">NULL</span>}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
