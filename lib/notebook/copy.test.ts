import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { addCell, deleteCell, moveCell } from './cells';
import { copyNotebook } from './copy';
import { cellText, readNotebook } from './read';
import { seedUpdate } from './seed';
import { setTitle, setValue, setView } from './settings';
import { setResult } from './shared-run';
import { documentWith, exchange, texts } from './testing/documents';
import { shown } from './testing/replicas';
import { replaceText } from './text-edits';

const RUN = { by: 'me', at: 1, elapsedMs: 1, statementCount: 1, statements: [] };

function clone(doc: Y.Doc): Y.Doc {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  return copy;
}

describe('copying a notebook into another', () => {
  it('restores a version: what is new goes, what is gone comes back, texts change where they differ', () => {
    const { doc, ids } = documentWith(
      { kind: 'sql', text: 'one\ntwo\nthree' },
      { kind: 'text', text: 'text' },
      { kind: 'input' },
    );
    const [a = '', b = '', c = ''] = ids;
    setTitle(doc, 'then');
    setValue(doc, 'n', '1');
    setView(doc, a, { kind: 'plan', as: 'tree' });
    setResult(doc, a, RUN);
    const version = clone(doc);
    setTitle(doc, 'now');
    setValue(doc, 'm', '2');
    setView(doc, a, undefined);
    setResult(doc, b, RUN);
    deleteCell(doc, b);
    moveCell(doc, c, 'start');
    addCell(doc, { kind: 'sql', text: 'new' });
    cellText(doc, a)?.insert(4, 'changed ');
    expect(copyNotebook(version, doc)).toMatchObject({ done: true });
    expect(shown(doc)).toEqual(shown(version));
  });

  it('an edit made meanwhile elsewhere in the text stays', () => {
    const { doc, ids } = documentWith({ kind: 'sql', text: 'one\ntwo\nthree' });
    const [a = ''] = ids;
    const version = clone(doc);
    cellText(doc, a)?.insert(0, 'x');
    const other = clone(doc);
    cellText(other, a)?.insert(cellText(other, a)?.length ?? 0, '!');
    copyNotebook(version, doc);
    exchange(doc, other);
    expect(texts(doc)).toEqual(['one\ntwo\nthree!']);
    expect(texts(other)).toEqual(texts(doc));
  });

  it('fills a fork, which has begun by itself', () => {
    const { doc } = documentWith({ kind: 'sql', text: 'a' }, { kind: 'text', text: 'b' });
    const fork = new Y.Doc();
    Y.applyUpdate(fork, seedUpdate());
    copyNotebook(doc, fork);
    expect(shown(fork)).toEqual(shown(doc));
  });

  it('writes nothing where both are the same', () => {
    const { doc } = documentWith({ kind: 'sql', text: 'a' });
    const version = clone(doc);
    copyNotebook(version, doc);
    expect(Y.encodeStateAsUpdate(doc)).toEqual(Y.encodeStateAsUpdate(version));
  });

  it('D2: a newer version is not restored', () => {
    const { doc } = documentWith({ kind: 'sql', text: 'a' });
    const version = clone(doc);
    version.getMap('meta').set('schema', 9);
    expect(copyNotebook(version, doc)).toEqual({ done: false, refusal: 'newer-document' });
    expect(readNotebook(doc).standing).toBe('usable');
  });
});

describe('replacing a text', () => {
  const line = fc.constantFrom('', 'a', 'b', 'select 1;', '😀', '😁', 'x😀y');
  const some = fc.array(line, { maxLength: 12 }).map((lines) => lines.join('\n'));

  it('gives the text wanted, whatever it was', () => {
    fc.assert(
      fc.property(some, some, (from, to) => {
        const text = new Y.Doc().getText('t');
        text.insert(0, from);
        replaceText(text, to);
        expect(text.toString()).toBe(to);
      }),
      { numRuns: 500 },
    );
  });

  it('leaves alone the lines that stay', () => {
    const text = new Y.Doc().getText('t');
    text.insert(0, 'one\ntwo\nthree\nfour\nfive');
    const changes: unknown[] = [];
    text.observe((event) => changes.push(...event.delta));
    text.doc?.transact(() => replaceText(text, 'one\n2\nthree\nfour!\nfive'));
    expect(changes).toEqual([
      { retain: 4 },
      { delete: 3 },
      { insert: '2' },
      { retain: 11 },
      { insert: '!' },
    ]);
  });

  it('a megabyte that has nothing in common is replaced', () => {
    const text = new Y.Doc().getText('t');
    text.insert(0, 'a\n'.repeat(500_000));
    replaceText(text, 'b\n'.repeat(500_000));
    expect(text.length).toBe(1_000_000);
  });
});
