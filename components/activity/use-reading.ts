import { useCallback, useEffect, useState } from 'react';
import type { PgClient } from '@/lib/postgres/client';
import type { Loaded } from '../state/loaded';
import type { ActivitySession } from './activity-session';
import { errorText } from './error-text';

/**
 * What `read` finds, read when it is first shown and again on demand. What is shown stays while it is read again.
 * @param read has to stay the same function
 */
export function useReading<T>(
  session: ActivitySession,
  isActive: boolean,
  read: (client: PgClient) => Promise<T>,
): { readonly reading: Loaded<T>; readonly reload: () => Promise<void> } {
  const [reading, setReading] = useState<Loaded<T>>({ kind: 'loading' });
  const reload = useCallback(async () => {
    try {
      const value = await session.use(read);
      setReading({ kind: 'loaded', value });
    } catch (thrown) {
      setReading({ kind: 'failed', message: errorText(thrown) });
    }
  }, [session, read]);
  useEffect(() => {
    if (isActive) void reload();
  }, [isActive, reload]);
  return { reading, reload };
}
