import { useEffect, useState } from 'react';
import type { Loaded } from '../state/loaded';
import { type Baggage, readBaggage } from './baggage';
import type { StreamsOfMachine } from './machine-streams';

/** What travels with the machine, as it was when the dialog was opened. */
export function useBaggage(machine: StreamsOfMachine): Loaded<Baggage> {
  const [baggage, setBaggage] = useState<Loaded<Baggage>>({ kind: 'loading' });
  useEffect(() => {
    const end = new AbortController();
    const put = (next: Loaded<Baggage>) => {
      if (!end.signal.aborted) setBaggage(next);
    };
    readBaggage(machine, end.signal).then(
      (value) => put({ kind: 'loaded', value }),
      (thrown: unknown) =>
        put({ kind: 'failed', message: thrown instanceof Error ? thrown.message : String(thrown) }),
    );
    return () => end.abort();
  }, [machine]);
  return baggage;
}
