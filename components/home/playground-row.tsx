'use client';

import Link from 'next/link';
import { useState } from 'react';
import { forgetNotebook } from '../document/forget-notebook';
import type { OwnedPlayground } from '../playgrounds/codec';
import { forgetPlayground } from '../playgrounds/store';
import { playgroundTitle } from '../playgrounds/title';
import { Button } from '../ui/button';
import { Question } from '../ui/question';
import { RenameForm } from './rename-form';
import { RunningBadge } from './running-badge';

type Mode = 'shown' | 'renaming' | 'renamed';

const DATE = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });

export function PlaygroundRow({ playground }: { playground: OwnedPlayground }) {
  const [mode, setMode] = useState<Mode>('shown');
  const title = playgroundTitle(playground);

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
        <div className="min-w-0 flex-1 basis-48">
          <Link
            href={`/p/${playground.id}`}
            className="block truncate rounded-sm font-medium text-accent underline-offset-4 hover:underline"
          >
            {title}
          </Link>
          <p className="text-[13px] text-muted">
            Opened {DATE.format(playground.openedAt)} <RunningBadge id={playground.id} />
          </p>
        </div>
        <Button
          size="small"
          autoFocus={mode === 'renamed'}
          onClick={() => setMode('renaming')}
          aria-label={`Rename ${title}`}
        >
          Rename
        </Button>
        <Question
          label="Forget"
          name={`Forget ${title}`}
          title={`Forget ${title}?`}
          yes="Forget it"
          no="Keep it"
          onYes={() => {
            forgetNotebook(playground.id);
            forgetPlayground(playground.id);
          }}
        >
          This browser is the only place that can host it and revoke its links. Forgotten, nobody
          can start it again.
        </Question>
      </div>
    </li>
  );
}
