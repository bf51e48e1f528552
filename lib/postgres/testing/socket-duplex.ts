import type { Socket } from 'node:net';
import type { Duplex, DuplexConsumer } from '../../mux/duplex';
import type { ReasonCode } from '../../mux/reason';

/** What may be delivered and not consumed before the socket is paused, in bytes. */
const WINDOW_BYTES = 256 * 1024;

/** A TCP socket as a duplex, with back-pressure both ways. */
export class SocketDuplex implements Duplex {
  readonly #socket: Socket;
  #consumer: DuplexConsumer | undefined;
  #unconsumed = 0;
  #over = false;

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.pause();
  }

  /** Bytes delivered and not reported as consumed. */
  get unconsumed(): number {
    return this.#unconsumed;
  }

  attach(consumer: DuplexConsumer): void {
    if (this.#consumer) throw new Error('a duplex has one consumer');
    this.#consumer = consumer;
    this.#socket.on('data', (chunk) => {
      this.#unconsumed += chunk.length;
      if (this.#unconsumed >= WINDOW_BYTES) this.#socket.pause();
      consumer.data(chunk);
    });
    this.#socket.on('end', () => {
      if (!this.#over) consumer.end();
    });
    this.#socket.on('drain', () => consumer.drain());
    this.#socket.on('error', (error) => {
      if (this.#over) return;
      this.#over = true;
      consumer.reset({ code: 'link-lost', text: error.message });
    });
    queueMicrotask(() => this.#socket.resume());
  }

  write(chunk: Uint8Array): boolean {
    if (this.#over || this.#socket.destroyed) return true;
    return this.#socket.write(chunk);
  }

  end(): void {
    this.#socket.end();
  }

  reset(_code: ReasonCode, _text?: string): void {
    this.#over = true;
    this.#socket.resetAndDestroy();
  }

  consumed(bytes: number): void {
    this.#unconsumed -= bytes;
    if (this.#unconsumed < WINDOW_BYTES) this.#socket.resume();
  }
}
