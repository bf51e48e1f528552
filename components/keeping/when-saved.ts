import type { NotebookDocument } from '../document/types';

/** A round trip and a write to disk take milliseconds; somebody waits with a dialog open. */
const WAIT_MS = 5_000;

/** True once the server has all that this page shows; false when that takes too long or will not be. */
export function whenSaved({ save }: NotebookDocument, waitMs = WAIT_MS): Promise<boolean> {
  return new Promise((resolve) => {
    const end = (isSaved: boolean) => {
      clearTimeout(timer);
      stop();
      resolve(isSaved);
    };
    const timer = setTimeout(() => end(false), waitMs);
    const stop = save.subscribe(() => look());
    const look = () => {
      const { kind } = save.get();
      if (kind === 'saved') end(true);
      else if (kind === 'refused') end(false);
    };
    look();
  });
}
