'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { Seat } from '../playground/seat';
import { NEVER, useCell } from '../state/cell';
import { Button } from '../ui/button';
import { DialogFrame } from '../ui/dialog-frame';
import { Notice } from '../ui/notice';
import { ProgressBar } from '../ui/progress-bar';
import { databaseCopy } from './database-copy';
import type { About } from './dialog-button';
import { type ForkStep, makeFork } from './make-fork';
import { notebookTitle } from './notebook-title';

type Progress =
  | { readonly kind: 'asked' }
  | { readonly kind: 'working'; readonly step: ForkStep }
  | { readonly kind: 'failed'; readonly message: string };

const STEPS: Record<ForkStep, string> = {
  making: 'Making a new playground…',
  'copying-notebook': 'Copying the notebook…',
  'copying-database': 'Copying the database. The machine stands still for a moment…',
};
const ELECTING: Seat = { kind: 'electing' };

export function ForkDialog({ notebook, session, onClose }: About & { onClose: () => void }) {
  const router = useRouter();
  const [progress, setProgress] = useState<Progress>({ kind: 'asked' });
  const [withDatabase, setWithDatabase] = useState(false);
  const seat = useCell(session.seat, ELECTING);
  const machine = useCell(seat.kind === 'host' ? seat.machine.state : NEVER, undefined);
  const database = databaseCopy(seat, machine);

  const fork = async () => {
    const { playground } = session.identity.credentials;
    const title = notebookTitle(notebook, playground);
    const copied = withDatabase && database.kind === 'possible' ? database : undefined;
    const answer = await makeFork({ notebook, title, machine: copied }, (step) =>
      setProgress({ kind: 'working', step }),
    );
    if (!answer.ok) {
      setProgress({ kind: 'failed', message: answer.message });
      return;
    }
    router.push(`/p/${answer.value}`);
    onClose();
  };

  const isWorking = progress.kind === 'working';
  return (
    <DialogFrame
      title="Fork"
      description="A playground of your own that begins as this one is now. What either changes afterwards, the other does not see."
      onClose={onClose}
    >
      <label className="flex items-start gap-2.5 text-sm">
        <input
          type="checkbox"
          checked={withDatabase && database.kind === 'possible'}
          disabled={database.kind === 'impossible' || isWorking}
          onChange={(event) => setWithDatabase(event.target.checked)}
          className="mt-1 accent-accent"
        />
        <span>
          <span className="font-medium">Copy the database too</span>
          <span className="block text-muted text-pretty">
            {database.kind === 'possible'
              ? 'The whole machine as it is now, by this browser’s storage. Else the fork’s database begins empty.'
              : `${database.why} The fork’s database begins empty.`}
          </span>
        </span>
      </label>
      <div className="mt-4 flex flex-wrap items-center gap-x-3 gap-y-2">
        <Button look="primary" onClick={fork} disabled={isWorking}>
          Make the fork
        </Button>
        <p aria-live="polite" className="text-muted text-sm">
          {isWorking
            ? STEPS[progress.step]
            : 'It opens in this tab, and is listed on the home page.'}
        </p>
      </div>
      {isWorking && (
        <div className="mt-3">
          <ProgressBar label="Fork" value={0} max={0} />
        </div>
      )}
      {progress.kind === 'failed' && (
        <Notice tone="bad" announce="alert" title="No fork was made" className="mt-4">
          {progress.message}
        </Notice>
      )}
    </DialogFrame>
  );
}
