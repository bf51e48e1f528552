import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { takeNotebook } from '@/lib/notebook/carried';
import { rootsOf } from '@/lib/notebook/roots';
import { seedUpdate } from '@/lib/notebook/seed';
import { writeSqlFile } from '@/lib/notebook/sql-file';
import type { NotebookDocument } from '../document/types';
import { Cell } from '../state/cell';
import { importFile } from './import-file';
import { readSpoken } from './read-spoken';

function makeNotebook(mayEdit = true) {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, seedUpdate());
  const { cells, meta, values } = rootsOf(doc);
  const undo = new Y.UndoManager([cells, meta, values], { trackedOrigins: new Set(['me']) });
  const change = (edit: (doc: Y.Doc) => void) => doc.transact(() => edit(doc), 'me');
  const notebook = { doc, undo, change, mayEdit: new Cell(mayEdit) };
  return notebook as unknown as NotebookDocument;
}

const texts = ({ doc }: NotebookDocument) => readSpoken(doc).cells.map(({ text }) => text);
const script = new File(['select 1;\n\nselect 2;\n'], 'two.sql');

describe('a file', () => {
  test('is added to the end, and undone at once', async () => {
    const notebook = makeNotebook();
    expect(await importFile(notebook, script)).toMatchObject({ kind: 'imported' });
    expect(texts(notebook)[0]).toBe('');
    expect(texts(notebook).join()).toContain('select 2');
    notebook.undo.undo();
    expect(texts(notebook)).toEqual(['']);
  });

  test('replaces the notebook, which undo brings back', async () => {
    const notebook = makeNotebook();
    const other = makeNotebook();
    await importFile(other, script);
    const carried = writeSqlFile(takeNotebook(other.doc));
    await importFile(notebook, new File([carried], 'other.sql'), 'replace');
    expect(texts(notebook)).toEqual(texts(other));
    notebook.undo.undo();
    expect(texts(notebook)).toEqual(['']);
  });

  test('that is none leaves the notebook as it was, and says why', async () => {
    const notebook = makeNotebook();
    const hostile = [
      new File([], 'empty.sql'),
      new File([new Uint8Array([0xff, 0xfe, 0, 0xd8, 0, 0])], 'binary.md'),
      new File(['x'.repeat(3_000_000)], 'large.sql'),
    ];
    for (const file of hostile) {
      const outcome = await importFile(notebook, file, 'replace');
      expect(outcome.kind === 'failed' && outcome.message.length).toBeGreaterThan(10);
    }
    expect(texts(notebook)).toEqual(['']);
  });

  test('changes nothing where the page may only look', async () => {
    const notebook = makeNotebook(false);
    expect(await importFile(notebook, script)).toMatchObject({ kind: 'failed' });
    expect(texts(notebook)).toEqual(['']);
  });
});
