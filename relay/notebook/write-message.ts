import * as encoding from 'lib0/encoding';
import { messageYjsSyncStep1, messageYjsSyncStep2, messageYjsUpdate } from 'y-protocols/sync';
import {
  MESSAGE_AWARENESS,
  MESSAGE_STORED,
  MESSAGE_SYNC,
  MESSAGE_TROUBLE,
  type TroubleCode,
} from '../../lib/notebook/wire';

/** Asks a page for what it has and the server has not. */
export function askMessage(stateVector: Uint8Array): Buffer {
  return sync(messageYjsSyncStep1, stateVector);
}

/** Answers a page that asked for the document. */
export function answerMessage(update: Uint8Array): Buffer {
  return sync(messageYjsSyncStep2, update);
}

export function updateMessage(update: Uint8Array): Buffer {
  return sync(messageYjsUpdate, update);
}

export interface AwarenessEntry {
  readonly id: number;
  readonly clock: number;
  /** JSON; `null` for somebody who has gone. */
  readonly state: Uint8Array;
}

export function awarenessMessage(entries: readonly AwarenessEntry[]): Buffer {
  const body = encoding.createEncoder();
  encoding.writeVarUint(body, entries.length);
  for (const { id, clock, state } of entries) {
    encoding.writeVarUint(body, id);
    encoding.writeVarUint(body, clock);
    encoding.writeVarUint8Array(body, state);
  }
  return write((encoder) => {
    encoding.writeVarUint(encoder, MESSAGE_AWARENESS);
    encoding.writeVarUint8Array(encoder, encoding.toUint8Array(body));
  });
}

/** The first `count` changes of this connection are stored (rule N2). */
export function storedMessage(count: number): Buffer {
  return write((encoder) => {
    encoding.writeVarUint(encoder, MESSAGE_STORED);
    encoding.writeVarUint(encoder, count);
  });
}

const TROUBLES: Readonly<Record<TroubleCode, string>> = {
  'storage-failed':
    'The server cannot store changes at the moment. It keeps trying; keep this page open until it says Saved.',
  'storage-back': 'The server stores changes again.',
};

export function troubleMessage(code: TroubleCode): Buffer {
  return write((encoder) => {
    encoding.writeVarUint(encoder, MESSAGE_TROUBLE);
    encoding.writeVarString(encoder, code);
    encoding.writeVarString(encoder, TROUBLES[code]);
  });
}

/** As a Buffer, so that `ws` need not make one for each reader. */
function write(content: (encoder: encoding.Encoder) => void): Buffer {
  const { buffer, byteOffset, byteLength } = encoding.encode(content);
  return Buffer.from(buffer, byteOffset, byteLength);
}

function sync(step: number, bytes: Uint8Array): Buffer {
  return write((encoder) => {
    encoding.writeVarUint(encoder, MESSAGE_SYNC);
    encoding.writeVarUint(encoder, step);
    encoding.writeVarUint8Array(encoder, bytes);
  });
}
