import { forgetNotebook } from '../document/forget-notebook';
import { forgetPlayground } from '../playgrounds/store';
import { forgetTerminals } from '../terminal/forget-terminals';
import { withShelf } from './with-shelf';

/**
 * Drops what this browser has of a playground: its machine, its notebook's copy, its terminals' names, its links.
 * Rejects when the machine cannot be removed, e.g. because it runs; the playground is still listed then.
 */
export async function deletePlayground(id: string, hasMachine: boolean): Promise<void> {
  if (hasMachine) await withShelf((shelf) => shelf.remove(id));
  const { dropDump } = await import('../snapshot/pending-store');
  // A snapshot's data that nobody came for; none is no error.
  await dropDump(id).catch(() => {});
  forgetNotebook(id);
  forgetTerminals(id);
  forgetPlayground(id);
}
