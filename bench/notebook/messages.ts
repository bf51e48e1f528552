import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { messageYjsSyncStep1, messageYjsSyncStep2 } from 'y-protocols/sync';
import { MESSAGE_AWARENESS, MESSAGE_SYNC } from '../../lib/notebook/wire';

/** `I have nothing`: sync step 1 with an empty state vector. */
export const ASK_FOR_ALL = Uint8Array.of(MESSAGE_SYNC, messageYjsSyncStep1, 1, 0);
/** `You lack nothing of mine`: sync step 2 with an empty update. */
export const GIVE_NOTHING = Uint8Array.of(MESSAGE_SYNC, messageYjsSyncStep2, 2, 0, 0);

/** What a message is to somebody who only reads, from its header; the update stays where it lies in the message. */
export type Heard =
  | { readonly kind: 'asked' }
  | { readonly kind: 'all' }
  | { readonly kind: 'update'; readonly update: Uint8Array }
  /** How many people it tells of. */
  | { readonly kind: 'awareness'; readonly people: number }
  | { readonly kind: 'other' };

export function readMessage(message: Uint8Array): Heard {
  const decoder = decoding.createDecoder(message);
  switch (decoding.readVarUint(decoder)) {
    case MESSAGE_SYNC: {
      const step = decoding.readVarUint(decoder);
      const update = decoding.readVarUint8Array(decoder);
      if (step === messageYjsSyncStep1) return { kind: 'asked' };
      return step === messageYjsSyncStep2 ? { kind: 'all' } : { kind: 'update', update };
    }
    case MESSAGE_AWARENESS:
      decoding.readVarUint(decoder);
      return { kind: 'awareness', people: decoding.readVarUint(decoder) };
    default:
      return { kind: 'other' };
  }
}

/** One person's state as y-protocols writes it. */
export function awarenessMessage(id: number, clock: number, state: object): Uint8Array {
  const entry = encoding.createEncoder();
  encoding.writeVarUint(entry, 1);
  encoding.writeVarUint(entry, id);
  encoding.writeVarUint(entry, clock);
  encoding.writeVarString(entry, JSON.stringify(state));
  const message = encoding.createEncoder();
  encoding.writeVarUint(message, MESSAGE_AWARENESS);
  encoding.writeVarUint8Array(message, encoding.toUint8Array(entry));
  return encoding.toUint8Array(message);
}
