import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { OwnCopies } from './own-copies';

function notebook(text: string): Y.Text {
  const shared = new Y.Doc().getText('cell');
  shared.insert(0, text);
  return shared;
}

describe('a viewer’s own copy', () => {
  it('shows what the others write until it is written in', () => {
    const copies = new OwnCopies();
    const shared = notebook('select 1;');
    const copy = copies.of('cell', shared);
    shared.insert(9, ' -- more');
    expect(copy.text.toString()).toBe('select 1; -- more');
    expect(copy.isOwn.get()).toBe(false);
    copies.editing.change(() => copy.text.insert(0, 'explain '));
    shared.delete(0, shared.length);
    expect(copy.text.toString()).toBe('explain select 1; -- more');
    expect(copy.isOwn.get()).toBe(true);
    expect(shared.toString()).toBe('');
  });

  it('goes back to the notebook when it is discarded, or undone', () => {
    const copies = new OwnCopies();
    const shared = notebook('select 1;');
    const copy = copies.of('cell', shared);
    copies.editing.change(() => copy.text.insert(0, 'x'));
    copies.editing.undo.undo();
    expect(copy.isOwn.get()).toBe(false);
    copies.editing.change(() => copy.text.insert(0, 'y'));
    shared.insert(0, '-- new\n');
    copy.discard();
    expect(copy.text.toString()).toBe('-- new\nselect 1;');
    expect(copy.isOwn.get()).toBe(false);
  });

  it('is the same for the same text, and another for another', () => {
    const copies = new OwnCopies();
    const shared = notebook('a');
    expect(copies.of('cell', shared)).toBe(copies.of('cell', shared));
    expect(copies.of('cell', notebook('b')).text.toString()).toBe('b');
  });
});
