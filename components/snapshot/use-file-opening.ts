import { useRouter } from 'next/navigation';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { SnapshotHeader } from '@/lib/snapshot/codec/header';
import { readSnapshotHeader } from '@/lib/snapshot/codec/read-snapshot';
import { openMachineFile } from './open-machine-file';
import { prefetchMachine } from './prefetch-machine';
import { problemOf, type SnapshotProblem } from './snapshot-problem';

/** A file that is to become a playground. */
export type FileOpening =
  | { readonly kind: 'none' }
  | { readonly kind: 'looking'; readonly file: File }
  | { readonly kind: 'shown'; readonly file: File; readonly header: SnapshotHeader }
  | { readonly kind: 'opening'; readonly file: File; readonly bytes: number }
  | { readonly kind: 'failed'; readonly file: File; readonly problem: SnapshotProblem };

/** Looks at a file first, and makes a playground of it when it is told to. */
export function useFileOpening(given: File | undefined, onOpened: () => void) {
  const router = useRouter();
  const [state, setState] = useState<FileOpening>({ kind: 'none' });
  const end = useRef<AbortController>(undefined);
  useEffect(() => () => end.current?.abort(), []);

  const begin = useCallback(() => {
    end.current?.abort();
    end.current = new AbortController();
    return end.current.signal;
  }, []);

  const look = useCallback(
    async (file: File) => {
      const signal = begin();
      setState({ kind: 'looking', file });
      try {
        const header = await readSnapshotHeader(file.stream());
        if (signal.aborted) return;
        setState({ kind: 'shown', file, header });
        void prefetchMachine(header.memoryMb, signal);
      } catch (thrown) {
        if (!signal.aborted) setState({ kind: 'failed', file, problem: problemOf(thrown) });
      }
    },
    [begin],
  );
  useEffect(() => {
    if (given) void look(given);
  }, [given, look]);

  const open = async (file: File) => {
    const signal = begin();
    const tell = (bytes: number) => {
      if (!signal.aborted) setState({ kind: 'opening', file, bytes });
    };
    tell(0);
    try {
      const playground = await openMachineFile(file, { signal, onProgress: tell });
      onOpened();
      router.push(`/p/${playground}`);
    } catch (thrown) {
      if (!signal.aborted) setState({ kind: 'failed', file, problem: problemOf(thrown) });
    }
  };

  const cancel = () => {
    begin();
    setState({ kind: 'none' });
  };

  return { state, look, open, cancel };
}
