import { useEffect, useState } from 'react';
import type { Session } from '../playground/session';
import { NEVER, useCell } from '../state/cell';
import type { NotebookActions } from './notebook-actions';

/** Between attempts to fetch the code, in milliseconds. */
const RETRY_MS = 2000;

/** What can be done with the session's notebook; undefined until the notebook and the code for it have come. */
export function useActions(session: Session | undefined): NotebookActions | undefined {
  const document = useCell(session?.document ?? NEVER, undefined);
  const [actions, setActions] = useState<NotebookActions>();
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each attempt fetches again
  useEffect(() => {
    if (!session || !document) return;
    let gone = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    import('./notebook-actions').then(
      ({ NotebookActions }) => !gone && setActions(new NotebookActions(session, document)),
      () => {
        timer = setTimeout(() => setAttempt((count) => count + 1), RETRY_MS);
      },
    );
    return () => {
      gone = true;
      clearTimeout(timer);
      setActions(undefined);
    };
  }, [session, document, attempt]);
  return actions;
}
