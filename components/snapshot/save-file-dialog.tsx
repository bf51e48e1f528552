'use client';

import { useEffect, useRef, useState } from 'react';
import { forkDocument } from '../keeping/fork-document';
import type { HostedMachine } from '../playground/hosted-machine';
import type { Session } from '../playground/session';
import { Button } from '../ui/button';
import { DialogFrame } from '../ui/dialog-frame';
import { formatBytes } from '../ui/format';
import { Notice } from '../ui/notice';
import { ProgressBar } from '../ui/progress-bar';
import { saveMachineToFile } from './save-machine';
import { titleOf } from './title-of';

interface SaveFileDialogProps {
  session: Session;
  machine: HostedMachine;
  open: boolean;
  onClose: () => void;
}

type Saving =
  | { readonly kind: 'asked' }
  | { readonly kind: 'saving'; readonly bytes: number }
  | { readonly kind: 'saved'; readonly bytes: number }
  | { readonly kind: 'failed'; readonly message: string };

/** Writes the machine of this tab into one file on this computer. */
export function SaveFileDialog({ open, ...rest }: SaveFileDialogProps) {
  return open ? <Dialog {...rest} /> : null;
}

function Dialog({ session, machine, onClose }: Omit<SaveFileDialogProps, 'open'>) {
  const [saving, setSaving] = useState<Saving>({ kind: 'asked' });
  const end = useRef<AbortController>(undefined);
  useEffect(() => () => end.current?.abort(), []);

  const save = async () => {
    const cut = new AbortController();
    end.current = cut;
    let bytes = 0;
    const title = titleOf(session);
    const document = session.document.get();
    const copy = document && forkDocument(document.doc, title);
    try {
      const isSaved = await saveMachineToFile(machine, {
        title,
        note: '',
        notebook: copy?.kind === 'copied' ? copy.update : undefined,
        signal: cut.signal,
        onProgress: (now) => {
          bytes = now;
          if (!cut.signal.aborted) setSaving({ kind: 'saving', bytes });
        },
      });
      setSaving(isSaved ? { kind: 'saved', bytes } : { kind: 'asked' });
    } catch (thrown) {
      if (cut.signal.aborted) return;
      const message = thrown instanceof Error ? thrown.message : String(thrown);
      setSaving({ kind: 'failed', message });
    }
  };
  const cancel = () => {
    end.current?.abort(new DOMException('Cancelled.', 'AbortError'));
    setSaving({ kind: 'asked' });
  };

  return (
    <DialogFrame
      title="Save to file"
      description="The whole machine as it is now, with its data, settings, files, open sessions and the notebook, in one file on this computer. It is not encrypted. Any Warren opens it again."
      onClose={onClose}
    >
      <div className="space-y-4">
        {saving.kind === 'saving' && (
          <div>
            <p role="status" className="mb-2 font-medium text-sm">
              Writing the file…
            </p>
            <ProgressBar label="Save to file" value={0} max={0} />
            <p className="mt-1.5 text-[13px] text-muted tabular-nums">
              {formatBytes(saving.bytes)} so far
            </p>
          </div>
        )}
        {saving.kind === 'saved' && (
          <Notice tone="ok" title="Saved">
            <span role="status">The file has {formatBytes(saving.bytes)}.</span>
          </Notice>
        )}
        {saving.kind === 'failed' && (
          <Notice tone="bad" announce="alert" title="No file was written">
            {saving.message}
          </Notice>
        )}
        <div className="flex justify-end gap-2">
          {saving.kind === 'saving' && <Button onClick={cancel}>Cancel</Button>}
          {saving.kind === 'saved' && (
            <Button look="primary" autoFocus onClick={onClose}>
              Done
            </Button>
          )}
          {(saving.kind === 'asked' || saving.kind === 'failed') && (
            <Button look="primary" onClick={save}>
              Save
            </Button>
          )}
        </div>
      </div>
    </DialogFrame>
  );
}
