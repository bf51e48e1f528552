import { useCallback, useEffect, useState } from 'react';
import type { Credentials } from '@/lib/machine/types';
import type { Loaded } from '../state/loaded';
import { fetchVersions, type Version } from './versions-api';

/** The versions the server keeps; asked for again after each change of them. */
export function useVersions(credentials: Credentials): {
  versions: Loaded<readonly Version[]>;
  reload: () => Promise<void>;
} {
  const [versions, setVersions] = useState<Loaded<readonly Version[]>>({ kind: 'loading' });
  const reload = useCallback(async () => {
    const answer = await fetchVersions(credentials);
    setVersions(
      answer.ok
        ? { kind: 'loaded', value: answer.value }
        : { kind: 'failed', message: answer.message },
    );
  }, [credentials]);
  useEffect(() => void reload(), [reload]);
  return { versions, reload };
}
