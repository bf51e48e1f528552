import net from 'node:net';
import tls from 'node:tls';
import { scramHello, scramProof } from '../../lib/access/scram-client';
import { encodeStartup } from '../../lib/postgres/startup-encoders';
import type { TestLink, TestPlayground, TestRelay } from './test-relay';
import { until } from './until';

/** The fields of an ErrorResponse that matter. */
export interface WireError {
  readonly severity: string;
  readonly code: string;
  readonly message: string;
}

/** A client that says whatever a test wants and keeps what it hears. */
export class RawClient {
  readonly socket: net.Socket;
  readonly ended: Promise<void>;
  #heard = Buffer.alloc(0);

  constructor(socket: net.Socket) {
    this.socket = socket;
    socket.on('data', (chunk) => {
      this.#heard = Buffer.concat([this.#heard, chunk]);
    });
    socket.on('error', () => undefined);
    this.ended = new Promise((resolve) => socket.once('close', () => resolve()));
  }

  static connect(relay: TestRelay, host = relay.running.pgHost): RawClient {
    return new RawClient(net.connect(relay.running.pgPort, host));
  }

  get heard(): Buffer {
    return this.#heard;
  }

  send(...parts: readonly (string | Uint8Array)[]): void {
    for (const part of parts) this.socket.write(part);
  }

  async hears(length: number): Promise<Buffer> {
    await until(() => this.#heard.length >= length, `${length} bytes to be heard`);
    return this.#heard;
  }

  /** The error the server ends the connection with; what came before it is skipped. */
  async error(skip = 0): Promise<WireError> {
    await this.ended;
    return readError(this.#heard.subarray(skip));
  }

  /** Begins TLS on what has been plain so far. */
  async startTls(options: tls.ConnectionOptions = {}): Promise<RawClient> {
    this.socket.removeAllListeners('data');
    const encrypted = tls.connect({ socket: this.socket, rejectUnauthorized: false, ...options });
    await new Promise<void>((resolve, reject) => {
      encrypted.once('secureConnect', resolve);
      encrypted.once('error', reject);
    });
    return new RawClient(encrypted);
  }

  /** Asks for TLS as libpq does and gives the encrypted connection. */
  static async overTls(relay: TestRelay, options: tls.ConnectionOptions = {}): Promise<RawClient> {
    const client = RawClient.connect(relay);
    client.send(SSL_REQUEST);
    await client.hears(1);
    return await client.startTls(options);
  }
}

export const SSL_REQUEST = packet(80877103);
export const GSSENC_REQUEST = packet(80877104);

/** A packet without type: its length, a code, and what follows. */
export function packet(code: number, body: Uint8Array = Buffer.alloc(0)): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + body.length);
  head.writeUInt32BE(code, 4);
  return Buffer.concat([head, body]);
}

export function lengthWord(length: number): Buffer {
  const word = Buffer.alloc(4);
  word.writeUInt32BE(length);
  return word;
}

/** The startup packet of a link's bearer. */
export function startup(
  playground: TestPlayground,
  link: TestLink,
  more: Readonly<Record<string, string>> = {},
): Uint8Array {
  const user = `${link.id}.${playground.id}`;
  return encodeStartup([['user', user], ['database', 'postgres'], ...Object.entries(more)]);
}

export function readError(bytes: Buffer): WireError {
  if (bytes[0] !== 'E'.charCodeAt(0)) {
    throw new Error(`no ErrorResponse, but ${bytes.toString('latin1').slice(0, 100)}`);
  }
  const fields = new Map<string, string>();
  for (const field of bytes.subarray(5).toString('utf8').split('\0')) {
    if (field !== '') fields.set(field.charAt(0), field.slice(1));
  }
  return {
    severity: fields.get('S') ?? '',
    code: fields.get('C') ?? '',
    message: fields.get('M') ?? '',
  };
}

/** Goes through SCRAM with a link's secret, until the server is ready for queries. */
export async function authenticateRaw(client: RawClient, link: TestLink): Promise<void> {
  const hello = scramHello();
  await client.hears(24);
  const first = new TextEncoder().encode(hello.clientFirst);
  client.send(
    answer(Buffer.concat([Buffer.from('SCRAM-SHA-256\0'), lengthWord(first.length), first])),
  );
  const challenge = await until(
    () => /r=[^,]+,s=[^,]+,i=\d+/.exec(client.heard.toString('latin1'))?.[0],
    'the challenge',
  );
  const proof = await scramProof(hello, challenge, link.secret);
  if (!proof) throw new Error('the challenge makes no sense');
  client.send(answer(Buffer.from(proof.clientFinal)));
  await until(() => client.heard.toString('latin1').endsWith('Z\0\0\0\x05I'), 'ReadyForQuery');
}

function answer(body: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from('p'), lengthWord(4 + body.length), body]);
}
