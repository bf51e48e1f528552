'use client';

import { useRef } from 'react';
import { DialogFrame } from '../ui/dialog-frame';
import type { OverlayProps } from './command-palette';
import { readableKeys } from './key-strokes';
import { COMMANDS, type Command, commandsByGroup } from './keymap';
import { isMac } from './platform';

/** What the keyboard does, as the keymap has it. */
export function HelpSheet({ actions, onClose }: OverlayProps) {
  const cell = useRef(actions.current()?.id);
  const withKeys = COMMANDS.filter(({ keys }) => Object.values(keys).flat().length > 0);
  return (
    <DialogFrame
      title="Keyboard shortcuts"
      description="Esc leaves an editor to its cell; there single keys are commands, as in Jupyter. Enter goes back into the editor. In an editor Tab indents; Ctrl+M lets it move on."
      size="roomy"
      onFocusReturn={() => actions.places.focus(cell.current, 'frame')}
      onClose={onClose}
    >
      <div className="gap-x-8 sm:columns-2">
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
    </DialogFrame>
  );
}

function keysOf({ keys }: Command): readonly string[] {
  return [...new Set(Object.values(keys).flat())];
}
