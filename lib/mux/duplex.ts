import type { Reason, ReasonCode } from './reason';

/**
 * One end of a byte stream with back-pressure: the only way bytes move between the rooms of the house.
 * A mux stream is one; so is a wrapped TCP socket in the relay.
 */
export interface Duplex {
  /**
   * Installs the consumer. What arrived earlier is delivered then, in order, in a later microtask.
   * A duplex has one consumer; a second call throws.
   */
  attach(consumer: DuplexConsumer): void;
  /**
   * Queues bytes for the peer; the chunk belongs to the duplex from then on.
   * Returns false once more than the high-water mark is queued: stop until `drain`.
   * After `end` or `reset` it throws; after the peer's reset it is ignored and returns true.
   */
  write(chunk: Uint8Array): boolean;
  /** Half-close: no more bytes from this side once the queue is sent. Idempotent. */
  end(): void;
  /** Ends both directions at once; queued bytes are dropped. Idempotent; ignored after the stream closed. */
  reset(code: ReasonCode, text?: string): void;
  /** Tells that `bytes` of what `data` delivered have been used up, so the peer may send more (rule C3). */
  consumed(bytes: number): void;
}

/** What a duplex calls. `end` and `reset` come at most once, `reset` last of all. */
export interface DuplexConsumer {
  data(chunk: Uint8Array): void;
  end(): void;
  reset(reason: Reason): void;
  /** The queue fell below the low-water mark after `write` had returned false. */
  drain(): void;
}
