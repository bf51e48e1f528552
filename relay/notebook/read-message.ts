import { messageYjsSyncStep1, messageYjsSyncStep2, messageYjsUpdate } from 'y-protocols/sync';
import { MESSAGE_AWARENESS, MESSAGE_QUERY_AWARENESS, MESSAGE_SYNC } from '../../lib/notebook/wire';
import { ByteReader, MalformedError } from './byte-reader';

/** What a page says. The bytes are not looked into yet. */
export type PageMessage =
  | { readonly type: 'ask-document'; readonly stateVector: Uint8Array }
  /** Sync step 2 or update: both bring something in, and both are counted (rule N2). */
  | { readonly type: 'change'; readonly update: Uint8Array }
  | { readonly type: 'awareness'; readonly update: Uint8Array }
  | { readonly type: 'ask-awareness' };

/** Reads one message of a page; throws a `MalformedError`. */
export function readMessage(bytes: Uint8Array): PageMessage {
  const reader = new ByteReader(bytes);
  const message = read(reader);
  reader.end();
  return message;
}

function read(reader: ByteReader): PageMessage {
  const type = reader.varUint();
  if (type === MESSAGE_AWARENESS) return { type: 'awareness', update: reader.varBytes() };
  if (type === MESSAGE_QUERY_AWARENESS) return { type: 'ask-awareness' };
  if (type !== MESSAGE_SYNC) throw new MalformedError('a message of an unknown type');
  const step = reader.varUint();
  if (step === messageYjsSyncStep1) {
    return { type: 'ask-document', stateVector: reader.varBytes() };
  }
  if (step === messageYjsSyncStep2 || step === messageYjsUpdate) {
    return { type: 'change', update: reader.varBytes() };
  }
  throw new MalformedError('a sync message of an unknown type');
}
