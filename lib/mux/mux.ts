import { encodeGoodbye, writeU32 } from './frame';
import { FrameDecoder } from './frame-decoder';
import { encodeHello, ownHello } from './hello';
import {
  CREDIT_BATCH_DIVISOR,
  HIGH_WATER_BYTES,
  MAX_PENDING_PINGS,
  MAX_STREAM_ID,
  MAX_WINDOW_BYTES,
  PING_BYTES,
} from './limits';
import { encodeMetadata, type Metadata } from './metadata';
import { forgetStream, type MuxEvent, type MuxState, type Role, resetStream } from './mux-state';
import { Outbox } from './outbox';
import type { Reason } from './reason';
import { receiveFrame } from './receive';
import { newStream } from './stream-state';

export interface MuxOptions {
  readonly role: Role;
  /** H3: bytes. */
  readonly window: number;
  /** S6 */
  readonly maxStreams: number;
  /** H4: 8 bytes. */
  readonly nonce: Uint8Array;
}

/** Bytes for the transport, whole frames, and what became of streams by sending them. */
interface Pulled {
  readonly bytes: Uint8Array;
  readonly events: readonly MuxEvent[];
}

/**
 * One end of a link as a state machine: no I/O, no clock, no timers. Bytes of the peer go into `receive`,
 * bytes for the peer come out of `pull`; both tell in events what happened. Calls on a stream that was
 * reset, closed or lost with the link do nothing.
 */
export class Mux {
  readonly #state: MuxState;
  readonly #decoder = new FrameDecoder();
  #pings = 0;

