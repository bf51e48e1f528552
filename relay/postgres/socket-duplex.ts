import type { Socket } from 'node:net';
import type { Duplex, DuplexConsumer } from '../../lib/mux/duplex';
import type { Reason, ReasonCode } from '../../lib/mux/reason';
import type { Limits } from '../limits';

type State = 'open' | 'ended' | 'gone';

/** A TCP or TLS socket as a duplex: what is not consumed stays in the kernel, and so with the sender. */
export class SocketDuplex implements Duplex {
  readonly #socket: Socket;
  readonly #highWater: number;
  readonly #lingerMs: number;
  #consumer: DuplexConsumer | undefined;
  #writing: State = 'open';
  #reading: State = 'open';
  /** Delivered and not yet consumed. */
  #untaken = 0;
  #isFull = false;

  constructor(socket: Socket, limits: Pick<Limits, 'socketHighWaterBytes' | 'lingerMs'>) {
    this.#socket = socket;
    this.#highWater = limits.socketHighWaterBytes;
    this.#lingerMs = limits.lingerMs;
  }

  attach(consumer: DuplexConsumer): void {
    if (this.#consumer) throw new Error('a duplex has one consumer');
    this.#consumer = consumer;
    const socket = this.#socket;
    socket.on('data', (chunk: Buffer) => this.#receive(chunk));
    socket.on('end', () => {
      if (this.#reading !== 'open') return;
      this.#reading = 'ended';
      consumer.end();
    });
    socket.on('drain', () => {
      this.#isFull = false;
      consumer.drain();
    });
    socket.on('error', (error: NodeJS.ErrnoException) => this.#lose(error.code ?? error.message));
    socket.on('close', () => this.#lose('the connection closed'));
    // It may have ended while nobody listened.
    if (socket.destroyed) queueMicrotask(() => this.#lose('the connection closed'));
    else socket.resume();
  }

  write(chunk: Uint8Array): boolean {
    if (this.#writing === 'gone') return true;
    if (this.#writing === 'ended') throw new Error('write after end');
    this.#socket.write(chunk);
    this.#isFull = this.#socket.writableLength > this.#highWater;
    return !this.#isFull;
  }

  end(): void {
    if (this.#writing !== 'open') return;
    this.#writing = 'ended';
    const socket = this.#socket;
    socket.end(() => {
      // All is with the kernel; a client that does not hang up is not waited for.
      setTimeout(() => socket.destroy(), this.#lingerMs).unref();
    });
  }

  reset(_code: ReasonCode, _text?: string): void {
    this.#writing = 'gone';
    this.#reading = 'gone';
    this.#socket.destroy();
  }

  consumed(bytes: number): void {
    this.#untaken -= bytes;
    if (this.#socket.isPaused() && this.#untaken <= this.#highWater / 2) this.#socket.resume();
  }

  #receive(chunk: Buffer): void {
    if (this.#reading !== 'open') return;
    this.#untaken += chunk.length;
    if (this.#untaken > this.#highWater) this.#socket.pause();
    this.#consumer?.data(chunk);
  }

  /** The socket is gone. After an orderly end of both sides that is no news. */
  #lose(text: string): void {
    const isOrderly = this.#reading === 'ended' && this.#writing === 'ended';
    const isKnown = this.#reading === 'gone' || this.#writing === 'gone';
    this.#writing = 'gone';
    this.#reading = 'gone';
    const reason: Reason = { code: 'link-lost', text };
    if (!isOrderly && !isKnown) this.#consumer?.reset(reason);
  }
}
