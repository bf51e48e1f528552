import { createDecoder, readVarString, readVarUint } from 'lib0/decoding';
import { describe, expect, it } from 'vitest';
import { Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { cleanAwareness } from './clean-awareness';
import { PALETTE } from './palette';
import { personState } from './person-state';

const USER = { name: 'Amber Fox', colour: PALETTE[2], role: 'editor' };

describe('what a page says of itself', () => {
  it('is kept where it is well formed', () => {
    const doc = new Y.Doc();
    const text = doc.getMap('cells').set('first00cell0', new Y.Text('select 1'));
    const selection = JSON.parse(
      JSON.stringify({
        anchor: Y.createRelativePositionFromTypeIndex(text, 2),
        head: Y.createRelativePositionFromTypeIndex(text, 8),
      }),
    );
    const read = personState({ user: USER, cell: 'first00cell0', selection });
    expect(read).toEqual({ user: USER, cell: 'first00cell0', selection });
    const at = read.selection && [read.selection.anchor, read.selection.head];
    expect(
      at?.map((position) => Y.createAbsolutePositionFromRelativePosition(position, doc)?.index),
    ).toEqual([2, 8]);
  });

  it.each([
    [null],
    ['text'],
    [[]],
    [{ user: 'me', cell: 7, selection: 'all' }],
    [{ user: { ...USER, role: 'god' } }],
    [{ selection: { anchor: null, head: null } }],
    [{ selection: { anchor: {}, head: {} } }],
    [{ cell: 'first00cell0"]' }],
  ])('is nothing where it is not: %j', (state) => {
    expect(Object.values(personState(state)).filter((value) => value != null)).toEqual([]);
  });

  it.each([
    [{ type: null, item: null, tname: 'made-up' }],
    [{ type: { client: -1, clock: 0 }, item: null }],
    [{ type: null, item: { client: 1, clock: 0.5 } }],
    [{ type: null, item: { client: 1, clock: '0' } }],
    [{ type: null, item: { client: 1, clock: 2 ** 60 } }],
  ])('has no selection at %j', (position) => {
    expect(personState({ selection: { anchor: position, head: position } }).selection).toBe(
      undefined,
    );
  });

  it('loses what is not part of it, and prototypes stay as they are', () => {
    const state = JSON.parse('{"__proto__":{"polluted":1},"user":null,"more":"x"}');
    expect(Object.keys(personState(state)).filter((key) => key === 'more')).toEqual([]);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});

describe('an awareness update', () => {
  it('keeps ids and clocks, and those who leave', () => {
    const awareness = new Awareness(new Y.Doc());
    awareness.setLocalState({ user: USER, more: 'x' });
    const clean = cleanAwareness(encodeAwarenessUpdate(awareness, [awareness.clientID]));
    const decoder = createDecoder(clean ?? new Uint8Array());
    expect([readVarUint(decoder), readVarUint(decoder), readVarUint(decoder)]).toEqual([
      1,
      awareness.clientID,
      awareness.meta.get(awareness.clientID)?.clock,
    ]);
    expect(JSON.parse(readVarString(decoder))).toEqual({ user: USER });
    const gone = encodeAwarenessUpdate(awareness, [awareness.clientID], new Map());
    expect(cleanAwareness(gone)).toEqual(gone);
    awareness.destroy();
  });

  it.each([[[]], [[1]], [[255, 255, 255]], [[1, 1, 1, 1, 123]]])(
    'that is none is dropped: %j',
    (bytes) => {
      expect(cleanAwareness(new Uint8Array(bytes))).toBeUndefined();
    },
  );
});
