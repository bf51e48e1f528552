import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { addCell, deleteCell } from './cells';
import { cellText, readNotebook } from './read';
import { setTitle } from './settings';
import { readResult } from './shared-run';
import { documentWith } from './testing/documents';

function cell(entries: Record<string, unknown>): Y.Map<unknown> {
  return new Y.Map(Object.entries(entries));
}

describe('D6: what is not a cell is left out', () => {
  const good = () => ({ kind: 'sql', place: 'V', source: new Y.Text('x') });
  it.each([
    ['no map', () => 'text'],
    ['an array', () => new Y.Array()],
    ['an XML element', () => new Y.XmlElement()],
    ['no text', () => cell({ kind: 'sql', place: 'V' })],
    ['a string as text', () => cell({ ...good(), source: 'x' })],
    ['XML as text', () => cell({ ...good(), source: new Y.XmlText('x') })],
    ['a number as kind', () => cell({ ...good(), kind: 5 })],
    ['a number as place', () => cell({ ...good(), place: 5 })],
    ['a place that is none', () => cell({ ...good(), place: 'V0' })],
    ['a long place', () => cell({ ...good(), place: 'V'.repeat(100_000) })],
  ])('%s', (_, value) => {
    const { doc, ids } = documentWith();
    doc.getMap<unknown>('cells').set('another00000', value());
    expect(readNotebook(doc).cells.map(({ id }) => id)).toEqual(ids);
    expect(deleteCell(doc, 'another00000')).toEqual({ done: false, refusal: 'no-such-cell' });
  });

  it.each(['__proto__', 'constructor', 'toString', '', 'SHORT', 'a'.repeat(1_000)])(
    'the id %j',
    (id) => {
      const { doc, ids } = documentWith();
      doc.getMap('cells').set(id, cell(good()));
      doc.getMap('meta').set(id, { polluted: true });
      doc.getMap('results').set(id, '{"__proto__":{"polluted":true}}');
      expect(readNotebook(doc).cells.map((one) => one.id)).toEqual(ids);
      expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
    },
  );
});

it('D6: a kind of a newer page is shown and not edited', () => {
  const { doc } = documentWith();
  doc
    .getMap('cells')
    .set('another00000', cell({ kind: 'map', place: 'W', source: new Y.Text('x') }));
  expect(readNotebook(doc).cells[1]?.kind).toBe('foreign');
});

it('D6: settings that cannot be read are left out', () => {
  const { doc } = documentWith({ kind: 'sql' }, { kind: 'input' });
  const maps = [...doc.getMap<Y.Map<unknown>>('cells').values()];
  const hostile = [
    '',
    '{',
    'null',
    '[]',
    '{"kind":"html"}',
    '{"__proto__":{"x":1}}',
    5,
    '['.repeat(50_000),
  ];
  for (const json of hostile) {
    for (const map of maps) {
      map.set('view', json);
      map.set('input', json);
    }
    for (const one of readNotebook(doc).cells)
      expect(one).toEqual({ id: one.id, kind: one.kind, place: one.place });
  }
});

it('D6: title and values of wrong types are left out', () => {
  const { doc } = documentWith();
  doc.getMap('meta').set('title', { toString: 'x' });
  const values = doc.getMap('values');
  for (const [name, value] of [
    ['n', 5],
    ['a b', 'x'],
    ['', 'x'],
    ['ok', 'yes'],
    ['long', 'x'.repeat(20_000)],
    ['__proto__', 'x'],
  ] as const) {
    values.set(name, value);
  }
  expect(readNotebook(doc)).toMatchObject({
    title: '',
    values: new Map([
      ['ok', 'yes'],
      ['__proto__', 'x'],
    ]),
  });
  doc.getMap('meta').set('title', 'x'.repeat(1_000_000));
  expect(readNotebook(doc).title).toHaveLength(200);
});

it('D6: of 10,000 cells the first 2,000 are shown', () => {
  const { doc } = documentWith();
  doc.transact(() => {
    for (let i = 0; i < 10_000; i++) {
      const id = i.toString(36).padStart(12, '0');
      const place = `1${String(9_999 - i).padStart(4, '0')}1`;
      doc.getMap('cells').set(id, cell({ kind: 'text', place, source: new Y.Text() }));
    }
  });
  const { cells } = readNotebook(doc);
  expect(cells).toHaveLength(2_000);
  expect(cells[0]?.id).toBe((9_999).toString(36).padStart(12, '0'));
  expect(addCell(doc, { kind: 'sql' })).toEqual({ done: false, refusal: 'too-many-cells' });
});

it('D2: a newer document is shown and not written to', () => {
  const { doc, ids } = documentWith();
  doc.getMap('meta').set('schema', 2);
  const before = Y.encodeStateAsUpdate(doc);
  expect(readNotebook(doc)).toMatchObject({ standing: 'newer', cells: [{ id: ids[0] }] });
  expect(addCell(doc, { kind: 'sql' })).toEqual({ done: false, refusal: 'newer-document' });
  expect(setTitle(doc, 'x')).toEqual({ done: false, refusal: 'newer-document' });
  expect(Y.encodeStateAsUpdate(doc)).toEqual(before);
});

it('D6: reading writes nothing, and never throws, whatever stands at the root', () => {
  const anything = fc.oneof(
    fc.anything({ withBigInt: false, withDate: false, withMap: false, withSet: false }).map(plain),
    fc.constantFrom('text', 'map', 'array'),
  );
  const key = fc.oneof(
    fc.constantFrom('first00cell0', 'schema', 'title', '__proto__'),
    fc.string(),
  );
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom('meta', 'cells', 'results', 'values'), key, anything)),
      (entries) => {
        const doc = new Y.Doc();
        for (const [root, name, value] of entries) doc.getMap(root).set(name, shared(value));
        const fresh = new Y.Doc();
        Y.applyUpdate(fresh, Y.encodeStateAsUpdate(doc));
        const before = Y.encodeStateAsUpdate(fresh);
        for (const { id } of readNotebook(fresh).cells) readResult(fresh, id);
        expect(Y.encodeStateAsUpdate(fresh)).toEqual(before);
      },
    ),
  );
});

it('roots of other types read as empty', () => {
  const doc = new Y.Doc();
  for (const root of ['meta', 'cells', 'results', 'values']) doc.getText(root).insert(0, 'x');
  const fresh = new Y.Doc();
  Y.applyUpdate(fresh, Y.encodeStateAsUpdate(doc));
  expect(readNotebook(fresh)).toMatchObject({ standing: 'empty', cells: [] });
});

it('cells that are as they were stay the same objects', () => {
  const { doc, ids } = documentWith({ kind: 'sql', view: { kind: 'grid' } }, { kind: 'text' });
  const first = readNotebook(doc);
  addCell(doc, { kind: 'sql', at: { after: ids[0] ?? '' } });
  const second = readNotebook(doc, first);
  expect(second.cells[0]).toBe(first.cells[0]);
  expect(second.cells[2]).toBe(first.cells[1]);
  expect(cellText(doc, ids[0] ?? '')?.toString()).toBe('');
});

/** What JSON keeps, which is what Yjs takes. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value) ?? 'null');
}

function shared(value: unknown): unknown {
  if (value === 'text') return new Y.Text('x');
  if (value === 'array') return new Y.Array();
  return value === 'map'
    ? new Y.Map([
        ['kind', 'sql'],
        ['source', new Y.Text('x')],
      ])
    : value;
}
