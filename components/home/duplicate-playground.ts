import { forgetNotebook } from '../document/forget-notebook';
import { seedLocalDocument } from '../document/seed-local-document';
import { createPlayground } from '../playgrounds/api';
import type { OwnedPlayground } from '../playgrounds/codec';
import { addPlayground } from '../playgrounds/store';
import { NAME_LENGTH, playgroundTitle } from '../playgrounds/title';
import { copyOfNotebook } from './copy-of-notebook';
import { withShelf } from './with-shelf';

/**
 * Makes a playground of this browser's own that begins as another one is: its notebook and, where there is one, its kept
 * machine. Rejects with a sentence for people; nothing is left of the copy then.
 */
export async function duplicatePlayground(
  original: OwnedPlayground,
  hasMachine: boolean,
): Promise<string> {
  const { id: playground, owner, fresh, memoryMb } = original;
  const title = `Copy of ${playgroundTitle(original)}`;
  const notebook = fresh
    ? undefined
    : await copyOfNotebook({ playground, link: owner.id, secret: owner.secret }, title);
  if (notebook?.kind === 'refused') throw new Error(notebook.message);
  const made = await createPlayground();
  if (!made.ok) throw new Error(made.message);
  const { id, link } = made.value;
  try {
    if (notebook && !(await seedLocalDocument(id, notebook.update))) throw new Error(NOTHING_KEPT);
    if (hasMachine) await withShelf((shelf) => shelf.duplicate(playground, id));
  } catch (thrown) {
    forgetNotebook(id);
    throw thrown;
  }
  addPlayground(id, link, { name: title.slice(0, NAME_LENGTH), memoryMb, fresh });
  return id;
}

const NOTHING_KEPT =
  'This browser keeps nothing for this page (a private window?), and a copy is brought over by what it keeps.';
