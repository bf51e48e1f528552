import { ByteQueue } from './byte-queue';

/** S2: `opening` we await the peer's ACCEPT; `offered` the peer awaits ours. */
export type Handshake = 'opening' | 'offered' | 'accepted';

/** Our half: what waits to be sent, and the credit in bytes the peer has granted for it (C1). */
type Sending =
  | {
      readonly state: 'open';
      readonly queue: ByteQueue;
      credit: number;
      /** `write` answered false; `drained` is owed. */
      full: boolean;
    }
  | { readonly state: 'ending'; readonly queue: ByteQueue; credit: number }
  | { readonly state: 'ended' };

/** The peer's half, counted in bytes: credit + untaken + owed is always the window. */
type Receiving =
  | {
      readonly state: 'open';
      /** What the peer may still send (C4). */
      credit: number;
      /** Delivered, not yet consumed. */
      untaken: number;
      /** Consumed, not yet granted back (C3). */
      owed: number;
    }
  | { readonly state: 'ended' };

/** A stream both ends still know. A closed or reset stream is forgotten (S3, S4). */
export interface StreamState {
  readonly id: number;
  handshake: Handshake;
  sending: Sending;
  receiving: Receiving;
}

export const ENDED = { state: 'ended' } as const;

/** A new stream: `credit` is the peer's window, `window` ours. */
export function newStream(
  id: number,
  handshake: 'opening' | 'offered',
  credit: number,
  window: number,
): StreamState {
  return {
    id,
    handshake,
    sending: { state: 'open', queue: new ByteQueue(), credit, full: false },
    receiving: { state: 'open', credit: window, untaken: 0, owed: 0 },
  };
}

/** Whether a turn (P1) would send something: DATA within credit (C2), or the END behind it. */
export function isReady({ handshake, sending }: StreamState): boolean {
  if (sending.state === 'ended' || handshake === 'offered') return false;
  if (sending.queue.length > 0) return sending.credit > 0;
  return sending.state === 'ending';
}

/** DATA bytes that may be sent now. */
export function sendableBytes({ sending }: StreamState): number {
  return sending.state === 'ended' ? 0 : Math.min(sending.queue.length, sending.credit);
}
