import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { addCell, addCells, changeKind, deleteCell, duplicateCell, moveCell } from './cells';
import { cellText, readNotebook } from './read';
import { readResult, setResult } from './shared-run';
import { documentWith, exchange, texts } from './testing/documents';

const RUN = { by: 'me', at: 1, elapsedMs: 1, statementCount: 1, statements: [] };

function three() {
  const { doc, ids } = documentWith(
    { kind: 'sql', text: 'a' },
    { kind: 'sql', text: 'b' },
    { kind: 'text', text: 'c' },
  );
  const [a = '', b = '', c = ''] = ids;
  return { doc, a, b, c };
}

describe('adding', () => {
  it('puts a cell where it is wanted', () => {
    const { doc, a, b } = three();
    addCell(doc, { kind: 'sql', text: 'end' });
    addCell(doc, { kind: 'sql', text: 'start', at: 'start' });
    addCell(doc, { kind: 'sql', text: 'after a', at: { after: a } });
    addCell(doc, { kind: 'sql', text: 'before b', at: { before: b } });
    expect(texts(doc)).toEqual(['start', 'a', 'after a', 'before b', 'b', 'c', 'end']);
  });

  it('refuses what does not fit, whole', () => {
    const { doc } = three();
    const many = Array.from({ length: 1_998 }, () => ({ kind: 'sql' }) as const);
    expect(addCells(doc, many, 'end')).toEqual({ done: false, refusal: 'too-many-cells' });
    const long = addCell(doc, { kind: 'sql', text: 'x'.repeat(1_000_001) });
    expect(long).toEqual({ done: false, refusal: 'text-too-long' });
    const gone = addCell(doc, { kind: 'sql', at: { after: 'gone00000000' } });
    expect(gone).toEqual({ done: false, refusal: 'no-such-cell' });
    expect(texts(doc)).toEqual(['a', 'b', 'c']);
  });

  it('an input cell asks for something, under a name that is free', () => {
    const { doc } = documentWith({ kind: 'input' }, { kind: 'input' });
    const names = readNotebook(doc).cells.map(({ input }) => input?.name);
    expect(names).toEqual(['value', 'value2']);
  });

  it('lines end in \\n, whatever came', () => {
    expect(texts(documentWith({ kind: 'sql', text: 'a\r\nb\rc' }).doc)).toEqual(['a\nb\nc']);
  });

  it('D4: works between cells that two pages have put at the same place', () => {
    const { doc, a } = three();
    const other = new Y.Doc();
    exchange(doc, other);
    for (const page of [doc, other]) addCell(page, { kind: 'sql', text: 'new', at: { after: a } });
    exchange(doc, other);
    const [, first, second] = readNotebook(doc).cells;
    expect(first?.place).toBe(second?.place);
    addCell(doc, { kind: 'sql', text: 'between', at: { after: first?.id ?? '' } });
    exchange(doc, other);
    expect(texts(other)).toEqual(['a', 'new', 'between', 'new', 'b', 'c']);
  });

  it('D4: works at one spot more often than places can grow', () => {
    const { doc, a } = three();
    for (let i = 0; i < 1_100; i++) addCell(doc, { kind: 'sql', text: `${i}`, at: { after: a } });
    const shown = texts(doc);
    expect(shown.slice(0, 3)).toEqual(['a', '1099', '1098']);
    expect(shown).toHaveLength(1_103);
  });
});

