'use client';

import Link from 'next/link';
import { useState } from 'react';
import type { OwnedPlayground } from '../playgrounds/codec';
import { playgroundTitle } from '../playgrounds/title';
import { Button } from '../ui/button';
import { formatBytes } from '../ui/format';
import { Notice } from '../ui/notice';
import { Question } from '../ui/question';
import { deletePlayground } from './delete-playground';
import { duplicatePlayground } from './duplicate-playground';
import type { KeptMachine } from './kept-machines';
import { RenameForm } from './rename-form';
import { RunningBadge } from './running-badge';

type Mode = 'shown' | 'renaming' | 'renamed';

type Deed =
  | { readonly kind: 'none' }
  | { readonly kind: 'working'; readonly text: string }
  | { readonly kind: 'failed'; readonly title: string; readonly message: string };

const DATE = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });

interface PlaygroundRowProps {
  playground: OwnedPlayground;
  /** What this browser keeps of its machine. */
  machine: KeptMachine | undefined;
  /** A tab of this browser runs it. */
  runsHere: boolean;
  /** What this browser keeps is another now. */
  onChanged: () => Promise<void>;
}

/** A playground of this browser, and what can be done with it from outside. */
export function PlaygroundRow({ playground, machine, runsHere, onChanged }: PlaygroundRowProps) {
  const [mode, setMode] = useState<Mode>('shown');
  const [deed, setDeed] = useState<Deed>({ kind: 'none' });
  const title = playgroundTitle(playground);
  const isWorking = deed.kind === 'working';
  const perform = async (text: string, failure: string, work: () => Promise<unknown>) => {
    setDeed({ kind: 'working', text });
    try {
      await work();
      setDeed({ kind: 'none' });
    } catch (thrown) {
      const message = thrown instanceof Error ? thrown.message : String(thrown);
      setDeed({ kind: 'failed', title: failure, message });
    }
    await onChanged();
  };

  if (mode === 'renaming') {
    return (
      <li className="p-3">
        <RenameForm playground={playground} onDone={() => setMode('renamed')} />
      </li>
    );
  }
  return (
    <li className="p-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <div className="min-w-0 flex-1 basis-full sm:basis-48">
          <Link
            href={`/p/${playground.id}`}
            className="block truncate rounded-sm font-medium text-accent underline-offset-4 hover:underline"
          >
            {title}
          </Link>
          <p className="text-[13px] text-muted">
            Opened {DATE.format(playground.openedAt)}{' '}
            {runsHere ? (
              <span className="text-ok">· running in a tab of this browser</span>
            ) : (
              <RunningBadge id={playground.id} />
            )}
          </p>
          {machine && (
            <p className="text-[13px] text-muted tabular-nums">
              Machine saved {DATE.format(machine.savedAt)}, {formatBytes(machine.storedBytes)} here,{' '}
              {machine.memoryMb} MB of memory
            </p>
          )}
          <p role="status" className="text-[13px] text-muted empty:hidden">
            {isWorking && deed.text}
          </p>
        </div>
        <Button
          size="small"
          autoFocus={mode === 'renamed'}
          disabled={isWorking}
          onClick={() => setMode('renaming')}
          aria-label={`Rename ${title}`}
        >
          Rename
        </Button>
        <Button
          size="small"
          disabled={isWorking || runsHere || playground.pendingDump === true}
          title={duplicateRefusal(playground, runsHere)}
          onClick={() =>
            perform('Making a copy…', 'No copy was made', () =>
              duplicatePlayground(playground, machine !== undefined),
            )
          }
          aria-label={`Duplicate ${title}`}
        >
          Duplicate
        </Button>
        <Question
          label="Delete"
          name={`Delete ${title}`}
          title={`Delete ${title}?`}
          yes="Delete it"
          no="Keep it"
          disabled={isWorking}
          onYes={() =>
            perform('Deleting…', 'It was not deleted', async () => {
              if (runsHere) throw new Error(RUNS_HERE);
              await deletePlayground(playground.id, machine !== undefined);
            })
          }
        >
          Its machine with all data, this browser’s copy of the notebook and its links are dropped.
          This browser is the only place that can host it and revoke its links: nobody can start it
          again.
        </Question>
      </div>
      {deed.kind === 'failed' && (
        <Notice tone="bad" announce="alert" title={deed.title} className="mt-2">
          {deed.message}
        </Notice>
      )}
    </li>
  );
}

const RUNS_HERE = 'It runs in a tab of this browser. Close that tab first.';

function duplicateRefusal({ pendingDump }: OwnedPlayground, runsHere: boolean): string | undefined {
  if (runsHere) return 'It runs in a tab of this browser: use Fork there.';
  return pendingDump ? 'Open it first, so that its data are in its machine.' : undefined;
}
