'use client';

import { Dialog } from 'radix-ui';
import { useRef } from 'react';
import { Button } from '../ui/button';
import type { OverlayProps } from './command-palette';
import { readableKeys } from './key-strokes';
import { COMMANDS, type Command, commandsByGroup } from './keymap';
import { isMac } from './platform';

/** What the keyboard does, as the keymap has it. */
export function HelpSheet({ actions, onClose }: OverlayProps) {
  const cell = useRef(actions.current()?.id);
  const withKeys = COMMANDS.filter(({ keys }) => Object.values(keys).flat().length > 0);
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-black/45" />
        <Dialog.Content
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            actions.places.focus(cell.current, 'frame');
          }}
          className="fixed top-1/2 left-1/2 z-50 max-h-[92dvh] w-[min(46rem,calc(100vw-1.5rem))] -translate-x-1/2 -translate-y-1/2 overflow-y-auto rounded-xl border border-line bg-surface p-5 shadow-float"
        >
          <div className="flex items-start justify-between gap-3">
            <Dialog.Title className="font-semibold text-lg">Keyboard shortcuts</Dialog.Title>
            <Dialog.Close asChild>
              <Button look="quiet" size="small">
                Close
              </Button>
            </Dialog.Close>
          </div>
          <Dialog.Description className="mt-1 max-w-prose text-muted text-sm text-pretty">
            Esc leaves an editor to its cell; there single keys are commands, as in Jupyter. Enter
            goes back into the editor. In an editor Tab indents; Ctrl+M lets it move on.
          </Dialog.Description>
          <div className="mt-4 gap-x-8 sm:columns-2">
            {commandsByGroup(withKeys).map(([group, commands]) => (
              <section key={group} aria-label={group} className="mb-4 break-inside-avoid">
                <h3 className="mb-1 font-semibold text-sm">{group}</h3>
                <dl className="space-y-1 text-[13px]">
                  {commands.map((command) => (
                    <div key={command.id} className="flex justify-between gap-4">
                      <dt className="min-w-0 text-pretty">{command.title}</dt>
                      <dd className="shrink-0 space-x-1 text-right">
                        {keysOf(command).map((keys) => (
                          <kbd
                            key={keys}
                            className="whitespace-nowrap rounded border border-line-strong bg-page px-1.5 font-sans text-xs"
                          >
                            {readableKeys(keys, isMac())}
                          </kbd>
                        ))}
                      </dd>
                    </div>
                  ))}
                </dl>
              </section>
            ))}
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function keysOf({ keys }: Command): readonly string[] {
  return [...new Set(Object.values(keys).flat())];
}
