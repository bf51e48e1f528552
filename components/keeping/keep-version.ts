import type { Credentials } from '@/lib/machine/types';
import type { NotebookDocument } from '../document/types';
import type { Answer } from '../playgrounds/ask';
import { saveVersion } from './versions-api';
import { whenSaved } from './when-saved';

/** Saves what this page shows as a version: first all of it goes to the server. */
export async function keepVersion(
  notebook: NotebookDocument,
  credentials: Credentials,
  name: string,
): Promise<Answer<{ id: string }>> {
  if (!(await whenSaved(notebook))) {
    return {
      ok: false,
      status: 0,
      code: 'unsaved',
      message:
        'The last changes have not reached the server, so the version would lack them. Wait until the page says Saved, and try again.',
    };
  }
  const by = notebook.people.get().find(({ isMe }) => isMe)?.name ?? '';
  return saveVersion(credentials, { name, by });
}
