import { useCallback, useEffect, useState } from 'react';
import type { Credentials } from '@/lib/machine/types';
import type { Loaded } from '../state/loaded';
import { forgetLink } from './own-links';
import { deleteSnapshot, type ListedSnapshot, listSnapshots } from './snapshot-api';

/** The snapshots of a playground that have not expired; read again when `renew` changes. */
export function useSnapshots(credentials: Credentials, renew: unknown) {
  const [snapshots, setSnapshots] = useState<Loaded<readonly ListedSnapshot[]>>({
    kind: 'loading',
  });
  const [failure, setFailure] = useState<string>();

  const load = useCallback(async () => {
    const answer = await listSnapshots(credentials);
    setSnapshots(
      answer.ok
        ? { kind: 'loaded', value: answer.value }
        : { kind: 'failed', message: answer.message },
    );
  }, [credentials]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `renew` is the reason to read again
  useEffect(() => void load(), [load, renew]);

  const remove = async (id: string) => {
    const answer = await deleteSnapshot(credentials, id);
    // One the server no longer knows is deleted already.
    const isGone = answer.ok || answer.status === 404;
    setFailure(isGone ? undefined : answer.message);
    if (!isGone) return;
    forgetLink(id);
    await load();
  };

  return { snapshots, failure, remove, retry: load };
}
