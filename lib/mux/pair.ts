import { ByteQueue } from './byte-queue';
import type { Duplex, DuplexConsumer } from './duplex';
import { Inbox, throwLater } from './inbox';
import { HIGH_WATER_BYTES, LOW_WATER_BYTES } from './limits';
import type { Reason, ReasonCode } from './reason';
import type { Transport, TransportHandlers } from './transport';

/** A transport takes bytes until this many wait for the other end. */
const PAIR_BUFFER_BYTES = 262_144;

/** What one end of a duplex pair may have delivered and not yet consumed. */
const PAIR_WINDOW_BYTES = 65_536;

/** Two transports joined in memory. Bytes arrive in a later microtask, so runs repeat exactly. */
export function transportPair(bufferBytes = PAIR_BUFFER_BYTES): [Transport, Transport] {
  const left = new MemoryTransport(bufferBytes);
  const right = new MemoryTransport(bufferBytes);
  left.join(right);
  right.join(left);
  return [left, right];
}

class MemoryTransport implements Transport {
  readonly #bufferBytes: number;
  #other: MemoryTransport | null = null;
  #handlers: TransportHandlers | null = null;
  readonly #arriving: Uint8Array[] = [];
  #arrivingBytes = 0;
  #scheduled = false;
  #closed = false;

  constructor(bufferBytes: number) {
    this.#bufferBytes = bufferBytes;
  }

  join(other: MemoryTransport): void {
    this.#other = other;
  }

  send(bytes: Uint8Array): void {
    if (!this.#closed) this.#other?.arrive(bytes);
  }

  writable(): boolean {
    return !this.#closed && this.#other !== null && this.#other.hasRoom();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#other?.hangUp();
  }

  attach(handlers: TransportHandlers): void {
    this.#handlers = handlers;
    this.#schedule();
  }

  hasRoom(): boolean {
    return this.#arrivingBytes < this.#bufferBytes;
  }

  /** The other end has taken what we sent. */
  roomAgain(): void {
    this.#handlers?.writable();
  }

  arrive(bytes: Uint8Array): void {
    this.#arriving.push(bytes);
    this.#arrivingBytes += bytes.length;
    this.#schedule();
  }

  /** The other end closed: what it sent before still arrives. */
  hangUp(): void {
    this.#other = null;
    this.#schedule();
  }

  #schedule(): void {
    if (this.#scheduled || this.#handlers === null) return;
    this.#scheduled = true;
    queueMicrotask(() => this.#deliver());
  }

  #deliver(): void {
    this.#scheduled = false;
    if (this.#closed || this.#handlers === null) return;
    const blocked = !this.hasRoom();
    const chunks = this.#arriving.splice(0);
    this.#arrivingBytes = 0;
    for (const chunk of chunks) {
      if (!this.#closed) this.#handlers.data(chunk);
    }
    if (this.#other === null && !this.#closed) {
      this.#closed = true;
      this.#handlers.closed();
    } else if (blocked) {
      this.#other?.roomAgain();
    }
  }
}

/** Two duplexes joined in memory: what one writes the other reads, with the back-pressure of a stream. */
export function duplexPair(windowBytes = PAIR_WINDOW_BYTES): [Duplex, Duplex] {
  const left = new MemoryDuplex(windowBytes);
  const right = new MemoryDuplex(windowBytes);
  left.join(right);
  right.join(left);
  return [left, right];
}

type Writing = 'open' | 'ending' | 'ended' | 'reset' | 'lost';

class MemoryDuplex implements Duplex {
  #other: MemoryDuplex | null = null;
  #writing: Writing = 'open';
  readonly #queue = new ByteQueue();
  /** What the other end takes before its consumer has consumed. */
  #credit: number;
  #full = false;
  readonly #inbox: Inbox;

  constructor(windowBytes: number) {
    this.#credit = windowBytes;
    this.#inbox = new Inbox((error) => {
      this.reset('internal', 'a consumer failed');
      throwLater(error);
    });
  }

  join(other: MemoryDuplex): void {
    this.#other = other;
  }

  attach(consumer: DuplexConsumer): void {
    this.#inbox.attach(consumer);
  }

  write(chunk: Uint8Array): boolean {
    if (this.#writing === 'lost') return true;
    if (this.#writing !== 'open') throw new Error(`write on a duplex that is ${this.#writing}`);
    this.#queue.push(chunk);
    this.#schedule();
    if (this.#queue.length <= HIGH_WATER_BYTES) return true;
    this.#full = true;
    return false;
  }

  end(): void {
    if (this.#writing !== 'open') return;
    this.#writing = 'ending';
    this.#schedule();
  }

  reset(code: ReasonCode, text = ''): void {
    if (this.#writing === 'reset' || this.#writing === 'lost') return;
    this.#writing = 'reset';
    this.#queue.clear();
    this.#inbox.discard();
    const other = this.#other;
    queueMicrotask(() => other?.lose({ code, text }));
  }

  consumed(bytes: number): void {
    if (this.#other) this.#other.grant(bytes);
  }

  take(chunk: Uint8Array): void {
    this.#inbox.data(chunk);
  }

  takeEnd(): void {
    this.#inbox.end();
  }

  grant(bytes: number): void {
    this.#credit += bytes;
    this.#schedule();
  }

  lose(reason: Reason): void {
    if (this.#writing === 'reset' || this.#writing === 'lost') return;
    this.#writing = 'lost';
    this.#queue.clear();
    this.#inbox.reset(reason);
  }

  #schedule(): void {
    queueMicrotask(() => this.#move());
  }

  #move(): void {
    if (this.#writing !== 'open' && this.#writing !== 'ending') return;
    const count = Math.min(this.#queue.length, this.#credit);
    if (count > 0) {
      const chunk = new Uint8Array(count);
      this.#queue.take(count, chunk, 0);
      this.#credit -= count;
      this.#other?.take(chunk);
    }
    if (this.#writing === 'ending' && this.#queue.length === 0) {
      this.#writing = 'ended';
      this.#other?.takeEnd();
    } else if (this.#full && this.#queue.length <= LOW_WATER_BYTES) {
      this.#full = false;
      this.#inbox.drain();
    }
  }
}
