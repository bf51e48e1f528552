import type { Duplex, DuplexConsumer } from '../../lib/mux/duplex';
import type { Reason, ReasonCode } from '../../lib/mux/reason';

/** The duplex was reset while somebody read from it. */
export class DuplexReset extends Error {
  override name = 'DuplexReset';

  constructor(readonly reason: Reason) {
    super(`${reason.code} ${reason.text}`);
  }
}

type Arrival =
  | { readonly type: 'data'; readonly chunk: Uint8Array }
  | { readonly type: 'end' }
  | { readonly type: 'reset'; readonly reason: Reason };

/**
 * Lets two read one duplex after each other: first somebody who reads chunk by chunk and gives back what is too
 * much, then a consumer. Bytes count as consumed when the second stage says so, or `read` returned them.
 */
export class StagedDuplex implements Duplex {
  readonly #inner: Duplex;
  readonly #arrived: Arrival[] = [];
  #reader: (() => void) | undefined;
  #consumer: DuplexConsumer | undefined;
  readonly #gone = new AbortController();
  /** Bytes handed on twice: returned by `read`, then given back. Their credit is granted only once. */
  #givenBack = 0;

  constructor(inner: Duplex) {
    this.#inner = inner;
    inner.attach({
      data: (chunk) => this.#arrive({ type: 'data', chunk }),
      end: () => this.#arrive({ type: 'end' }),
      reset: (reason) => this.#arrive({ type: 'reset', reason }),
      drain: () => this.#consumer?.drain(),
    });
  }

  /** Fires when the other side ends or resets before the second stage has begun. */
  get gone(): AbortSignal {
    return this.#gone.signal;
  }

  /** Why the other side has reset, if it has before the second stage has begun. */
  get lost(): Reason | undefined {
    const last = this.#arrived.at(-1);
    return last?.type === 'reset' ? last.reason : undefined;
  }

  /** The next chunk; undefined at the end of the bytes. Rejects with `DuplexReset`. */
  async read(): Promise<Uint8Array | undefined> {
    for (;;) {
      const [first] = this.#arrived;
      if (first?.type === 'end') return undefined;
      if (first?.type === 'reset') throw new DuplexReset(first.reason);
      if (first?.type === 'data') {
        this.#arrived.shift();
        this.#inner.consumed(first.chunk.length);
        return first.chunk;
      }
      await new Promise<void>((resolve) => {
        this.#reader = resolve;
      });
    }
  }

  /** Gives back the tail of what `read` returned last; the next stage begins with it. */
  unread(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    this.#arrived.unshift({ type: 'data', chunk });
    this.#givenBack += chunk.length;
  }

  attach(consumer: DuplexConsumer): void {
    if (this.#consumer) throw new Error('a duplex has one consumer');
    this.#consumer = consumer;
    queueMicrotask(() => {
      // Shifted after delivery: what arrives meanwhile queues up behind it.
      for (; this.#arrived[0]; this.#arrived.shift()) deliver(consumer, this.#arrived[0]);
    });
  }

  /** A second stage that wants nothing of what still comes. */
  discard(): void {
    this.attach({
      data: (chunk) => this.consumed(chunk.length),
      end: () => undefined,
      reset: () => undefined,
      drain: () => undefined,
    });
  }

  write(chunk: Uint8Array): boolean {
    return this.#inner.write(chunk);
  }

  end(): void {
    this.#inner.end();
  }

  reset(code: ReasonCode, text?: string): void {
    this.#inner.reset(code, text);
  }

  consumed(bytes: number): void {
    const twice = Math.min(this.#givenBack, bytes);
    this.#givenBack -= twice;
    if (bytes > twice) this.#inner.consumed(bytes - twice);
  }

  #arrive(arrival: Arrival): void {
    if (this.#consumer && this.#arrived.length === 0) {
      deliver(this.#consumer, arrival);
      return;
    }
    this.#arrived.push(arrival);
    if (arrival.type !== 'data' && !this.#consumer) this.#gone.abort();
    this.#reader?.();
    this.#reader = undefined;
  }
}

function deliver(consumer: DuplexConsumer, arrival: Arrival): void {
  if (arrival.type === 'data') consumer.data(arrival.chunk);
  else if (arrival.type === 'end') consumer.end();
  else consumer.reset(arrival.reason);
}