  /** Throws RangeError for a window outside 1 to 16,777,216 (H3) or a nonce that isn't 8 bytes long. */
  constructor({ role, window, maxStreams, nonce }: MuxOptions) {
    if (!Number.isInteger(window) || window < 1 || window > MAX_WINDOW_BYTES) {
      throw new RangeError(`window of ${window} bytes`);
    }
    this.#state = {
      role,
      window,
      maxStreams,
      streams: new Map(),
      outbox: new Outbox(encodeHello(ownHello(window, nonce))),
      phase: { state: 'greeting' },
      lastOpened: role === 'client' ? -1 : 0,
      lastOffered: 0,
      unanswered: [],
      leaving: null,
      refusal: null,
    };
  }

  /** Streams that are not closed, in both directions. */
  get streamCount(): number {
    return this.#state.streams.size;
  }

  /** Works off bytes of the peer, cut anywhere; the chunk belongs to the mux from then on. */
  receive(chunk: Uint8Array): MuxEvent[] {
    const events: MuxEvent[] = [];
    const state = this.#state;
    if (state.phase.state === 'ended') return events;
    this.#decoder.push(chunk);
    for (let frame = this.#decoder.next(); frame; frame = this.#decoder.next()) {
      const fault = receiveFrame(state, frame, events);
      if (fault === null) continue;
      this.finish(fault);
      state.outbox.goodbye(encodeGoodbye(fault, 0));
      events.push({ type: 'failed', reason: fault });
      break;
    }
    return events;
  }

  /** The next frames for the transport, at most `maxBytes` (4,104 or more), in the order of P1; or null. */
  pull(maxBytes: number): Pulled | null {
    const sent = this.#state.outbox.pull(maxBytes);
    if (sent === null) return null;
    const events: MuxEvent[] = [];
    for (const { id } of sent.drained) events.push({ type: 'drained', stream: id });
    for (const stream of sent.ended) {
      if (stream.receiving.state !== 'ended') continue;
      forgetStream(this.#state, stream);
      events.push({ type: 'closed', stream: stream.id });
    }
    return { bytes: sent.bytes, events };
  }

  /** Why no stream can be opened now (P3, S1, or the link has ended); null when one can. */
  refusal(): Reason | null {
    const { phase, refusal, lastOpened } = this.#state;
    if (phase.state === 'ended') return phase.reason;
    if (refusal) return refusal;
    if (lastOpened + 2 <= MAX_STREAM_ID) return null;
    return { code: 'too-many-streams', text: 'S1: no stream ids are left on this link' };
  }

  /** Offers a stream (S2) and gives its id. Throws for metadata that breaks M, or when `refusal()` does. */
  open(metadata: Metadata): number {
    const refusal = this.refusal();
    if (refusal) throw new Error(`no stream can be opened: ${refusal.code}`);
    const payload = encodeMetadata(metadata);
    const state = this.#state;
    const id = state.lastOpened + 2;
    state.lastOpened = id;
    const credit = state.phase.state === 'up' ? state.phase.peerWindow : 0;
    state.streams.set(id, newStream(id, 'opening', credit, state.window));
    state.outbox.open(id, payload);
    return id;
  }

  /** Accepts an offered stream (S2); what was written before is sent now. Throws for bad metadata. */
  accept(id: number, metadata: Metadata): void {
    const payload = encodeMetadata(metadata);
    const stream = this.#state.streams.get(id);
    if (stream?.handshake !== 'offered') return;
    stream.handshake = 'accepted';
    this.#state.outbox.accept(id, payload);
    this.#state.outbox.update(stream);
  }

  /** Queues bytes; false once more than the high-water mark waits. `drained` follows. */
  write(id: number, chunk: Uint8Array): boolean {
    const stream = this.#state.streams.get(id);
    if (stream?.sending.state !== 'open') return true;
    const { sending } = stream;
    sending.queue.push(chunk);
    this.#state.outbox.update(stream);
    if (sending.queue.length <= HIGH_WATER_BYTES) return true;
    sending.full = true;
    return false;
  }

  /** S3: END once the queue is sent. */
  end(id: number): void {
    const stream = this.#state.streams.get(id);
    if (stream?.sending.state !== 'open') return;
    const { queue, credit } = stream.sending;
    stream.sending = { state: 'ending', queue, credit };
    this.#state.outbox.update(stream);
  }

  /** S4: ends both directions; what waited is dropped. */
  reset(id: number, reason: Reason): void {
    const stream = this.#state.streams.get(id);
    if (stream) resetStream(this.#state, stream, reason);
  }

  /** C3: the consumer has used up bytes. Throws RangeError beyond what was delivered. */
  consumed(id: number, bytes: number): void {
    const stream = this.#state.streams.get(id);
    if (stream === undefined || stream.receiving.state === 'ended') return;
    const { receiving } = stream;
    if (!(bytes >= 0 && bytes <= receiving.untaken)) {
      throw new RangeError(`${bytes} bytes consumed of ${receiving.untaken} delivered`);
    }
    receiving.untaken -= bytes;
    receiving.owed += bytes;
    if (receiving.owed > 0 && receiving.owed * CREDIT_BATCH_DIVISOR >= this.#state.window) {
      this.#state.outbox.credit(stream);
    }
  }

  /** Sends a PING; its number comes back in `pong`. Null when 10 are unanswered (P2). */
  ping(): number | null {
    const { unanswered, phase, outbox } = this.#state;
    if (phase.state === 'ended' || unanswered.length >= MAX_PENDING_PINGS) return null;
    this.#pings = (this.#pings + 1) >>> 0;
    const payload = new Uint8Array(PING_BYTES);
    writeU32(payload, 0, this.#pings);
    unanswered.push(this.#pings);
    outbox.ping(payload);
    return this.#pings;
  }

  /** P3: takes no new streams from now on and says so. */
  goodbye(reason: Reason, retryAfterMs: number): void {
    if (this.#state.phase.state === 'ended') return;
    this.#state.leaving = reason;
    this.#state.outbox.goodbye(encodeGoodbye(reason, retryAfterMs));
  }

  /** The link is over: forgets its streams and what waits, but HELLO and GOODBYE. */
  finish(reason: Reason): void {
    if (this.#state.phase.state === 'ended') return;
    this.#state.phase = { state: 'ended', reason };
    this.#state.streams.clear();
    this.#state.outbox.abandon();
  }
}
