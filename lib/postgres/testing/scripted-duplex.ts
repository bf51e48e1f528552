import type { Duplex, DuplexConsumer } from '../../mux/duplex';
import type { ReasonCode } from '../../mux/reason';
import { encodeBackendKeyData } from '../backend-encoders';
import { authenticationOk, parameterStatus, readyForQuery } from './backend';
import { join } from './split';

/** A network under a test's control: it delivers what and when the test says, cut as it says. */
export class ScriptedDuplex implements Duplex {
  /** What the client wrote since the last `taken`. */
  readonly #written: Uint8Array[] = [];
  /** Bytes the client has reported as consumed. */
  consumedBytes = 0;
  /** How the client ended it. */
  ending: 'open' | 'end' | ReasonCode = 'open';
  /** What `write` returns. */
  flowing = true;
  #consumer: DuplexConsumer | undefined;

  attach(consumer: DuplexConsumer): void {
    this.#consumer = consumer;
  }

  write(chunk: Uint8Array): boolean {
    if (this.ending !== 'open') throw new Error(`write after ${this.ending}`);
    this.#written.push(chunk);
    return this.flowing;
  }

  end(): void {
    if (this.ending === 'open') this.ending = 'end';
  }

  reset(code: ReasonCode): void {
    this.ending = code;
  }

  consumed(bytes: number): void {
    this.consumedBytes += bytes;
  }

  /** What the client has written since the last call. */
  taken(): Uint8Array {
    return join(...this.#written.splice(0));
  }

  deliver(...chunks: Uint8Array[]): void {
    for (const chunk of chunks) this.#consumer?.data(chunk);
  }

  deliverEnd(): void {
    this.#consumer?.end();
  }

  deliverReset(code: ReasonCode, text = ''): void {
    this.#consumer?.reset({ code, text });
  }

  drain(): void {
    this.flowing = true;
    this.#consumer?.drain();
  }
}

/** What a server says to a startup packet it trusts. */
export const GREETING = join(
  authenticationOk(),
  parameterStatus('server_version', '17.11'),
  encodeBackendKeyData({ processId: 42, secretKey: Uint8Array.of(1, 2, 3, 4) }),
  readyForQuery(),
);

/** The types of messages of a client, in order. */
export function typesOf(bytes: Uint8Array): string {
  let types = '';
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = 0; at < bytes.length; at += 1 + view.getUint32(at + 1)) {
    types += String.fromCharCode(bytes[at] ?? 0);
  }
  return types;
}
