import type { MemoryMb } from '@/lib/machine/types';
import { seedLocalDocument } from '../document/seed-local-document';
import type { NotebookDocument } from '../document/types';
import type { HostedMachine } from '../playground/hosted-machine';
import { createPlayground } from '../playgrounds/api';
import type { Answer } from '../playgrounds/ask';
import { addPlayground } from '../playgrounds/store';
import { NAME_LENGTH } from '../playgrounds/title';
import { forkDocument } from './fork-document';

/** What a fork is doing. */
export type ForkStep = 'making' | 'copying-notebook' | 'copying-database';

interface Original {
  readonly notebook: NotebookDocument;
  /** What the original is called. */
  readonly title: string;
  /** The machine to copy too; absent: the fork's database begins empty. */
  readonly machine?: { readonly running: HostedMachine; readonly memoryMb: MemoryMb };
}

/** Makes a playground of this browser's own that begins as another one is now; its id. */
export async function makeFork(
  { notebook, title, machine }: Original,
  onStep: (step: ForkStep) => void,
): Promise<Answer<string>> {
  const name = `Copy of ${title}`;
  const copy = forkDocument(notebook.doc, name);
  if (copy.kind === 'refused') return failed(copy.message);
  onStep('making');
  const made = await createPlayground();
  if (!made.ok) return made;
  const { id, link } = made.value;
  onStep('copying-notebook');
  if (!(await seedLocalDocument(id, copy.update))) return failed(NOTHING_KEPT);
  if (machine) {
    onStep('copying-database');
    try {
      await machine.running.copyTo(id);
    } catch (thrown) {
      return failed(thrown instanceof Error ? thrown.message : String(thrown));
    }
  }
  addPlayground(id, link, {
    name: name.slice(0, NAME_LENGTH),
    memoryMb: machine?.memoryMb,
  });
  return { ok: true, value: id };
}

const NOTHING_KEPT =
  'This browser keeps nothing for this page (a private window?), and a fork is brought over by what it keeps. Export the notebook, make a new playground, and import it there.';

function failed(message: string): Answer<never> {
  return { ok: false, status: 0, code: 'fork-failed', message };
}
