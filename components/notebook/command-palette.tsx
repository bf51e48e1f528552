'use client';

import { Command as Palette } from 'cmdk';
import { Dialog } from 'radix-ui';
import { useRef } from 'react';
import { quoteQualified } from '@/lib/postgres/catalogue/quote-identifier';
import { catalogueOf } from '../schema/catalogue-state';
import { useCell } from '../state/cell';
import { readableKeys } from './key-strokes';
import { COMMANDS, commandsByGroup } from './keymap';
import type { NotebookActions } from './notebook-actions';
import { isMac } from './platform';

export interface OverlayProps {
  actions: NotebookActions;
  mayEdit: boolean;
  onClose: () => void;
}

/** Tables a palette offers; a schema of thousands is searched in the schema panel. */
const TABLES_OFFERED = 500;
/** Of a cell's text, to tell it from the others. */
const PREVIEW_LENGTH = 60;
const ITEM =
  'flex cursor-default items-center justify-between gap-6 rounded-md px-2.5 py-1.5 text-sm data-[selected=true]:bg-accent-soft';

/** Every command, every cell and every table, found by typing a few letters. */
export function CommandPalette({ actions, mayEdit, onClose }: OverlayProps) {
  const chosen = useRef<() => void>(null);
  const cell = useRef(actions.current()?.id);
  const catalogue = catalogueOf(useCell(actions.session.catalogue.state, { kind: 'unread' }));
  const choose = (then: () => void) => () => {
    chosen.current = then;
    onClose();
  };
  const commands = COMMANDS.filter(({ keyOnly, edits }) => !keyOnly && (mayEdit || !edits));
  const tables = (catalogue?.schemas ?? [])
    .filter(({ system }) => !system)
    .flatMap(({ relations }) => relations)
    .map(({ schema, name }) => quoteQualified(schema, name))
    .slice(0, TABLES_OFFERED);
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-black/45" />
        <Dialog.Content
          aria-describedby={undefined}
          // What was chosen decides where the focus goes; without a choice it goes back.
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (chosen.current) chosen.current();
            else actions.places.focus(cell.current, 'frame');
          }}
          className="fixed top-[12dvh] left-1/2 z-50 flex max-h-[70dvh] w-[min(36rem,calc(100vw-1.5rem))] -translate-x-1/2 flex-col overflow-hidden rounded-xl border border-line bg-surface shadow-float"
        >
          <Dialog.Title className="sr-only">Commands</Dialog.Title>
          <Palette label="Commands" loop className="flex min-h-0 flex-col">
            <Palette.Input
              placeholder="What would you like to do?"
              className="h-12 shrink-0 border-line border-b bg-transparent px-4 outline-none placeholder:text-muted"
            />
            <Palette.List className="min-h-0 overflow-y-auto p-1.5">
              <Palette.Empty className="px-2.5 py-6 text-center text-muted text-sm">
                Nothing of that name.
              </Palette.Empty>
              {commandsByGroup(commands).map(([group, of]) => (
                <Palette.Group key={group} heading={group} className="palette-group">
                  {of.map(({ id, title, keys }) => (
                    <Palette.Item
                      key={id}
                      value={`${title} ${id}`}
                      onSelect={choose(() => actions.perform(id, cell.current))}
                      className={ITEM}
                    >
                      {title}
                      <kbd className="font-sans text-muted text-xs">
                        {readableKeys(keys.cell?.[0] ?? keys.editor?.[0] ?? '', isMac())}
                      </kbd>
                    </Palette.Item>
                  ))}
                </Palette.Group>
              ))}
              <Palette.Group heading="Go to a cell" className="palette-group">
                {actions.cells.map(({ id }, index) => (
                  <Palette.Item
                    key={id}
                    value={`cell ${index + 1} ${id}`}
                    keywords={[beginningOf(actions, id)]}
                    onSelect={choose(() => actions.places.focus(id, 'frame'))}
                    className={ITEM}
                  >
                    <span className="shrink-0">Cell {index + 1}</span>
                    <span className="min-w-0 truncate font-mono text-muted text-xs">
                      {beginningOf(actions, id)}
                    </span>
                  </Palette.Item>
                ))}
              </Palette.Group>
              {mayEdit && tables.length > 0 && (
                <Palette.Group heading="Insert a table’s name" className="palette-group">
                  {tables.map((name) => (
                    <Palette.Item
                      key={name}
                      value={`table ${name}`}
                      onSelect={choose(() => actions.insert(name))}
                      className={`${ITEM} font-mono`}
                    >
                      {name}
                    </Palette.Item>
                  ))}
                </Palette.Group>
              )}
            </Palette.List>
          </Palette>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function beginningOf(actions: NotebookActions, cell: string): string {
  const text =
    actions.document
      .text(cell)
      ?.toString()
      .slice(0, 4 * PREVIEW_LENGTH) ?? '';
  return text.replace(/\s+/g, ' ').trim().slice(0, PREVIEW_LENGTH);
}
