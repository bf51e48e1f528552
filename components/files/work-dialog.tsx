'use client';

import { Dialog } from 'radix-ui';
import type { ReactNode } from 'react';
import { Button } from '../ui/button';

interface WorkDialogProps {
  title: string;
  description: string;
  /** While it works nothing but its own buttons ends it. */
  isWorking: boolean;
  children: ReactNode;
  onClose: () => void;
}

/** A dialog whose work takes its time: a press beside it must not end that. */
export function WorkDialog({ title, description, isWorking, children, onClose }: WorkDialogProps) {
  const hold = (event: Event) => isWorking && event.preventDefault();
  return (
    <Dialog.Root open onOpenChange={(open) => !open && !isWorking && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-black/45" />
        <Dialog.Content
          onInteractOutside={hold}
          onEscapeKeyDown={hold}
          className="fixed top-1/2 left-1/2 z-50 max-h-[94dvh] w-[min(42rem,calc(100vw-1.5rem))] -translate-x-1/2 -translate-y-1/2 overflow-y-auto rounded-xl border border-line bg-surface p-5 text-sm shadow-float"
        >
          <div className="flex items-start justify-between gap-3">
            <Dialog.Title className="break-words font-semibold text-lg">{title}</Dialog.Title>
            {!isWorking && (
              <Dialog.Close asChild>
                <Button look="quiet" size="small">
                  Close
                </Button>
              </Dialog.Close>
            )}
          </div>
          <Dialog.Description className="mt-1 text-muted text-pretty">
            {description}
          </Dialog.Description>
          <div className="mt-4 flex flex-col gap-4">{children}</div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
