import { encodeBackendKeyData } from './backend-encoders';
import { concat } from './concat';
import type { BackendKey } from './startup-encoders';

const HEADER_BYTES = 5;
/** A process id and the longest key of protocol 3.2. */
const MAX_KEY_DATA_BYTES = 4 + 256;
/** No message before the first ReadyForQuery is longer, not even an error with all its fields. */
const MAX_MESSAGE_BYTES = 1 << 20;
const AUTHENTICATION_BYTES = 4;

const TYPE = { authentication: 0x52, key: 0x4b, ready: 0x5a } as const;
/** Authentication, ParameterStatus, BackendKeyData, ReadyForQuery, Error, Notice. */
const ALLOWED = new Set([...'RSKZEN'].map((type) => type.charCodeAt(0)));

/**
 * Stands between a server that has just got its startup packet and its client, until the first
 * ReadyForQuery: replaces the BackendKeyData by the relay's own and keeps the server's. What
 * comes later is handed on as it is.
 *
 * The client has authenticated to the relay by then. A server that asks it for anything more (it
 * might ask for the secret in clear) breaks the protocol.
 */
export class BackendKeyRewriter {
  readonly #ours: Uint8Array;
  #header = new Uint8Array(HEADER_BYTES);
  #headerFilled = 0;
  #bodyLeft = 0;
  /** The body of a message that must be seen whole before it may go on. */
  #held: Uint8Array | undefined;
  #heldFilled = 0;
  #stage: 'watching' | 'passing' | 'failed' = 'watching';
  #serverKey: BackendKey | undefined;
  #fault = '';

  /** @param ours what the client is told instead */
  constructor(ours: BackendKey) {
    this.#ours = encodeBackendKeyData(ours);
  }

  /** The server's own key, once it has been seen. */
  get serverKey(): BackendKey | undefined {
    return this.#serverKey;
  }

  /** True once ReadyForQuery has gone by: from then on `push` returns what it is given. */
  get passing(): boolean {
    return this.#stage === 'passing';
  }

  /** Why the connection must be cut, for the log; empty while all is well. */
  get fault(): string {
    return this.#fault;
  }

  /** What to forward for the server's next bytes; it may be empty, and is after a fault. */
  push(chunk: Uint8Array): Uint8Array {
    if (this.#stage === 'passing') return chunk;
    const out: Uint8Array[] = [];
    let rest = chunk;
    while (rest.length > 0 && this.#stage === 'watching') rest = this.#step(rest, out);
    if (rest.length > 0 && this.passing) out.push(rest);
    return concat(out);
  }

  #step(chunk: Uint8Array, out: Uint8Array[]): Uint8Array {
    if (this.#headerFilled < HEADER_BYTES) return this.#takeHeader(chunk, out);
    const taken = chunk.subarray(0, this.#bodyLeft);
    this.#bodyLeft -= taken.length;
    if (this.#held) {
      this.#held.set(taken, this.#heldFilled);
      this.#heldFilled += taken.length;
    } else {
      out.push(taken);
    }
    if (this.#bodyLeft === 0) this.#messageEnds(out);
    return chunk.subarray(taken.length);
  }

  #takeHeader(chunk: Uint8Array, out: Uint8Array[]): Uint8Array {
    const taken = chunk.subarray(0, HEADER_BYTES - this.#headerFilled);
    this.#header.set(taken, this.#headerFilled);
    this.#headerFilled += taken.length;
    if (this.#headerFilled === HEADER_BYTES) this.#headerIsThere(out);
    return chunk.subarray(taken.length);
  }

  #headerIsThere(out: Uint8Array[]): void {
    const type = this.#header[0] ?? 0;
    const length = new DataView(this.#header.buffer).getUint32(1) - 4;
    if (!ALLOWED.has(type) || length < 0 || length > MAX_MESSAGE_BYTES) {
      this.#fail(`unexpected message of type ${type} and ${length} bytes before ready`);
      return;
    }
    if (type === TYPE.key && (length < 5 || length > MAX_KEY_DATA_BYTES)) {
      this.#fail(`BackendKeyData of ${length} bytes`);
      return;
    }
    if (type === TYPE.authentication && length !== AUTHENTICATION_BYTES) {
      this.#fail('the server asks the client to authenticate');
      return;
    }
    this.#bodyLeft = length;
    if (type === TYPE.key || type === TYPE.authentication) {
      this.#held = new Uint8Array(length);
      this.#heldFilled = 0;
    } else {
      out.push(this.#header.slice());
      if (length === 0) this.#messageEnds(out);
    }
  }

  #messageEnds(out: Uint8Array[]): void {
    this.#headerFilled = 0;
    const held = this.#held;
    this.#held = undefined;
    if (this.#header[0] === TYPE.ready) {
      this.#stage = 'passing';
    } else if (held && this.#header[0] === TYPE.key) {
      const processId = new DataView(held.buffer).getInt32(0);
      this.#serverKey = { processId, secretKey: held.slice(4) };
      out.push(this.#ours);
    } else if (held) {
      const askedForMore = held.some((byte) => byte !== 0);
      if (askedForMore) this.#fail('the server asks the client to authenticate');
      else out.push(this.#header.slice(), held);
    }
  }

  #fail(fault: string): void {
    this.#stage = 'failed';
    this.#fault = fault;
  }
}
