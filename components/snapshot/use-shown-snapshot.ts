import { useCallback, useEffect, useState } from 'react';
import { lookAt, type ShownSnapshot } from './open-link';
import { prefetchMachine } from './prefetch-machine';
import { INSECURE, NO_KEY, problemOf, type SnapshotProblem } from './snapshot-problem';

/** What a snapshot's page knows. */
export type Look =
  | { readonly kind: 'looking' }
  | { readonly kind: 'shown'; readonly shown: ShownSnapshot }
  | { readonly kind: 'problem'; readonly problem: SnapshotProblem };

/** Reads what the link of this page's address is about, and again when its key changes. */
export function useShownSnapshot(id: string) {
  const [look, setLook] = useState<Look>({ kind: 'looking' });
  const [attempt, setAttempt] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt is the reason to look again
  useEffect(() => {
    const end = new AbortController();
    const put = (next: Look) => {
      if (!end.signal.aborted) setLook(next);
    };
    const fragment = location.hash.replace(/^#/, '');
    if (!isSecureContext) put({ kind: 'problem', problem: INSECURE });
    else if (fragment === '') put({ kind: 'problem', problem: NO_KEY });
    else {
      put({ kind: 'looking' });
      lookAt(id, fragment).then(
        (shown) => {
          put({ kind: 'shown', shown });
          if (!end.signal.aborted) void prefetchMachine(shown.card.memoryMb, end.signal);
        },
        (thrown: unknown) => put({ kind: 'problem', problem: problemOf(thrown) }),
      );
    }
    return () => end.abort();
  }, [id, attempt]);

  const again = useCallback(() => setAttempt((before) => before + 1), []);
  useEffect(() => {
    window.addEventListener('hashchange', again);
    return () => window.removeEventListener('hashchange', again);
  }, [again]);

  return { look, again };
}
