import { useCallback, useEffect, useRef, useState } from 'react';
import type { SnapshotKind } from './baggage-lines';
import { dataFile } from './data-file';
import { knownSize, type MeasuredMachine, measureOnce } from './known-sizes';
import { machineFile } from './machine-file';
import { measureFile } from './sealed-file';

/** How large a snapshot of one kind would be, in bytes of its file. */
export type Size =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'measuring'; readonly bytes: number }
  | { readonly kind: 'known'; readonly bytes: number }
  | { readonly kind: 'failed'; readonly message: string };

/**
 * The sizes of both kinds, remembered as long as nobody works with the machine. A whole machine is measured at once, which
 * takes a second; pg_dump reads all tables, so it is asked only when somebody wants to know.
 */
export function useSizes(machine: MeasuredMachine) {
  const [sizes, setSizes] = useState<Record<SnapshotKind, Size>>(() => ({
    machine: sizeBefore(machine, 'machine'),
    data: sizeBefore(machine, 'data'),
  }));
  const end = useRef(new AbortController());

  const measure = useCallback(
    async (kind: SnapshotKind) => {
      const { signal } = end.current;
      const put = (size: Size) => {
        if (!signal.aborted) setSizes((all) => ({ ...all, [kind]: size }));
      };
      put({ kind: 'measuring', bytes: 0 });
      try {
        const about = { title: '', note: '' };
        const file = kind === 'machine' ? machineFile(machine, about) : dataFile(machine, about);
        const onBytes = (bytes: number) => put({ kind: 'measuring', bytes });
        const measured = measureOnce(machine, kind, () => measureFile(file, signal, onBytes));
        put({ kind: 'known', bytes: await measured });
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
    if (knownSize(machine, 'machine') === undefined) void measure('machine');
    return () => end.current.abort();
  }, [measure, machine]);

  return { sizes, measure, stop: () => end.current.abort() };
}

function sizeBefore(machine: MeasuredMachine, kind: SnapshotKind): Size {
  const bytes = knownSize(machine, kind);
  return bytes === undefined ? { kind: 'unknown' } : { kind: 'known', bytes };
}
