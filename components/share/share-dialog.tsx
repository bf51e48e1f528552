'use client';

import type { Session } from '../playground/session';
import { Button } from '../ui/button';
import { DialogFrame } from '../ui/dialog-frame';
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
    <DialogFrame
      title="Share"
      description={
        kind === 'owner'
          ? 'Whoever has a link reaches this very database, without an account. It runs in this browser’s tab: when that tab closes, the database ends for everyone.'
          : 'This is the link you came by. Whoever has it can do what you can. The database runs in its owner’s tab and ends with it.'
      }
      onClose={onClose}
    >
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
    </DialogFrame>
  );
}
