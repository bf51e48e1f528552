'use client';

import { DropdownMenu } from 'radix-ui';
import { Fragment, useRef } from 'react';
import type { MachineState } from '@/lib/machine/types';
import { Button } from '../ui/button';
import { isOffered, MACHINE_ITEMS, type MachineItem } from './machine-items';

export interface MachineMenuProps {
  state: MachineState;
  onChoose: (item: MachineItem) => void;
}

/** What can be done with the machine of this tab. Open as soon as it is there. */
export function MachineMenu({ state, onChoose }: MachineMenuProps) {
  const chosen = useRef<MachineItem>(undefined);
  return (
    // Not modal: that hides the page from who hears it and leaves it in the order of Tab.
    <DropdownMenu.Root defaultOpen modal={false}>
      <DropdownMenu.Trigger asChild>
        <Button look="quiet" size="small">
          Machine
        </Button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="start"
          collisionPadding={8}
          // A dialog gives the focus back to where it was: by now to the menu's button.
          onCloseAutoFocus={() => {
            const item = chosen.current;
            chosen.current = undefined;
            if (item) setTimeout(() => onChoose(item));
          }}
          className="z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-56 overflow-y-auto rounded-lg border border-line bg-raised p-1 text-sm shadow-float"
        >
          {MACHINE_ITEMS.map((group, index) => (
            <Fragment key={group[0]?.label}>
              {index > 0 && <DropdownMenu.Separator className="my-1 h-px bg-line" />}
              {group.map((item) => (
                <DropdownMenu.Item
                  key={item.label}
                  disabled={!isOffered(item, state)}
                  onSelect={() => {
                    chosen.current = item;
                  }}
                  className="flex cursor-default items-center rounded-md px-2.5 py-1.5 outline-none data-disabled:text-muted data-disabled:opacity-60 data-highlighted:bg-accent-soft"
                >
                  {item.label}
                </DropdownMenu.Item>
              ))}
            </Fragment>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
