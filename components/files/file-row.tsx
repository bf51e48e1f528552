import type { EntryType, FolderEntry } from '@/lib/machine/file-list';
import { formatBytes } from '../ui/format';
import { type EntryActions, RowMenu } from './row-menu';
import { shownName } from './shown-name';

interface FileRowProps extends EntryActions {
  entry: FolderEntry;
  /** The one row that Tab comes to. */
  isCurrent: boolean;
  onFocus: () => void;
}

const SIGNS: Readonly<Record<EntryType, string>> = {
  directory: '📁',
  file: '📄',
  link: '🔗',
  other: '⚙️',
};
const SPOKEN: Readonly<Record<EntryType, string>> = {
  directory: 'folder',
  file: 'file',
  link: 'link',
  other: 'special file',
};
const MOMENT = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
/** The last moment JavaScript's dates reach; a file's may lie behind it. */
const LAST_SECOND = 8_640_000_000_000;

export function FileRow({ entry, isCurrent, onFocus, ...actions }: FileRowProps) {
  const { name, type, size, mtime } = entry;
  const shown = shownName(name);
  const tabIndex = isCurrent ? 0 : -1;
  return (
    <tr className="border-line/60 border-b focus-within:bg-accent-soft hover:bg-sunken">
      <th scope="row" className="w-full max-w-0 py-0.5 pr-3 text-left font-normal">
        <button
          type="button"
          data-entry
          tabIndex={tabIndex}
          title={shown}
          aria-description={SPOKEN[type]}
          onFocus={onFocus}
          onClick={() => actions.onOpen(entry)}
          className="flex w-full items-center gap-2 rounded-sm px-1 py-0.5 text-left"
        >
          <span aria-hidden>{SIGNS[type]}</span>
          <span className="truncate">{shown}</span>
        </button>
      </th>
      <td className="whitespace-nowrap pr-3 text-right tabular-nums">
        {type === 'file' ? formatBytes(size) : ''}
      </td>
      <td className="whitespace-nowrap pr-3 text-muted tabular-nums max-sm:hidden">
        {Math.abs(mtime) < LAST_SECOND ? MOMENT.format(mtime * 1000) : ''}
      </td>
      <td>
        <RowMenu entry={entry} shown={shown} tabIndex={tabIndex} {...actions} />
      </td>
    </tr>
  );
}
