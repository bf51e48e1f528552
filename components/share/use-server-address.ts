import { useCallback, useEffect, useState } from 'react';
import { fetchServerAddress, type ServerAddress } from '../playgrounds/api';
import type { Loaded } from '../state/loaded';

/** Where the server is reached, as connection strings and links name it. */
export function useServerAddress(): { address: Loaded<ServerAddress>; retry: () => void } {
  const [address, setAddress] = useState<Loaded<ServerAddress>>({ kind: 'loading' });
  const load = useCallback(async () => {
    setAddress({ kind: 'loading' });
    const answer = await fetchServerAddress();
    setAddress(
      answer.ok
        ? { kind: 'loaded', value: answer.value }
        : { kind: 'failed', message: answer.message },
    );
  }, []);
  useEffect(() => void load(), [load]);
  return { address, retry: load };
}
