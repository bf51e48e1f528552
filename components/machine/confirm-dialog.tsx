'use client';

import { type ReactNode, useState } from 'react';
import { Button } from '../ui/button';
import { DialogFrame } from '../ui/dialog-frame';
import { Notice } from '../ui/notice';
import { ProgressBar } from '../ui/progress-bar';

interface ConfirmDialogProps {
  title: string;
  /** What happens. */
  description: string;
  /** What is lost by it, or is not. */
  children?: ReactNode;
  yes: string;
  /** What is told while it is under way. */
  doing: string;
  isDangerous?: boolean;
  /** Rejects with a sentence for people; the dialog stays open then. */
  onYes: () => Promise<void>;
  /** What may be done all the same when that has failed. */
  otherwise?: { readonly label: string; readonly onYes: () => void };
  onClose: () => void;
}

type Progress =
  | { readonly kind: 'asked' }
  | { readonly kind: 'working' }
  | { readonly kind: 'failed'; readonly message: string };

/** Asks before something that takes its time and may fail. The first focus is the safe answer. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { title, description, children, yes, doing, isDangerous, onYes, otherwise, onClose } =
    props;
  const [progress, setProgress] = useState<Progress>({ kind: 'asked' });
  const isWorking = progress.kind === 'working';
  const act = async () => {
    setProgress({ kind: 'working' });
    try {
      await onYes();
      onClose();
    } catch (thrown) {
      const message = thrown instanceof Error ? thrown.message : String(thrown);
      setProgress({ kind: 'failed', message });
    }
  };
  return (
    <DialogFrame title={title} description={description} onClose={onClose}>
      <div className="text-pretty text-sm">{children}</div>
      <div className="mt-4 flex flex-wrap items-center gap-2">
        <Button look={isDangerous ? 'danger' : 'primary'} disabled={isWorking} onClick={act}>
          {yes}
        </Button>
        <Button onClick={onClose}>Cancel</Button>
        <p aria-live="polite" className="text-muted text-sm">
          {isWorking && doing}
        </p>
      </div>
      {isWorking && (
        <div className="mt-3">
          <ProgressBar label={doing} value={0} max={0} />
        </div>
      )}
      {progress.kind === 'failed' && (
        <Notice
          tone="bad"
          announce="alert"
          title="It did not succeed"
          className="mt-4"
          actions={
            otherwise && (
              <Button
                look="danger"
                size="small"
                onClick={() => {
                  otherwise.onYes();
                  onClose();
                }}
              >
                {otherwise.label}
              </Button>
            )
          }
        >
          {progress.message}
        </Notice>
      )}
    </DialogFrame>
  );
}
