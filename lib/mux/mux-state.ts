import { encodeReset } from './frame';
import type { Metadata } from './metadata';
import type { Outbox } from './outbox';
import type { Reason } from './reason';
import { ENDED, type StreamState } from './stream-state';

/** S1: the client opens odd ids, the server even ones. */
export type Role = 'client' | 'server';

/** What `receive` and `pull` tell the layer above. Streams are named by id. */
export type MuxEvent =
  | { readonly type: 'hello'; readonly window: number; readonly nonce: Uint8Array }
  | { readonly type: 'offered'; readonly stream: number; readonly metadata: Metadata }
  | { readonly type: 'accepted'; readonly stream: number; readonly metadata: Metadata }
  /** `bytes` is a view of the chunk received, where the frame lay whole in it. */
  | { readonly type: 'data'; readonly stream: number; readonly bytes: Uint8Array }
  | { readonly type: 'ended'; readonly stream: number }
  /** The peer's RESET, or ours for a rule the peer broke on this stream. */
  | { readonly type: 'reset'; readonly stream: number; readonly reason: Reason }
  | { readonly type: 'drained'; readonly stream: number }
  /** Both sides have ended (S3); the stream is forgotten. */
  | { readonly type: 'closed'; readonly stream: number }
  | { readonly type: 'pong'; readonly ping: number }
  | { readonly type: 'goodbye'; readonly reason: Reason; readonly retryAfterMs: number }
  | { readonly type: 'ack'; readonly bytes: number }
  /** V1, H2, P4: pull what is left, which ends with GOODBYE, send it and close the transport. */
  | { readonly type: 'failed'; readonly reason: Reason };

export type Phase =
  | { readonly state: 'greeting' }
  | { readonly state: 'up'; readonly peerWindow: number }
  | { readonly state: 'ended'; readonly reason: Reason };

/** What the halves of the machine share: `receive.ts` changes it for the peer, `mux.ts` for the user. */
export interface MuxState {
  readonly role: Role;
  readonly window: number;
  readonly maxStreams: number;
  readonly streams: Map<number, StreamState>;
  readonly outbox: Outbox;
  phase: Phase;
  /** S1: the last id we opened, and the last the peer did; 0 before the first. */
  lastOpened: number;
  lastOffered: number;
  /** P2: our PINGs, in the order they were sent. */
  readonly unanswered: number[];
  /** P3: why we take no new streams, and why the peer does not. */
  leaving: Reason | null;
  refusal: Reason | null;
}

/** S1: whether an id has our parity. */
export function isOwnId(role: Role, stream: number): boolean {
  return (stream & 1) === (role === 'client' ? 1 : 0);
}

/** Whether an id was ever opened, or skipped, by the side it belongs to (S5). */
export function wasOpened(state: MuxState, stream: number): boolean {
  return stream <= (isOwnId(state.role, stream) ? state.lastOpened : state.lastOffered);
}

/** Drops a stream without a word to the peer; true when the peer never heard of it. */
export function forgetStream(state: MuxState, stream: StreamState): boolean {
  state.streams.delete(stream.id);
  stream.sending = ENDED;
  stream.receiving = ENDED;
  return state.outbox.forget(stream);
}

/** S4: drops a stream and tells the peer, if it knows of it. */
export function resetStream(state: MuxState, stream: StreamState, reason: Reason): void {
  if (!forgetStream(state, stream)) state.outbox.reset(stream.id, encodeReset(reason));
}
