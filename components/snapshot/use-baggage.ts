import { useEffect, useState } from 'react';
import type { Backend } from '@/lib/machine/types';
import type { Loaded } from '../share/loaded';
import { type Baggage, readBaggage } from './baggage';

/** What travels with the machine, as it was when the dialog was opened. */
export function useBaggage(backend: Backend | undefined): Loaded<Baggage> {
  const [baggage, setBaggage] = useState<Loaded<Baggage>>({ kind: 'loading' });
  useEffect(() => {
    if (!backend) return;
    const end = new AbortController();
    readBaggage(backend, end.signal).then(
      (value) => !end.signal.aborted && setBaggage({ kind: 'loaded', value }),
      (thrown: unknown) =>
        !end.signal.aborted &&
        setBaggage({
          kind: 'failed',
          message: thrown instanceof Error ? thrown.message : String(thrown),
        }),
    );
    return () => end.abort();
  }, [backend]);
  return baggage;
}
