import { DropdownMenu } from 'radix-ui';
import { useRef } from 'react';
import type { FolderEntry } from '@/lib/machine/file-list';

/** What can be done with an entry. */
export interface EntryActions {
  /** A folder is gone into, as is a link; a file is downloaded. */
  onOpen: (entry: FolderEntry) => void;
  onDownload: (entry: FolderEntry) => void;
  onRestore: (entry: FolderEntry) => void;
  onRename: (entry: FolderEntry) => void;
  onDelete: (entry: FolderEntry) => void;
}

interface RowMenuProps extends EntryActions {
  entry: FolderEntry;
  shown: string;
  tabIndex: number;
}

export function RowMenu({ entry, shown, tabIndex, ...actions }: RowMenuProps) {
  const chosen = useRef<(entry: FolderEntry) => void>(undefined);
  const hasContent = entry.type === 'file' || entry.type === 'link';
  const items: readonly (readonly [string, (entry: FolderEntry) => void])[] = [
    ...(entry.type === 'directory' || entry.type === 'link'
      ? [['Open', actions.onOpen] as const]
      : []),
    ...(hasContent
      ? ([
          ['Download', actions.onDownload],
          ['Restore…', actions.onRestore],
        ] as const)
      : []),
    ['Rename…', actions.onRename],
    ['Delete…', actions.onDelete],
  ];
  return (
    // Not modal: that hides the page from who hears it and leaves it in the order of Tab.
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger
        aria-label={`Actions for ${shown}`}
        tabIndex={tabIndex}
        className="grid size-7 place-items-center rounded-md text-muted hover:bg-sunken hover:text-ink"
      >
        <span aria-hidden>⋯</span>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="end"
          collisionPadding={8}
          // What is chosen may open a dialog, which gives the focus back to where it was: by then to the menu's button.
          onCloseAutoFocus={() => {
            const act = chosen.current;
            chosen.current = undefined;
            if (act) setTimeout(() => act(entry));
          }}
          className="z-50 min-w-40 rounded-lg border border-line bg-raised p-1 text-sm shadow-float"
        >
          {items.map(([label, act]) => (
            <DropdownMenu.Item
              key={label}
              onSelect={() => {
                chosen.current = act;
              }}
              className="cursor-default rounded-md px-2.5 py-1.5 outline-none data-highlighted:bg-accent-soft"
            >
              {label}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
