'use client';

import { DropdownMenu } from 'radix-ui';
import { useRef } from 'react';
import type { NotebookCell } from '@/lib/notebook/types';
import { IconButton } from './icon-button';
import { readableKeys } from './key-strokes';
import { COMMANDS, type CommandId } from './keymap';
import type { NotebookActions } from './notebook-actions';
import { isMac } from './platform';

export interface CellMenuProps {
  cell: NotebookCell;
  actions: NotebookActions;
  /** It has closed, and what was chosen is done. */
  onClosed: () => void;
}

const ALWAYS: readonly CommandId[] = [
  'duplicate',
  'split',
  'merge',
  'add-sql-above',
  'add-sql-below',
  'add-text-below',
  'add-input-below',
];
const OF_SQL: readonly CommandId[] = ['run-statement', 'run-above', 'format'];
const KIND_CHANGES = { sql: 'to-sql', text: 'to-text', input: 'to-input' } as const;

/** What else can be done with a cell. Open as soon as it is there. */
export function CellMenu({ cell, actions, onClosed }: CellMenuProps) {
  const chosen = useRef<CommandId>(null);
  return (
    <DropdownMenu.Root defaultOpen>
      <DropdownMenu.Trigger asChild>
        <IconButton name="More for this cell" icon="more" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="end"
          collisionPadding={8}
          onCloseAutoFocus={(event) => {
            // Most commands move the focus themselves; only a menu left without a choice gives it back.
            if (chosen.current) event.preventDefault();
            const command = chosen.current;
            onClosed();
            if (command) actions.perform(command, cell.id);
          }}
          className="z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-60 overflow-y-auto rounded-lg border border-line bg-raised p-1 text-sm shadow-float"
        >
          {commandsFor(cell).map(({ id, title, keys }) => (
            <DropdownMenu.Item
              key={id}
              onSelect={() => {
                chosen.current = id;
              }}
              className="flex cursor-default items-center justify-between gap-6 rounded-md px-2.5 py-1.5 outline-none data-highlighted:bg-accent-soft"
            >
              {title}
              <span className="text-muted text-xs">
                {readableKeys(keys.cell?.[0] ?? keys.editor?.[0] ?? '', isMac())}
              </span>
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function commandsFor({ kind }: NotebookCell) {
  const changes = Object.entries(KIND_CHANGES).flatMap(([to, id]) => (to === kind ? [] : [id]));
  const offered = new Set<CommandId>([
    ...(kind === 'sql' ? OF_SQL : []),
    ...(kind === 'foreign' ? [] : [...ALWAYS, ...changes]),
  ]);
  return COMMANDS.filter(({ id }) => offered.has(id));
}
