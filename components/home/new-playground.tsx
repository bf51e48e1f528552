'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { dropHeadStart, giveHeadStart } from '@/lib/machine/head-start';
import { DEFAULT_MEMORY_MB, type MemoryMb } from '@/lib/machine/types';
import { MemoryField } from '../machine/memory-field';
import { createPlayground } from '../playgrounds/api';
import { addPlayground } from '../playgrounds/store';
import { Button } from '../ui/button';
import { Notice } from '../ui/notice';
import { type StartingPoint, StartingPoints } from './starting-points';

type Progress =
  | { readonly kind: 'idle' }
  | { readonly kind: 'creating' }
  | { readonly kind: 'failed'; readonly message: string };

export function NewPlayground({ points }: { points: readonly StartingPoint[] }) {
  const router = useRouter();
  const [progress, setProgress] = useState<Progress>({ kind: 'idle' });
  const [template, setTemplate] = useState<StartingPoint['id']>('empty');
  const [memoryMb, setMemoryMb] = useState<MemoryMb>(DEFAULT_MEMORY_MB);

  // The playground's code is fetched while the visitor reads, so that the button answers at once.
  useEffect(() => router.prefetch('/p/000000000000'), [router]);

  const create = async () => {
    setProgress({ kind: 'creating' });
    giveHeadStart(memoryMb, 'again');
    const answer = await createPlayground();
    if (!answer.ok) {
      dropHeadStart();
      setProgress({ kind: 'failed', message: answer.message });
      return;
    }
    addPlayground(answer.value.id, answer.value.link, { memoryMb, fresh: { template } });
    router.push(`/p/${answer.value.id}`);
  };

  const creating = progress.kind === 'creating';
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Button look="primary" size="large" onClick={create} disabled={creating}>
          New playground
        </Button>
        <MemoryField size={memoryMb} disabled={creating} onChoose={setMemoryMb} />
        <p className="text-muted text-sm" aria-live="polite">
          {creating ? 'Making it…' : 'No account. About 10 MB to load, once.'}
        </p>
      </div>
      <StartingPoints
        points={points}
        chosen={template}
        disabled={creating}
        onChoose={setTemplate}
      />
      {progress.kind === 'failed' && (
        <Notice tone="bad" announce="alert" title="No playground was made" className="mt-4">
          {progress.message}
        </Notice>
      )}
    </>
  );
}
