import { Batch } from './batch';
import type { FrameType } from './frame';
import { HEADER_BYTES, LOW_WATER_BYTES, MIN_BATCH_BYTES, TURN_BYTES } from './limits';
import { ENDED, isReady, type StreamState, sendableBytes } from './stream-state';

const CREDIT_FRAME_BYTES = HEADER_BYTES + 4;

/** Less than this of a batch is left empty rather than filled with a sliver of a longer run. */
const WORTHWHILE_BYTES = 1_024;

const NOTHING = new Uint8Array(0);

/** What `pull` tells besides the bytes. */
export interface Sent {
  readonly bytes: Uint8Array;
  /** Streams whose queue fell to the low-water mark after `write` had answered false. */
  readonly drained: readonly StreamState[];
  /** Streams whose END is among the bytes. */
  readonly ended: readonly StreamState[];
}

/** What waits to be sent, in the order of rule P1. Every list is bounded: P2, P4, S6. */
export class Outbox {
  #hello: Uint8Array | null;
  #goodbye: Uint8Array | null = null;
  /** H1: nothing but HELLO and GOODBYE leaves before the peer's HELLO came. */
  #released = false;
  readonly #pings: Uint8Array[] = [];
  readonly #pongs: Uint8Array[] = [];
  readonly #opens = new Map<number, Uint8Array>();
  readonly #accepts = new Map<number, Uint8Array>();
  readonly #resets = new Map<number, Uint8Array>();
  readonly #credits = new Set<StreamState>();
  /** Bytes of all frames above but HELLO and GOODBYE. */
  #controlBytes = 0;
  /** Streams that have something to send, in the order of their turns. */
  readonly #ready = new Set<StreamState>();

  constructor(hello: Uint8Array) {
    this.#hello = hello;
  }

  get pendingPongs(): number {
    return this.#pongs.length;
  }

  get pendingResets(): number {
    return this.#resets.size;
  }

  release(): void {
    this.#released = true;
  }

  ping(payload: Uint8Array): void {
    this.#pings.push(payload);
    this.#controlBytes += HEADER_BYTES + payload.length;
  }

  pong(payload: Uint8Array): void {
    this.#pongs.push(payload);
    this.#controlBytes += HEADER_BYTES + payload.length;
  }

  goodbye(payload: Uint8Array): void {
    this.#goodbye = payload;
  }

  open(stream: number, metadata: Uint8Array): void {
    this.#opens.set(stream, metadata);
    this.#controlBytes += HEADER_BYTES + metadata.length;
  }

  accept(stream: number, metadata: Uint8Array): void {
    this.#accepts.set(stream, metadata);
    this.#controlBytes += HEADER_BYTES + metadata.length;
  }

