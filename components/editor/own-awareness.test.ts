import { expect, test, vi } from 'vitest';
import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { ownAwareness } from './own-awareness';

function page() {
  const document = new Y.Doc();
  const awareness = new Awareness(document);
  const cells = document.getMap<Y.Text>('cells');
  const mine = cells.set('mine', new Y.Text('select 1;'));
  const other = cells.set('other', new Y.Text('select 2;'));
  const place = (text: Y.Text) => {
    const at = Y.createRelativePositionFromTypeIndex(text, 0);
    return { anchor: at, head: at };
  };
  return { awareness, mine, other, place };
}

test('tells of a selection only while the editor has the focus', () => {
  const { awareness, mine, place } = page();
  let focus = false;
  const own = ownAwareness(awareness, mine, () => focus);
  own.setLocalStateField('selection', place(mine));
  expect(awareness.getLocalState()).toEqual({});
  focus = true;
  own.setLocalStateField('selection', place(mine));
  expect(awareness.getLocalState()).toEqual({ selection: place(mine) });
  awareness.destroy();
});

test('is told of the selections in its own text', () => {
  const { awareness, mine, other, place } = page();
  const own = ownAwareness(awareness, mine, () => true);
  awareness.states.set(7, { selection: place(mine) });
  awareness.states.set(8, { selection: place(other) });
  expect([...own.getStates().keys()]).toEqual([7]);
  awareness.destroy();
});

test('a listener hears at once of what is there, and of each change', () => {
  const { awareness, mine } = page();
  const own = ownAwareness(awareness, mine, () => true);
  const draw = vi.fn();
  own.on('change', draw);
  expect(draw).toHaveBeenCalledTimes(1);
  awareness.setLocalStateField('name', 'Ada');
  expect(draw).toHaveBeenCalledTimes(2);
  own.off('change', draw);
  awareness.setLocalStateField('name', 'Bo');
  expect(draw).toHaveBeenCalledTimes(2);
  awareness.destroy();
});
