import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { deleteCell, moveCell } from './cells';
import { cellText, readNotebook } from './read';
import { rootsOf } from './roots';
import { readResult, setResult } from './shared-run';
import { mergeCellWithNext, splitCell } from './split-merge';
import { documentWith, exchange, texts } from './testing/documents';

function pages() {
  const { doc, ids } = documentWith({ kind: 'sql', text: 'a' }, { kind: 'sql', text: 'b' });
  const { meta, cells, values } = rootsOf(doc);
  const undo = new Y.UndoManager([meta, cells, values], {
    trackedOrigins: new Set(['me']),
    captureTimeout: 0,
  });
  const other = new Y.Doc();
  exchange(doc, other);
  const [a = '', b = ''] = ids;
  return { doc, other, undo, a, b, mine: (edit: () => void) => doc.transact(edit, 'me') };
}

it('D5: undoing a deletion brings the cell back with its text', () => {
  const { doc, other, undo, a, mine } = pages();
  mine(() => deleteCell(doc, a));
  exchange(doc, other);
  undo.undo();
  exchange(doc, other);
  expect(texts(other)).toEqual(['a', 'b']);
  cellText(other, a)?.insert(1, '!');
  exchange(doc, other);
  expect(texts(doc)).toEqual(['a!', 'b']);
});

it('D5: what others typed into it meanwhile does not come back with it', () => {
  const { doc, other, undo, a, mine } = pages();
  mine(() => deleteCell(doc, a));
  cellText(other, a)?.insert(1, ' more');
  exchange(doc, other);
  undo.undo();
  exchange(doc, other);
  expect(texts(doc)).toEqual(['a', 'b']);
  expect(texts(other)).toEqual(['a', 'b']);
});

it('D5: also when somebody has moved it meanwhile; then it stands last', () => {
  const { doc, other, undo, a, mine } = pages();
  mine(() => deleteCell(doc, a));
  moveCell(other, a, 'end');
  exchange(doc, other);
  undo.undo();
  exchange(doc, other);
  expect(texts(doc)).toEqual(['b', 'a']);
  expect(texts(other)).toEqual(['b', 'a']);
  expect(moveCell(doc, a, 'up').done).toBe(true);
  expect(texts(doc)).toEqual(['a', 'b']);
});

it('undoing a split or a join gives the cells as they were, and what others typed stays', () => {
  const { doc, other, undo, a, b, mine } = pages();
  mine(() => mergeCellWithNext(doc, a));
  exchange(doc, other);
  cellText(other, a)?.insert(0, '>');
  exchange(doc, other);
  undo.undo();
  expect(texts(doc)).toEqual(['>a', 'b']);
  mine(() => splitCell(doc, b, 0));
  expect(texts(doc)).toEqual(['>a', '', 'b']);
  undo.undo();
  expect(texts(doc)).toEqual(['>a', 'b']);
});

it('D8: results are not undone', () => {
  const { doc, undo, a, mine } = pages();
  const run = { by: 'me', at: 1, elapsedMs: 1, statementCount: 1, statements: [] };
  mine(() => cellText(doc, a)?.insert(0, 'x'));
  mine(() => setResult(doc, a, run));
  undo.undo();
  expect(readResult(doc, a)).toEqual(run);
  expect(readNotebook(doc).cells).toHaveLength(2);
  expect(texts(doc)).toEqual(['a', 'b']);
});
