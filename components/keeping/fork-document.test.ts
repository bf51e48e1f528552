import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { addCell } from '@/lib/notebook/cells';
import { rootsOf } from '@/lib/notebook/roots';
import { FIRST_CELL, seedUpdate } from '@/lib/notebook/seed';
import { setTitle, setValue } from '@/lib/notebook/settings';
import { forkDocument } from './fork-document';
import { readSpoken } from './read-spoken';

function original(): Y.Doc {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, seedUpdate());
  setTitle(doc, 'Shop');
  setValue(doc, 'city', 'Riga');
  addCell(doc, { kind: 'text', text: '# Customers' });
  return doc;
}

function open(doc: Y.Doc, title: string): Y.Doc {
  const fork = forkDocument(doc, title);
  if (fork.kind === 'refused') throw new Error(fork.message);
  const opened = new Y.Doc();
  // As the page that opens it: the seed is there too, or comes later.
  Y.applyUpdate(opened, fork.update);
  Y.applyUpdate(opened, seedUpdate());
  return opened;
}

describe('the document of a fork', () => {
  test('reads as the original does, but for the title', () => {
    const doc = original();
    const fork = open(doc, 'Copy of Shop');
    expect(readSpoken(fork)).toEqual({ ...readSpoken(doc), title: 'Copy of Shop' });
    expect(rootsOf(fork).values.get('city')).toBe('Riga');
  });

  test('of an original without the first cell has none either', () => {
    const doc = original();
    rootsOf(doc).cells.delete(FIRST_CELL);
    expect(readSpoken(open(doc, 'Copy')).cells).toHaveLength(1);
  });

  test('leaves the largest results behind when the server would not take it', () => {
    const doc = original();
    const { results } = rootsOf(doc);
    for (let cell = 0; cell < 20; cell++) {
      results.set(`result${String(cell).padStart(6, '0')}`, 'x'.repeat(250_000));
    }
    results.set(FIRST_CELL, '"small"');
    const fork = forkDocument(doc, 'Copy');
    expect(fork.kind === 'copied' && fork.update.length).toBeLessThan(4_000_000);
    expect(fork.kind === 'copied' && fork.update.length).toBeGreaterThan(3_000_000);
    expect(rootsOf(open(doc, 'Copy')).results.get(FIRST_CELL)).toBe('"small"');
  });

  test('is refused when the texts alone are too large', () => {
    const doc = original();
    for (let cell = 0; cell < 5; cell++) addCell(doc, { kind: 'sql', text: 'x'.repeat(1_000_000) });
    expect(forkDocument(doc, 'Copy')).toMatchObject({ kind: 'refused' });
  });

  test('of a newer version is not made', () => {
    const doc = original();
    rootsOf(doc).meta.set('schema', 2);
    expect(forkDocument(doc, 'Copy')).toMatchObject({ kind: 'refused' });
  });
});
