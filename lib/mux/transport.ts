import type { Reason } from './reason';

/** Carries a link's bytes: in order, cut anywhere, whole or not at all. */
export interface Transport {
  /** Hands bytes over, which belong to the transport then; called only while `writable()`, except a last GOODBYE. */
  send(bytes: Uint8Array): void;
  writable(): boolean;
  /** Ends the transport. Idempotent; `closed` need not follow. */
  close(reason: Reason): void;
  /** Called once, by the link. Nothing may be handed over before, nor from within. */
  attach(handlers: TransportHandlers): void;
}

/** What a transport calls. */
export interface TransportHandlers {
  /** Bytes of the peer; they belong to the link then. */
  data(bytes: Uint8Array): void;
  /** `writable()` has become true. */
  writable(): void;
  /** The transport is gone; with a reason where it knows one. */
  closed(reason?: Reason): void;
}
