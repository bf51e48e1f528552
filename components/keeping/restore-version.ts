import type * as Y from 'yjs';
import type { Credentials } from '@/lib/machine/types';
import { copyNotebook } from '@/lib/notebook/copy';
import { refusalText } from '@/lib/notebook/outcome';
import type { NotebookDocument } from '../document/types';
import type { Answer } from '../playgrounds/ask';
import { keepVersion } from './keep-version';
import { VERSION_NAME_LENGTH } from './version-label';

/** Makes the notebook read as the version does, once what it is now has been saved as a version of its own. */
export async function restoreVersion(
  notebook: NotebookDocument,
  credentials: Credentials,
  version: { readonly doc: Y.Doc; readonly label: string },
): Promise<Answer<null>> {
  const name = `Before restoring ${version.label}`.slice(0, VERSION_NAME_LENGTH);
  const kept = await keepVersion(notebook, credentials, name);
  if (!kept.ok) return kept;
  let refused: string | undefined;
  // One step of undo, and only this.
  notebook.undo.stopCapturing();
  notebook.change((doc) => {
    const outcome = copyNotebook(version.doc, doc);
    if (!outcome.done) refused = refusalText(outcome.refusal);
  });
  notebook.undo.stopCapturing();
  if (refused === undefined) return { ok: true, value: null };
  return { ok: false, status: 0, code: 'refused', message: refused };
}