  /** Grants back what is owed (C3) when its turn comes. */
  credit(stream: StreamState): void {
    if (this.#credits.has(stream)) return;
    this.#credits.add(stream);
    this.#controlBytes += CREDIT_FRAME_BYTES;
  }

  /** The peer has ended: it needs no more credit. */
  withdrawCredit(stream: StreamState): void {
    if (this.#credits.delete(stream)) this.#controlBytes -= CREDIT_FRAME_BYTES;
  }

  reset(stream: number, payload: Uint8Array): void {
    this.#resets.set(stream, payload);
    this.#controlBytes += HEADER_BYTES + payload.length;
  }

  /** Takes a stream's frames back; true when the peer has not been told of the stream. */
  forget(stream: StreamState): boolean {
    this.#ready.delete(stream);
    this.withdrawCredit(stream);
    this.#remove(this.#accepts, stream.id);
    return this.#remove(this.#opens, stream.id);
  }

  /** Notes that a stream may have become ready or blocked. */
  update(stream: StreamState): void {
    if (isReady(stream)) this.#ready.add(stream);
    else this.#ready.delete(stream);
  }

  /** Drops everything but HELLO and GOODBYE: the link ends. */
  abandon(): void {
    this.#released = false;
    this.#pings.length = 0;
    this.#pongs.length = 0;
    this.#opens.clear();
    this.#accepts.clear();
    this.#resets.clear();
    this.#credits.clear();
    this.#ready.clear();
    this.#controlBytes = 0;
  }

  /** The next frames as one buffer of at most `maxBytes`, or null. Throws RangeError below 4,104. */
  pull(maxBytes: number): Sent | null {
    if (maxBytes < MIN_BATCH_BYTES) throw new RangeError(`a batch of ${maxBytes} bytes`);
    const size = Math.min(this.#pendingBytes(maxBytes), maxBytes);
    if (size === 0) return null;
    const batch = new Batch(size);
    if (this.#hello && batch.put('hello', 0, this.#hello)) this.#hello = null;
    if (this.#goodbye && batch.put('goodbye', 0, this.#goodbye)) this.#goodbye = null;
    const drained: StreamState[] = [];
    const ended: StreamState[] = [];
    if (this.#released && this.#putControl(batch)) this.#putData(batch, drained, ended);
    return { bytes: batch.bytes(), drained, ended };
  }

  /** Bytes that could be sent; counts streams only until `enough`. */
  #pendingBytes(enough: number): number {
    let bytes = 0;
    if (this.#hello) bytes += HEADER_BYTES + this.#hello.length;
    if (this.#goodbye) bytes += HEADER_BYTES + this.#goodbye.length;
    if (!this.#released) return bytes;
    bytes += this.#controlBytes;
    for (const stream of this.#ready) {
      if (bytes >= enough) break;
      const data = sendableBytes(stream);
      bytes += data + Math.ceil(data / TURN_BYTES) * HEADER_BYTES;
      if (stream.sending.state === 'ending' && data === stream.sending.queue.length) {
        bytes += HEADER_BYTES;
      }
    }
    return bytes;
  }

  /** P1, first half. False when the batch is full before all control frames are in it. */
  #putControl(batch: Batch): boolean {
    return (
      this.#putList(batch, 'pong', this.#pongs) &&
      this.#putList(batch, 'ping', this.#pings) &&
      this.#putMap(batch, 'open', this.#opens) &&
      this.#putMap(batch, 'accept', this.#accepts) &&
      this.#putMap(batch, 'reset', this.#resets) &&
      this.#putCredits(batch)
    );
  }

  #putList(batch: Batch, type: FrameType, payloads: Uint8Array[]): boolean {
    while (payloads.length > 0) {
      if (!batch.put(type, 0, payloads[0]!)) return false;
      this.#controlBytes -= HEADER_BYTES + payloads.shift()!.length;
    }
    return true;
  }

  #putMap(batch: Batch, type: FrameType, payloads: Map<number, Uint8Array>): boolean {
    for (const [stream, payload] of payloads) {
      if (!batch.put(type, stream, payload)) return false;
      this.#remove(payloads, stream);
    }
    return true;
  }

  #putCredits(batch: Batch): boolean {
    for (const stream of this.#credits) {
      if (batch.room < CREDIT_FRAME_BYTES) return false;
      this.#credits.delete(stream);
      this.#controlBytes -= CREDIT_FRAME_BYTES;
      const { receiving } = stream;
      if (receiving.state === 'ended') continue;
      batch.putCredit(stream.id, receiving.owed);
      receiving.credit += receiving.owed;
      receiving.owed = 0;
    }
    return true;
  }

  /** P1, second half: one frame a turn; a stream with more to send goes to the end of the line. */
  #putData(batch: Batch, drained: StreamState[], ended: StreamState[]): void {
    for (const stream of this.#ready) {
      const { sending } = stream;
      if (sending.state === 'ended') continue;
      const turn = Math.min(sendableBytes(stream), TURN_BYTES);
      const bytes = Math.min(turn, batch.room - HEADER_BYTES);
      if (bytes < Math.min(turn, WORTHWHILE_BYTES)) return;
      if (bytes > 0) {
        batch.putData(stream, bytes);
        sending.credit -= bytes;
      }
      if (sending.state === 'open') {
        if (sending.full && sending.queue.length <= LOW_WATER_BYTES) {
          sending.full = false;
          drained.push(stream);
        }
      } else if (sending.queue.length === 0) {
        if (!batch.put('end', stream.id, NOTHING)) return;
        stream.sending = ENDED;
        ended.push(stream);
      }
      this.#ready.delete(stream);
      if (isReady(stream)) this.#ready.add(stream);
    }
  }

  #remove(payloads: Map<number, Uint8Array>, stream: number): boolean {
    const payload = payloads.get(stream);
    if (payload === undefined) return false;
    this.#controlBytes -= HEADER_BYTES + payload.length;
    return payloads.delete(stream);
  }
}
