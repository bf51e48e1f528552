'use client';

import { Dialog } from 'radix-ui';
import type { ReactNode } from 'react';
import { Button } from '../ui/button';

interface DialogFrameProps {
  title: string;
  description: string;
  /** For a list beside what is chosen in it. */
  isWide?: boolean;
  children: ReactNode;
  onClose: () => void;
}

/** The dialogs of keeping and carrying, as the house shows dialogs. */
export function DialogFrame({ title, description, isWide, children, onClose }: DialogFrameProps) {
  const width = isWide ? 'w-[min(60rem,calc(100vw-1.5rem))]' : 'w-[min(34rem,calc(100vw-1.5rem))]';
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-black/45" />
        <Dialog.Content
          className={`fixed top-1/2 left-1/2 z-50 max-h-[92dvh] ${width} -translate-x-1/2 -translate-y-1/2 overflow-y-auto rounded-xl border border-line bg-surface p-5 shadow-float`}
        >
          <div className="flex items-start justify-between gap-3">
            <Dialog.Title className="font-semibold text-lg">{title}</Dialog.Title>
            <Dialog.Close asChild>
              <Button look="quiet" size="small">
                Close
              </Button>
            </Dialog.Close>
          </div>
          <Dialog.Description className="mt-1 text-muted text-pretty text-sm">
            {description}
          </Dialog.Description>
          <div className="mt-4">{children}</div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
