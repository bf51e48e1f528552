import { type ProtocolVersion, REQUEST_CODES } from './protocol-version';

/** PostgreSQL's MAX_STARTUP_PACKET_LENGTH, in bytes without the length word. */
export const MAX_STARTUP_BYTES = 10_000;
/** The longest cancel key of protocol 3.2, in bytes. */
const MAX_CANCEL_KEY_BYTES = 256;

const LENGTH_BYTES = 4;
const CODE_BYTES = 4;
const TLS_HANDSHAKE = 0x16;

/** What is wrong with the bytes before authentication: all are 08P01 for the client. */
export type StartupFaultCode =
  | 'startup-length'
  | 'startup-layout'
  | 'cancel-length'
  | 'encryption-requested-again';

export type StartupEvent =
  /** Answer `S` and begin TLS (with a new reader), or `N` and go on with this one. */
  | { readonly type: 'ssl-request' }
  /** Answer `N` and go on. */
  | { readonly type: 'gssenc-request' }
  | { readonly type: 'cancel'; readonly processId: number; readonly secretKey: Uint8Array }
  | {
      readonly type: 'startup';
      readonly version: ProtocolVersion;
      /** Empty unless the major version is 3: others have another layout. */
      readonly parameters: ReadonlyMap<string, string>;
    }
  | { readonly type: 'fault'; readonly code: StartupFaultCode; readonly message: string };

export interface StartupStep {
  /** At most one packet a step; absent while a packet is incomplete. */
  readonly event?: StartupEvent;
  /** What follows the packet, untouched. After `ssl-request` it must be empty, or be refused. */
  readonly rest: Uint8Array;
}

const NOTHING = new Uint8Array(0);

/**
 * What the first byte of a connection says: `tls` without an SSLRequest before it, a Postgres
 * packet, or neither (an HTTP request, say). A valid length is small, so its first byte is 0.
 */
export function firstByteKind(byte: number): 'tls' | 'postgres' | 'other' {
  if (byte === TLS_HANDSHAKE) return 'tls';
  return byte === 0 ? 'postgres' : 'other';
}

/**
 * Reads what a client sends before authentication, cut anywhere. A bad length is a fault as soon
 * as its four bytes are there, and at most `MAX_STARTUP_BYTES` are ever kept.
 */
export class StartupReader {
  #packet = new Uint8Array(LENGTH_BYTES);
  #filled = 0;
  #sslSeen: boolean;
  #gssencSeen = false;
  #over = false;

  /** @param encrypted true inside TLS, where a further SSLRequest is a fault */
  constructor({ encrypted = false }: { encrypted?: boolean } = {}) {
    this.#sslSeen = encrypted;
  }

  /** Takes the next bytes. After `cancel`, `startup` and `fault` the reader is done and throws. */
  feed(chunk: Uint8Array): StartupStep {
    if (this.#over) throw new Error('the startup packet has been read');
    let rest = this.#fill(chunk);
    if (this.#filled < LENGTH_BYTES) return { rest: NOTHING };
    if (this.#packet.length === LENGTH_BYTES) {
      const length = uint32(this.#packet, 0) - LENGTH_BYTES;
      if (length < CODE_BYTES || length > MAX_STARTUP_BYTES) {
        return this.#fault('startup-length', 'invalid length of startup packet', rest);
      }
      const whole = new Uint8Array(LENGTH_BYTES + length);
      whole.set(this.#packet);
      this.#packet = whole;
      rest = this.#fill(rest);
    }
    if (this.#filled < this.#packet.length) return { rest: NOTHING };
    return this.#decode(this.#packet, rest);
  }

  /** Copies what the packet still lacks; returns what follows it. */
  #fill(chunk: Uint8Array): Uint8Array {
    const taken = Math.min(chunk.length, this.#packet.length - this.#filled);
    this.#packet.set(chunk.subarray(0, taken), this.#filled);
    this.#filled += taken;
    return chunk.subarray(taken);
  }

  #decode(packet: Uint8Array, rest: Uint8Array): StartupStep {
    this.#packet = new Uint8Array(LENGTH_BYTES);
    this.#filled = 0;
    const code = uint32(packet, LENGTH_BYTES);
    const body = packet.subarray(LENGTH_BYTES + CODE_BYTES);
    if (code === REQUEST_CODES.cancel) return this.#cancel(body, rest);
    if (code === REQUEST_CODES.ssl || code === REQUEST_CODES.gssenc) {
      return this.#encryption(code === REQUEST_CODES.ssl, body, rest);
    }
    return this.#startup({ major: code >>> 16, minor: code & 0xffff }, body, rest);
  }

  #cancel(body: Uint8Array, rest: Uint8Array): StartupStep {
    const keyBytes = body.length - 4;
    if (keyBytes < 1 || keyBytes > MAX_CANCEL_KEY_BYTES) {
      return this.#fault('cancel-length', 'invalid length of cancel request packet', rest);
    }
    this.#over = true;
    const event = {
      type: 'cancel',
      processId: uint32(body, 0) | 0,
      secretKey: body.slice(4),
    } as const;
    return { event, rest };
  }

  #encryption(ssl: boolean, body: Uint8Array, rest: Uint8Array): StartupStep {
    if (ssl ? this.#sslSeen : this.#gssencSeen) {
      const name = ssl ? 'SSLRequest' : 'GSSENCRequest';
      return this.#fault('encryption-requested-again', `${name} was sent twice`, rest);
    }
    if (body.length > 0) {
      return this.#fault('startup-length', 'invalid length of startup packet', rest);
    }
    if (ssl) this.#sslSeen = true;
    else this.#gssencSeen = true;
    return { event: { type: ssl ? 'ssl-request' : 'gssenc-request' }, rest };
  }

  #startup(version: ProtocolVersion, body: Uint8Array, rest: Uint8Array): StartupStep {
    const parameters = version.major === 3 ? readParameters(body) : new Map<string, string>();
    if (!parameters) {
      return this.#fault('startup-layout', 'invalid startup packet layout', rest);
    }
    this.#over = true;
    return { event: { type: 'startup', version, parameters }, rest };
  }

  #fault(code: StartupFaultCode, message: string, rest: Uint8Array): StartupStep {
    this.#over = true;
    return { event: { type: 'fault', code, message }, rest };
  }
}

/** Pairs of NUL-terminated name and value, then one NUL that is the last byte. */
function readParameters(body: Uint8Array): Map<string, string> | undefined {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const parameters = new Map<string, string>();
  let at = 0;
  const next = (): string | undefined => {
    const end = body.indexOf(0, at);
    if (end < 0) return undefined;
    const text = decoder.decode(body.subarray(at, end));
    at = end + 1;
    return text;
  };
  for (;;) {
    const name = next();
    if (name === undefined) return undefined;
    if (name === '') return at === body.length ? parameters : undefined;
    const value = next();
    if (value === undefined) return undefined;
    parameters.set(name, value);
  }
}

function uint32(bytes: Uint8Array, at: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(at);
}
