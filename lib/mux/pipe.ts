import type { Duplex, DuplexConsumer } from './duplex';
import type { Reason } from './reason';

/** Watches a splice; both calls must return quickly and must not throw. */
export interface SpliceObserver {
  /** Bytes were passed on: `forth` from a to b, `back` from b to a. */
  passed?(direction: 'forth' | 'back', bytes: number): void;
  /** Both directions have ended (null), or one end was reset. The last call. */
  closed?(reason: Reason | null): void;
}

/**
 * Joins two duplexes, as their only consumer: bytes, half-close and reset are carried over both ways.
 * Credit is released once the other side has taken the bytes, so a reader that stops stops the writer.
 */
export function splice(a: Duplex, b: Duplex, observer: SpliceObserver = {}): void {
  let open = 2;
  const close = (reason: Reason | null) => {
    if (open > 0) observer.closed?.(reason);
    open = 0;
  };
  const ended = () => {
    if (open === 1) close(null);
    else open -= 1;
  };
  const forth = new Flow(a, b, (bytes) => observer.passed?.('forth', bytes), ended);
  const back = new Flow(b, a, (bytes) => observer.passed?.('back', bytes), ended);
  a.attach(consumer(forth, back, close));
  b.attach(consumer(back, forth, close));
}

/** One direction. */
class Flow {
  readonly #source: Duplex;
  readonly #target: Duplex;
  readonly #passed: (bytes: number) => void;
  readonly #ended: () => void;
  /** Bytes the target has queued above its high-water mark: not yet consumed. */
  #held = 0;
  #blocked = false;

  constructor(source: Duplex, target: Duplex, passed: (bytes: number) => void, ended: () => void) {
    this.#source = source;
    this.#target = target;
    this.#passed = passed;
    this.#ended = ended;
  }

  pass(chunk: Uint8Array): void {
    const { length } = chunk;
    if (!this.#target.write(chunk)) this.#blocked = true;
    this.#passed(length);
    if (this.#blocked) this.#held += length;
    else this.#source.consumed(length);
  }

  drain(): void {
    const held = this.#held;
    this.#held = 0;
    this.#blocked = false;
    if (held > 0) this.#source.consumed(held);
  }

  end(): void {
    this.#target.end();
    this.#ended();
  }

  reset(reason: Reason): void {
    this.#target.reset(reason.code, reason.text);
  }
}

function consumer(out: Flow, back: Flow, close: (reason: Reason) => void): DuplexConsumer {
  return {
    data: (chunk) => out.pass(chunk),
    end: () => out.end(),
    drain: () => back.drain(),
    reset: (reason) => {
      out.reset(reason);
      close(reason);
    },
  };
}
