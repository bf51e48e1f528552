import { expect, it } from 'vitest';
import { addCell, moveCell } from './cells';
import { cellText } from './read';
import { setTitle, setValue, setView } from './settings';
import { clearResults, setResult } from './shared-run';
import { documentWith } from './testing/documents';
import { watchNotebook } from './watch';

it('tells structure from text and results, once a transaction', () => {
  const { doc, ids } = documentWith({ kind: 'sql' }, { kind: 'sql' });
  const [a = '', b = ''] = ids;
  const told: string[] = [];
  const stop = watchNotebook(doc, {
    structure: () => told.push('structure'),
    results: (cells) => told.push(`results ${[...cells]}`),
  });
  const after = (edit: () => void): string[] => {
    told.length = 0;
    edit();
    return [...told];
  };
  const run = { by: 'me', at: 1, elapsedMs: 1, statementCount: 1, statements: [] };
  expect(after(() => cellText(doc, a)?.insert(0, 'x'))).toEqual([]);
  expect(after(() => addCell(doc, { kind: 'sql' }))).toEqual(['structure']);
  expect(after(() => moveCell(doc, a, 'end'))).toEqual(['structure']);
  expect(after(() => setTitle(doc, 'x'))).toEqual(['structure']);
  expect(after(() => setValue(doc, 'x', '1'))).toEqual(['structure']);
  expect(after(() => setView(doc, a, { kind: 'grid' }))).toEqual(['structure']);
  expect(after(() => setResult(doc, a, run))).toEqual([`results ${a}`]);
  expect(after(() => setResult(doc, b, run))).toEqual([`results ${b}`]);
  expect(after(() => clearResults(doc))).toEqual([`results ${a},${b}`]);
  const both = () => doc.transact(() => [setTitle(doc, 'y'), setValue(doc, 'y', '2')]);
  expect(after(both)).toEqual(['structure']);
  stop();
  expect(after(() => setTitle(doc, 'z'))).toEqual([]);
});