describe('moving', () => {
  it('goes to a cell, an end, or one step', () => {
    const { doc, a, b, c } = three();
    moveCell(doc, a, { after: c });
    expect(texts(doc)).toEqual(['b', 'c', 'a']);
    moveCell(doc, a, { before: b });
    expect(texts(doc)).toEqual(['a', 'b', 'c']);
    moveCell(doc, a, 'end');
    moveCell(doc, c, 'start');
    expect(texts(doc)).toEqual(['c', 'b', 'a']);
    moveCell(doc, b, 'up');
    expect(texts(doc)).toEqual(['b', 'c', 'a']);
    moveCell(doc, c, 'down');
    expect(texts(doc)).toEqual(['b', 'a', 'c']);
  });

  it('writes nothing where the cell stands already', () => {
    const { doc, a, b } = three();
    const before = Y.encodeStateAsUpdate(doc);
    for (const to of [{ after: a }, { after: b }, { before: b }]) {
      expect(moveCell(doc, b, to)).toEqual({ done: true, cell: b });
    }
    expect(moveCell(doc, a, 'up')).toEqual({ done: false, refusal: 'at-the-edge' });
    expect(moveCell(doc, a, { after: 'gone00000000' }).done).toBe(false);
    expect(Y.encodeStateAsUpdate(doc)).toEqual(before);
  });

  it('D4: of two concurrent moves one wins, and the cell stands once', () => {
    const { doc, a, c } = three();
    const other = new Y.Doc();
    exchange(doc, other);
    moveCell(doc, a, 'end');
    moveCell(other, a, { before: c });
    exchange(doc, other);
    expect(texts(doc)).toEqual(texts(other));
    expect(texts(doc).toSorted()).toEqual(['a', 'b', 'c']);
  });
});

describe('deleting', () => {
  it('D5: takes the result with it, and says where to go on', () => {
    const { doc, a, b, c } = three();
    setResult(doc, b, RUN);
    expect(deleteCell(doc, b)).toEqual({ done: true, cell: c });
    expect(doc.getMap('results').has(b)).toBe(false);
    expect(deleteCell(doc, c)).toEqual({ done: true, cell: a });
    expect(deleteCell(doc, a)).toEqual({ done: true, cell: undefined });
    expect(deleteCell(doc, a)).toEqual({ done: false, refusal: 'no-such-cell' });
  });

  it('D5: what is typed into it meanwhile is lost with it', () => {
    const { doc, b } = three();
    const other = new Y.Doc();
    exchange(doc, other);
    deleteCell(doc, b);
    cellText(other, b)?.insert(0, 'more');
    exchange(doc, other);
    expect(texts(doc)).toEqual(['a', 'c']);
    expect(texts(other)).toEqual(['a', 'c']);
  });
});

it('duplicating copies text and settings, not the result', () => {
  const view = { kind: 'plan', as: 'text' } as const;
  const { doc, ids } = documentWith({ kind: 'sql', text: 'a', view }, { kind: 'text', text: 'b' });
  const [first = ''] = ids;
  setResult(doc, first, RUN);
  const copy = duplicateCell(doc, first);
  expect(texts(doc)).toEqual(['a', 'a', 'b']);
  expect(readNotebook(doc).cells[1]).toMatchObject({ kind: 'sql', view });
  expect(copy.done && readResult(doc, copy.cell)).toBeUndefined();
});

it('changing the kind keeps the text', () => {
  const { doc, a } = three();
  changeKind(doc, a, 'text');
  expect(readNotebook(doc).cells[0]?.kind).toBe('text');
  changeKind(doc, a, 'input');
  expect(readNotebook(doc).cells[0]).toMatchObject({ kind: 'input', input: { name: 'value' } });
  changeKind(doc, a, 'sql');
  expect(texts(doc)).toEqual(['a', 'b', 'c']);
});

it('D6: a cell of a newer page’s kind may be moved and deleted, not rewritten', () => {
  const { doc, a, b } = three();
  doc.getMap<Y.Map<unknown>>('cells').get(a)?.set('kind', 'map');
  const refusal = { done: false, refusal: 'foreign-cell' };
  expect(changeKind(doc, a, 'sql')).toEqual(refusal);
  expect(duplicateCell(doc, a)).toEqual(refusal);
  expect(moveCell(doc, a, { after: b }).done).toBe(true);
  expect(deleteCell(doc, a).done).toBe(true);
});
