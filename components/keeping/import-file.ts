import { insertNotebook, replaceNotebook } from '@/lib/notebook/carried';
import { MAX_FILE_BYTES, readNotebookFile } from '@/lib/notebook/notebook-file';
import { refusalText } from '@/lib/notebook/outcome';
import type { NotebookDocument } from '../document/types';

/** Where a file's cells go. */
export type ImportWay = 'add' | 'replace';

export type ImportOutcome =
  /** The ids of the cells that came. */
  | { readonly kind: 'imported'; readonly cells: readonly string[] }
  /** `message` is a sentence for people. Nothing was changed. */
  | { readonly kind: 'failed'; readonly message: string };

/** Reads a `.sql` or Markdown file into the notebook, as one step of undo. Nothing of it is run. */
export async function importFile(
  notebook: NotebookDocument,
  file: File,
  way: ImportWay = 'add',
): Promise<ImportOutcome> {
  if (!notebook.mayEdit.get()) return failed('This page may only look at the notebook.');
  // What is too large is refused by its size, before it fills the memory.
  const bytes = await readStart(file, MAX_FILE_BYTES + 1);
  if (!bytes) return failed('The file cannot be read. Choose it again.');
  const read = readNotebookFile(file.name, bytes);
  if (read.kind === 'refused') return failed(read.message);
  let outcome: ImportOutcome = failed('The notebook cannot be edited just now.');
  notebook.undo.stopCapturing();
  notebook.change((doc) => {
    const done =
      way === 'replace'
        ? replaceNotebook(doc, read.notebook)
        : insertNotebook(doc, read.notebook, 'end');
    outcome = done.done
      ? { kind: 'imported', cells: done.cell }
      : failed(refusalText(done.refusal));
  });
  notebook.undo.stopCapturing();
  return outcome;
}

async function readStart(file: File, length: number): Promise<Uint8Array | undefined> {
  try {
    return new Uint8Array(await file.slice(0, length).arrayBuffer());
  } catch {
    // Deleted or moved since it was chosen.
    return undefined;
  }
}

function failed(message: string): ImportOutcome {
  return { kind: 'failed', message };
}
