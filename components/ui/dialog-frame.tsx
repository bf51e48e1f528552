'use client';

import { Dialog } from 'radix-ui';
import { type ReactNode, useState } from 'react';
import { Button } from './button';
import { focusReturn } from './focus-return';

const SIZES = {
  normal: 'w-[min(36rem,calc(100vw-1.5rem))] p-5',
  /** For a form of many fields, or what a program says. */
  roomy: 'w-[min(46rem,calc(100vw-1.5rem))] p-5',
  /** For a list beside what is chosen in it. */
  wide: 'w-[min(60rem,calc(100vw-1.5rem))] p-5',
} as const;
const CENTRED =
  'top-1/2 left-1/2 max-h-[94dvh] -translate-x-1/2 -translate-y-1/2 overflow-y-auto overscroll-contain';
/** For a picture. */
const FULL = 'inset-2 flex flex-col p-4 sm:inset-6';

interface DialogFrameProps {
  title: string;
  description: ReactNode;
  size?: keyof typeof SIZES | 'full';
  /** While it works nothing but its own buttons ends it, least of all a press beside it. */
  isWorking?: boolean;
  /** Where the focus goes when it closes; else back to where it was. */
  onFocusReturn?: () => void;
  children: ReactNode;
  onClose: () => void;
}

/** A dialog as the house shows them: title, what it is about, and a way out. It is there as long as it is rendered. */
export function DialogFrame(props: DialogFrameProps) {
  const { title, description, size = 'normal', isWorking, children, onClose } = props;
  // Radix gives the focus back to a trigger of its own alone, and these dialogs have none.
  const [giveBack] = useState(focusReturn);
  const hold = (event: Event) => isWorking && event.preventDefault();
  const holdEscape = (event: KeyboardEvent) => {
    // Radix hears it before what is in the dialog does, and would close all of it.
    const isOwn = event.target instanceof Element && event.target.closest('[data-own-escape]');
    if (isOwn) event.preventDefault();
    else hold(event);
  };
  const isFull = size === 'full';
  return (
    <Dialog.Root open onOpenChange={(open) => !open && !isWorking && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-black/45" />
        <Dialog.Content
          onInteractOutside={hold}
          onEscapeKeyDown={holdEscape}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            (props.onFocusReturn ?? giveBack)();
          }}
          className={`fixed z-50 rounded-xl border border-line bg-surface shadow-float ${isFull ? FULL : `${CENTRED} ${SIZES[size]}`}`}
        >
          <div className="flex items-start justify-between gap-3">
            <Dialog.Title className="min-w-0 font-semibold text-lg [overflow-wrap:anywhere]">
              {title}
            </Dialog.Title>
            {!isWorking && (
              <Dialog.Close asChild>
                <Button look="quiet" size="small">
                  Close
                </Button>
              </Dialog.Close>
            )}
          </div>
          <Dialog.Description className="mt-1 max-w-prose text-muted text-pretty text-sm [overflow-wrap:anywhere]">
            {description}
          </Dialog.Description>
          <div className={isFull ? 'mt-2 flex min-h-0 flex-1 flex-col' : 'mt-4'}>{children}</div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
