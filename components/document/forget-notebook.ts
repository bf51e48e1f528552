import { localCopyName } from './local-copy-name';
import { forgetOldDraft } from './old-draft';

/** Drops what this browser keeps of the notebook of a playground that it forgets. */
export function forgetNotebook(playground: string): void {
  forgetOldDraft(playground);
  try {
    // A refusal is told by an event, which nobody needs: where nothing can be deleted, nothing was kept.
    indexedDB.deleteDatabase(localCopyName(playground));
  } catch {
    // Nor where there is no IndexedDB.
  }
}
