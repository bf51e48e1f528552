import { ByteQueue } from './byte-queue';
import type { DuplexConsumer } from './duplex';
import type { Reason } from './reason';

type Delivery =
  | { readonly state: 'unattached' }
  /** Attached; what came before is delivered in a microtask, and new events queue behind it. */
  | { readonly state: 'starting'; readonly consumer: DuplexConsumer }
  | { readonly state: 'live'; readonly consumer: DuplexConsumer }
  | { readonly state: 'over' };

const UNATTACHED: Delivery = { state: 'unattached' };
const OVER: Delivery = { state: 'over' };

/**
 * The consumer's side of a duplex: keeps what arrives until a consumer is attached, then hands it on in
 * order. How much can wait is bounded by the window, as nothing that waits has been consumed (C3).
 */
export class Inbox {
  #delivery: Delivery = UNATTACHED;
  readonly #waiting = new ByteQueue();
  #endWaits = false;
  #drainWaits = false;
  #resetWaits: Reason | null = null;
  readonly #onFault: (error: unknown) => void;

  /** `onFault` gets what a consumer throws; others go on undisturbed. */
  constructor(onFault: (error: unknown) => void = throwLater) {
    this.#onFault = onFault;
  }

  /** See `Duplex.attach`. */
  attach(consumer: DuplexConsumer): void {
    if (this.#delivery.state === 'starting' || this.#delivery.state === 'live') {
      throw new Error('a duplex has one consumer');
    }
    if (this.#delivery.state === 'over') return;
    this.#delivery = { state: 'starting', consumer };
    queueMicrotask(() => this.#start(consumer));
  }

  data(chunk: Uint8Array): void {
    if (this.#isOver()) return;
    if (this.#delivery.state === 'live')
      this.#hand((to) => to.data(chunk), this.#delivery.consumer);
    else this.#waiting.push(chunk);
  }

  end(): void {
    if (this.#isOver()) return;
    if (this.#delivery.state === 'live') this.#hand((to) => to.end(), this.#delivery.consumer);
    else this.#endWaits = true;
  }

  drain(): void {
    if (this.#isOver()) return;
    if (this.#delivery.state === 'live') this.#hand((to) => to.drain(), this.#delivery.consumer);
    else this.#drainWaits = true;
  }

  /** The last event; bytes that still wait are dropped (S4). */
  reset(reason: Reason): void {
    if (this.#delivery.state === 'over') return;
    if (this.#delivery.state !== 'live') {
      this.#waiting.clear();
      this.#resetWaits ??= reason;
      return;
    }
    const { consumer } = this.#delivery;
    this.#delivery = OVER;
    this.#hand((to) => to.reset(reason), consumer);
  }

  /** Nothing is delivered from now on: our own side has reset the stream. */
  discard(): void {
    this.#delivery = OVER;
    this.#waiting.clear();
  }

  /** A reset is the last event, even while it waits. */
  #isOver(): boolean {
    return this.#delivery.state === 'over' || this.#resetWaits !== null;
  }

  #start(consumer: DuplexConsumer): void {
    for (let chunk = this.#waiting.shift(); chunk; chunk = this.#waiting.shift()) {
      const next = chunk;
      this.#hand((to) => to.data(next), consumer);
    }
    if (this.#delivery.state !== 'starting') return;
    this.#delivery = { state: 'live', consumer };
    if (this.#resetWaits) {
      this.reset(this.#resetWaits);
      return;
    }
    if (this.#endWaits) this.end();
    if (this.#drainWaits) this.drain();
  }

  #hand(call: (consumer: DuplexConsumer) => void, consumer: DuplexConsumer): void {
    try {
      call(consumer);
    } catch (error) {
      this.#onFault(error);
    }
  }
}

/** As if nobody had caught it: on the console of a page, the end of a process that has no handler. */
export function throwLater(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}
