import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { describe, expect, it } from 'vitest';
import { Awareness, applyAwarenessUpdate } from 'y-protocols/awareness';
import { readSyncMessage, writeSyncStep1, writeSyncStep2, writeUpdate } from 'y-protocols/sync';
import * as Y from 'yjs';
import { ASK_FOR_ALL, awarenessMessage, GIVE_NOTHING, readMessage } from './messages';

const sync = (write: (encoder: encoding.Encoder) => void): Uint8Array => {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, 0);
  write(encoder);
  return encoding.toUint8Array(encoder);
};

describe('messages of one who reads', () => {
  const doc = new Y.Doc();
  doc.getText('source').insert(0, 'select 1');
  const update = Y.encodeStateAsUpdate(doc);

  it('are told apart as y-protocols writes them', () => {
    expect(readMessage(sync((to) => writeSyncStep1(to, doc)))).toEqual({ kind: 'asked' });
    expect(readMessage(sync((to) => writeSyncStep2(to, doc)))).toEqual({ kind: 'all' });
    expect(readMessage(sync((to) => writeUpdate(to, update)))).toMatchObject({
      kind: 'update',
      update,
    });
    expect(readMessage(Uint8Array.of(100, 1))).toEqual({ kind: 'other' });
  });

  it('say what y-protocols says for an empty document', () => {
    expect(sync((to) => writeSyncStep1(to, new Y.Doc()))).toEqual(ASK_FOR_ALL);
    expect(sync((to) => writeSyncStep2(to, new Y.Doc()))).toEqual(GIVE_NOTHING);
    const decoder = decoding.createDecoder(GIVE_NOTHING.subarray(1));
    readSyncMessage(decoder, encoding.createEncoder(), new Y.Doc(), 'test');
  });

  it('carry an awareness state that y-protocols takes', () => {
    const message = awarenessMessage(4_000_000_000, 3, { user: { name: 'Ada' } });
    expect(readMessage(message)).toEqual({ kind: 'awareness', people: 1 });
    const awareness = new Awareness(new Y.Doc());
    const decoder = decoding.createDecoder(message.subarray(1));
    applyAwarenessUpdate(awareness, decoding.readVarUint8Array(decoder), 'test');
    expect(awareness.getStates().get(4_000_000_000)).toEqual({ user: { name: 'Ada' } });
    awareness.destroy();
  });
});
