import { useCallback, useEffect, useRef, useState } from 'react';
import type { SnapshotKind } from './baggage-lines';
import { dataFile } from './data-file';
import { machineFile } from './machine-file';
import type { StreamsOfMachine } from './machine-streams';
import { measureFile } from './sealed-file';

/** How large a snapshot of one kind would be, in bytes of its file. */
export type Size =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'measuring'; readonly bytes: number }
  | { readonly kind: 'known'; readonly bytes: number }
  | { readonly kind: 'failed'; readonly message: string };

const UNKNOWN: Size = { kind: 'unknown' };

/**
 * The sizes of both kinds. A whole machine is measured at once, which takes a second; pg_dump reads all tables, so it is
 * asked only when somebody wants to know.
 */
export function useSizes(machine: StreamsOfMachine | undefined) {
  const [sizes, setSizes] = useState<Record<SnapshotKind, Size>>({
    machine: UNKNOWN,
    data: UNKNOWN,
  });
  const end = useRef(new AbortController());

  const measure = useCallback(
    async (kind: SnapshotKind) => {
      if (!machine) return;
      const { signal } = end.current;
      const put = (size: Size) => {
        if (!signal.aborted) setSizes((all) => ({ ...all, [kind]: size }));
      };
      put({ kind: 'measuring', bytes: 0 });
      try {
        const about = { title: '', note: '' };
        const file = kind === 'machine' ? machineFile(machine, about) : dataFile(machine, about);
        const onBytes = (bytes: number) => put({ kind: 'measuring', bytes });
        put({ kind: 'known', bytes: await measureFile(file, signal, onBytes) });
      } catch (thrown) {
        put({
          kind: 'failed',
          message: thrown instanceof Error ? thrown.message : String(thrown),
        });
      }
    },
    [machine],
  );

  useEffect(() => {
    end.current = new AbortController();
    void measure('machine');
    return () => end.current.abort();
  }, [measure]);

  return { sizes, measure, stop: () => end.current.abort() };
}
