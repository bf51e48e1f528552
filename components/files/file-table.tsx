import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import type { FolderEntry } from '@/lib/machine/file-list';
import type { FileName } from '@/lib/machine/file-name';
import { Button } from '../ui/button';
import { plural } from '../ui/format';
import { type EntryOrder, nextOrder, type OrderKey, ordered } from './entry-order';
import { FileRow } from './file-row';
import type { EntryActions } from './row-menu';

interface FileTableProps extends EntryActions {
  /** For people who hear the page. */
  label: string;
  entries: readonly FolderEntry[];
  onUp: () => void;
  /** Takes the focus as soon as it is there: one has come into the folder by it. */
  takesFocus: boolean;
  /** Becomes the row in the order of Tab. */
  wanted: FileName | undefined;
}

const COLUMNS: readonly (readonly [OrderKey, string, string])[] = [
  ['name', 'Name', 'text-left'],
  ['size', 'Size', 'text-right'],
  ['changed', 'Changed', 'text-left max-sm:hidden'],
];
/** Rows shown at first, and more at each press. */
const ROWS_A_STEP = 500;

/** A folder as a table. The arrow keys go from row to row; one row is in the order of Tab. */
export function FileTable(props: FileTableProps) {
  const { label, entries, onUp, takesFocus, wanted, ...actions } = props;
  const [order, setOrder] = useState<EntryOrder>({ key: 'name', descending: false });
  const [current, setCurrent] = useState(0);
  const [shown, setShown] = useState(ROWS_A_STEP);
  const body = useRef<HTMLTableSectionElement>(null);
  const rows = useMemo(() => ordered(entries, order), [entries, order]);
  const last = Math.min(rows.length, shown) - 1;
  const at = Math.min(current, last);

  const focus = (index: number) => {
    const next = Math.max(0, Math.min(index, last));
    setCurrent(next);
    body.current?.querySelectorAll<HTMLElement>('[data-entry]')[next]?.focus();
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another wish moves it
  useEffect(() => {
    const index = rows.findIndex(({ name }) => name === wanted);
    if (index >= 0) setCurrent(index);
  }, [wanted]);
  useEffect(() => {
    if (takesFocus) body.current?.querySelector<HTMLElement>('[data-entry]')?.focus();
  }, [takesFocus]);

  const onKeyDown = (event: KeyboardEvent) => {
    const entry = rows[at];
    if (!entry || !(event.target as Element).matches('[data-entry]')) return;
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    switch (event.key) {
      case 'ArrowDown':
        focus(at + 1);
        break;
      case 'ArrowUp':
        focus(at - 1);
        break;
      case 'Home':
        focus(0);
        break;
      case 'End':
        focus(last);
        break;
      case 'Backspace':
        onUp();
        break;
      case 'Delete':
        actions.onDelete(entry);
        break;
      case 'F2':
        actions.onRename(entry);
        break;
      default:
        return;
    }
    event.preventDefault();
    // The notebook has keys of its own.
    event.stopPropagation();
  };

  return (
    <div className="overflow-x-auto">
      <table aria-label={label} className="w-full border-collapse text-[13px]">
        <thead>
          <tr className="border-line border-b text-muted">
            {COLUMNS.map(([key, title, look]) => (
              <th
                key={key}
                scope="col"
                aria-sort={sortOf(order, key)}
                className={`py-1 pr-3 font-medium ${look}`}
              >
                <button
                  type="button"
                  className="rounded-sm hover:text-ink"
                  onClick={() => setOrder(nextOrder(order, key))}
                >
                  {title}
                  <span aria-hidden>
                    {order.key === key ? (order.descending ? ' ↓' : ' ↑') : ''}
                  </span>
                </button>
              </th>
            ))}
            <th scope="col">
              <span className="sr-only">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody ref={body} onKeyDown={onKeyDown}>
          {rows.slice(0, shown).map((entry, index) => (
            <FileRow
              key={entry.name}
              entry={entry}
              isCurrent={index === at}
              onFocus={() => setCurrent(index)}
              {...actions}
            />
          ))}
        </tbody>
      </table>
      {rows.length > shown && (
        <Button look="quiet" size="small" onClick={() => setShown(shown + ROWS_A_STEP)}>
          Show more of {plural(rows.length, 'entry', 'entries')}
        </Button>
      )}
    </div>
  );
}

function sortOf({ key, descending }: EntryOrder, column: OrderKey) {
  if (key !== column) return undefined;
  return descending ? 'descending' : 'ascending';
}
