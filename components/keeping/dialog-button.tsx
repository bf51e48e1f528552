'use client';

import { type ComponentType, useRef, useState } from 'react';
import type { NotebookDocument } from '../document/types';
import type { Session } from '../playground/session';
import { Button } from '../ui/button';
import { CornerNotice } from '../ui/corner-notice';

/** What each of the dialogs is about. */
export interface About {
  readonly notebook: NotebookDocument;
  readonly session: Session;
}

export type AboutDialog = ComponentType<About & { onClose: () => void }>;

type Opening =
  | { readonly kind: 'closed' }
  | { readonly kind: 'open'; readonly Dialog: AboutDialog }
  /** Its code could not be fetched. */
  | { readonly kind: 'failed' };

interface DialogButtonProps {
  label: string;
  load: () => Promise<AboutDialog>;
  about: About;
}

/** Opens a dialog whose code is fetched when the pointer or the focus comes near. */
export function DialogButton({ label, load, about }: DialogButtonProps) {
  const [opening, setOpening] = useState<Opening>({ kind: 'closed' });
  const button = useRef<HTMLButtonElement>(null);
  const open = () =>
    load().then(
      (Dialog) => setOpening({ kind: 'open', Dialog }),
      () => setOpening({ kind: 'failed' }),
    );
  const close = () => {
    setOpening({ kind: 'closed' });
    button.current?.focus();
  };
  const prepare = () => void load().catch(() => {});
  return (
    <>
      <Button
        ref={button}
        look="quiet"
        size="small"
        onClick={open}
        onPointerEnter={prepare}
        onFocus={prepare}
      >
        {label}
      </Button>
      {opening.kind === 'open' && <opening.Dialog {...about} onClose={close} />}
      {opening.kind === 'failed' && (
        <CornerNotice title={`${label} cannot be opened`} onClose={close} />
      )}
    </>
  );
}
