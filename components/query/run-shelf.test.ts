import { expect, test } from 'vitest';
import { RowBatch } from '@/lib/postgres/row-batch';
import { columnOf } from '../results/column';
import { RunRecorder } from './run-recorder';
import { RunShelf } from './run-shelf';

/** A run that is over and keeps one NULL, which takes four bytes. */
function runOf(id: number): RunRecorder {
  const recorder = new RunRecorder(id, 1, { kind: 'running', since: 0 });
  recorder.begin('select null');
  recorder.columns([columnOf('n', 'text', 25)]);
  recorder.append(new RowBatch(new Uint8Array(4).fill(255), Uint32Array.of(0), 1, 4));
  recorder.finish({ kind: 'done', tag: 'SELECT 1', elapsedMs: 1, discardedRows: 0 });
  recorder.setPhase({ kind: 'over', elapsedMs: 1 });
  return recorder;
}

test('the runs shown longest ago go when all cells together keep too much', () => {
  const shelf = new RunShelf(8);
  const shown = () => ['a', 'b', 'c'].filter((cell) => shelf.of(cell).get() !== undefined);
  for (const [index, cell] of ['a', 'b', 'c'].entries()) shelf.show(cell, runOf(index));
  shelf.tidy('c');
  expect(shown()).toEqual(['b', 'c']);
  // Run again, so no longer the oldest.
  shelf.show('b', runOf(4));
  shelf.show('a', runOf(5));
  shelf.tidy('a');
  expect(shown()).toEqual(['a', 'b']);
});

test('the run that has just ended stays, whatever it keeps', () => {
  const shelf = new RunShelf(1);
  shelf.show('a', runOf(1));
  shelf.tidy('a');
  expect(shelf.of('a').get()?.statements).toHaveLength(1);
});

test('a cell follows the run it shows, and no other', () => {
  const shelf = new RunShelf();
  const [first, second] = [runOf(1), runOf(2)];
  shelf.show('a', first);
  shelf.show('a', second);
  first.setPhase({ kind: 'refused', reason: 'too late' });
  expect(shelf.of('a').get()).toMatchObject({ id: 2, phase: { kind: 'over' } });
});
