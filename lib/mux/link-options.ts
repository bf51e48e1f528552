import type { Role } from './mux-state';
import type { Reason } from './reason';
import type { IncomingStream } from './stream';

export interface LinkOptions {
  readonly role: Role;
  /** H3: bytes each stream may have under way towards us; 256 KiB unless told. */
  readonly window?: number;
  /** S6: 1,024 unless told. */
  readonly maxStreams?: number;
  /** H4: the 8 bytes of our HELLO; random unless told. */
  readonly nonce?: Uint8Array;
  /** Milliseconds without a byte of the peer after which the link is closed with `timeout`; never unless told. */
  readonly silenceMs?: number;
  /** Bytes handed to the transport at once, 4,104 or more; 64 KiB unless told. */
  readonly batchBytes?: number;
  /** The peer offers a stream; without this handler every offer is refused. */
  onStream?(stream: IncomingStream): void;
  /** The peer's HELLO came, with this nonce (K4). */
  onHello?(nonce: Uint8Array): void;
  /** P3: the peer takes no new streams. */
  onGoodbye?(reason: Reason, retryAfterMs: number): void;
  /** The link is over; its streams have been reset with `link-lost` (S7). The last call. */
  onClosed?(reason: Reason): void;
  /** K3 */
  onAck?(bytes: number): void;
  /** Gets what a stream's consumer throws, after that stream was reset; else it is thrown in a microtask. */
  onFault?(error: unknown): void;
}

/** Sums since the link began. */
export interface LinkStats {
  readonly bytesReceived: number;
  readonly bytesSent: number;
  readonly streamsOffered: number;
  readonly streamsOpened: number;
}
