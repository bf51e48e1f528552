'use client';

import { type ComponentType, useState } from 'react';
import type { Session } from '../playground/session';
import { Button } from '../ui/button';
import { CornerNotice } from '../ui/corner-notice';
import type { ShareDialogProps } from './share-dialog';

type Sharing =
  | { readonly kind: 'closed' }
  | { readonly kind: 'open'; readonly Dialog: ComponentType<ShareDialogProps> }
  /** Its code could not be fetched. */
  | { readonly kind: 'failed' };

const load = () => import('./share-dialog');

/** Opens the Share dialog, whose code is fetched when the pointer or the focus comes near. */
export function ShareButton({ session }: { session: Session | undefined }) {
  const [sharing, setSharing] = useState<Sharing>({ kind: 'closed' });
  const close = () => setSharing({ kind: 'closed' });
  const open = () =>
    load().then(
      ({ ShareDialog }) => setSharing({ kind: 'open', Dialog: ShareDialog }),
      () => setSharing({ kind: 'failed' }),
    );
  const prepare = () => void load().catch(() => {});
  return (
    <>
      <Button
        look="primary"
        disabled={!session}
        onClick={open}
        onPointerEnter={prepare}
        onFocus={prepare}
      >
        Share
      </Button>
      {sharing.kind === 'open' && session && <sharing.Dialog session={session} onClose={close} />}
      {sharing.kind === 'failed' && (
        <CornerNotice title="Sharing cannot be opened" onClose={close} />
      )}
    </>
  );
}
