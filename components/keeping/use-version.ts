import { useEffect, useState } from 'react';
import type * as Y from 'yjs';
import type { Credentials } from '@/lib/machine/types';
import type { Loaded } from '../state/loaded';
import { openVersion } from './open-version';

/** One version's document. */
export function useVersion(credentials: Credentials, id: string): Loaded<Y.Doc> {
  const [state, setState] = useState<{ id: string; version: Loaded<Y.Doc> }>();
  useEffect(() => {
    let isShown = true;
    openVersion(credentials, id).then((answer) => {
      if (!isShown) return;
      const version: Loaded<Y.Doc> = answer.ok
        ? { kind: 'loaded', value: answer.value }
        : { kind: 'failed', message: answer.message };
      setState({ id, version });
    });
    return () => {
      isShown = false;
    };
  }, [credentials, id]);
  return state?.id === id ? state.version : { kind: 'loading' };
}
