'use client';

import { Dialog } from 'radix-ui';
import type { Session } from '../playground/session';
import { Button } from '../ui/button';
import { Notice } from '../ui/notice';
import { GuestShare } from './guest-share';
import { OwnerShare } from './owner-share';
import { useServerAddress } from './use-server-address';

export interface ShareDialogProps {
  session: Session;
  onClose: () => void;
}

export function ShareDialog({ session, onClose }: ShareDialogProps) {
  const { address, retry } = useServerAddress();
  const { kind, credentials } = session.identity;
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-black/45" />
        <Dialog.Content className="fixed top-1/2 left-1/2 z-50 max-h-[92dvh] w-[min(36rem,calc(100vw-1.5rem))] -translate-x-1/2 -translate-y-1/2 overflow-y-auto rounded-xl border border-line bg-surface p-5 shadow-float">
          <div className="flex items-start justify-between gap-3">
            <Dialog.Title className="font-semibold text-lg">Share</Dialog.Title>
            <Dialog.Close asChild>
              <Button look="quiet" size="small">
                Close
              </Button>
            </Dialog.Close>
          </div>
          <Dialog.Description className="mt-1 text-muted text-sm text-pretty">
            {kind === 'owner'
              ? 'Whoever has a link reaches this very database, without an account. It runs in this browser’s tab: when that tab closes, the database ends for everyone.'
              : 'This is the link you came by. Whoever has it can do what you can. The database runs in its owner’s tab and ends with it.'}
          </Dialog.Description>
          <div className="mt-4">
            {address.kind === 'loading' && (
              <p className="text-muted text-sm">Asking the server for its address…</p>
            )}
            {address.kind === 'failed' && (
              <Notice
                tone="bad"
                announce="alert"
                title="The links cannot be shown"
                actions={
                  <Button size="small" onClick={retry}>
                    Try again
                  </Button>
                }
              >
                {address.message}
              </Notice>
            )}
            {address.kind === 'loaded' && kind === 'owner' && (
              <OwnerShare playground={credentials.playground} address={address.value} />
            )}
            {address.kind === 'loaded' && kind === 'guest' && (
              <GuestShare session={session} address={address.value} />
            )}
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
