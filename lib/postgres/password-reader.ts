import { decodeText } from './decode-text';

/** A client's answer in authentication, in bytes after the length word. SCRAM needs some hundred. */
export const MAX_PASSWORD_BYTES = 10_240;

const HEADER_BYTES = 5;
const TYPE_PASSWORD = 0x70;
const NOTHING = new Uint8Array(0);

export type PasswordEvent =
  | { readonly type: 'password'; readonly body: Uint8Array }
  | {
      readonly type: 'fault';
      readonly code: 'password-expected' | 'password-length';
      readonly message: string;
    };

export interface PasswordStep {
  /** At most one message a step; absent while it is incomplete. */
  readonly event?: PasswordEvent;
  /** What follows the message, untouched. */
  readonly rest: Uint8Array;
}

/**
 * Reads PasswordMessage, SASLInitialResponse and SASLResponse (all `p`), cut anywhere, one after
 * another. Anything else, and a message over `MAX_PASSWORD_BYTES`, is a fault as soon as its
 * header shows it; after a fault the reader throws.
 */
export class PasswordReader {
  #header = new Uint8Array(HEADER_BYTES);
  #headerFilled = 0;
  #body = NOTHING;
  #bodyFilled = 0;
  #failed = false;

  feed(chunk: Uint8Array): PasswordStep {
    if (this.#failed) throw new Error('the client broke the protocol before');
    let rest = chunk;
    if (this.#headerFilled < HEADER_BYTES) {
      const taken = Math.min(HEADER_BYTES - this.#headerFilled, chunk.length);
      this.#header.set(chunk.subarray(0, taken), this.#headerFilled);
      this.#headerFilled += taken;
      if (this.#headerFilled > 0 && this.#header[0] !== TYPE_PASSWORD) {
        const message = `expected an authentication answer, got message type ${this.#header[0]}`;
        return this.#fault('password-expected', message);
      }
      if (this.#headerFilled < HEADER_BYTES) return { rest: NOTHING };
      const length = new DataView(this.#header.buffer).getUint32(1) - 4;
      if (length < 0 || length > MAX_PASSWORD_BYTES) {
        return this.#fault('password-length', 'invalid length of an authentication answer');
      }
      this.#body = new Uint8Array(length);
      this.#bodyFilled = 0;
      rest = chunk.subarray(taken);
    }
    const taken = Math.min(this.#body.length - this.#bodyFilled, rest.length);
    this.#body.set(rest.subarray(0, taken), this.#bodyFilled);
    this.#bodyFilled += taken;
    if (this.#bodyFilled < this.#body.length) return { rest: NOTHING };
    this.#headerFilled = 0;
    return { event: { type: 'password', body: this.#body }, rest: rest.subarray(taken) };
  }

  #fault(code: 'password-expected' | 'password-length', message: string): PasswordStep {
    this.#failed = true;
    return { event: { type: 'fault', code, message }, rest: NOTHING };
  }
}

export interface SaslInitialResponse {
  readonly mechanism: string;
  /** The mechanism's first message; absent when the client leaves it for later. */
  readonly response?: string;
}

/** Reads the body of a SASLInitialResponse; undefined when its layout is broken. */
export function parseSaslInitialResponse(body: Uint8Array): SaslInitialResponse | undefined {
  const end = body.indexOf(0);
  if (end < 0 || body.length < end + 5) return undefined;
  const mechanism = asText(body.subarray(0, end));
  const length = new DataView(body.buffer, body.byteOffset).getInt32(end + 1);
  const response = body.subarray(end + 5);
  if (length === -1 && response.length === 0) return { mechanism };
  return length === response.length ? { mechanism, response: asText(response) } : undefined;
}

/** Reads the body of a SASLResponse. */
export function parseSaslResponse(body: Uint8Array): string {
  return asText(body);
}

function asText(bytes: Uint8Array): string {
  return decodeText(bytes, 0, bytes.length);
}
