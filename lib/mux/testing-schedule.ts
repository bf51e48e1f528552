import { MIN_BATCH_BYTES, TURN_BYTES } from './limits';
import { Mux } from './mux';
import type { MuxEvent } from './mux-state';
import type { Random } from './random';
import type { Reason } from './reason';
import { framesOf, KIND_PG, NONCE, pattern } from './testing';

/** What one end knows of a stream it takes part in. */
interface End {
  readonly id: number;
  /** Identifies the bytes this end writes. */
  readonly key: number;
  accepted: boolean;
  written: number;
  ended: boolean;
  read: number;
  untaken: number;
  peerEnded: boolean;
  closed: boolean;
  reset: Reason | undefined;
  /** C2, counted from what went over the wire. */
  credit: number;
}

interface Side {
  readonly name: 'client' | 'server';
  readonly mux: Mux;
  readonly window: number;
  readonly ends: Map<number, End>;
  /** Sent by this side and not yet delivered to the other. */
  readonly wire: Uint8Array[];
}

/**
 * Two muxes and the wires between them, driven by a seed: any interleaving of what users do, batches of any
 * size, chunks cut anywhere. Every rule a bystander can check is checked on the way; `check` throws.
 */
export class Schedule {
  readonly #random: Random;
  readonly #client: Side;
  readonly #server: Side;
  #resets: boolean;

  constructor(random: Random, { resets }: { resets: boolean }) {
    this.#random = random;
    this.#resets = resets;
    this.#client = this.#newSide('client');
    this.#server = this.#newSide('server');
  }

  /** A random step of a random side. */
  step(): void {
    const side = this.#random.pick([this.#client, this.#server]);
    const choice = this.#random.next();
    if (choice < 0.25) this.#pull(side);
    else if (choice < 0.5) this.#deliver(side);
    else if (choice < 0.53) this.#open(side);
    else if (choice < 0.55) side.mux.ping();
    else this.#act(side);
  }

  /** Ends, accepts, consumes and delivers everything; nothing may be left over. */
  finish(): void {
    for (let rounds = 0; this.#settleOnce(); rounds += 1) check(rounds < 200_000, 'never settles');
    for (const side of [this.#client, this.#server]) {
      check(side.mux.streamCount === 0, `${side.name} still has streams`);
      check(side.mux.pull(MIN_BATCH_BYTES) === null, `${side.name} still has something to send`);
      for (const end of side.ends.values()) this.#checkOutcome(side, end);
    }
  }

  /** The wires are cut: neither side may believe that a stream ended which did not. */
  cut(): void {
    for (const side of [this.#client, this.#server]) {
      side.mux.finish({ code: 'link-lost', text: '' });
      check(side.mux.streamCount === 0, 'streams outlive the link');
      for (const end of side.ends.values()) {
        const other = this.#otherEnd(side, end);
        if (end.peerEnded) check(end.read === other?.written, `${end.id} was cut short silently`);
      }
    }
  }

  #newSide(name: 'client' | 'server'): Side {
    const window = this.#random.pick([1, 100, 4_096, 65_536, 1_000_000]);
    const mux = new Mux({ role: name, window, maxStreams: 1_000, nonce: NONCE });
    return { name, mux, window, ends: new Map(), wire: [] };
  }

  #other(side: Side): Side {
    return side === this.#client ? this.#server : this.#client;
  }

  #otherEnd(side: Side, end: End): End | undefined {
    return this.#other(side).ends.get(end.id);
  }

  #settleOnce(): boolean {
    let busy = false;
    for (const side of [this.#client, this.#server]) {
      for (const end of side.ends.values()) {
        if (end.reset || end.closed) continue;
        this.#accept(side, end);
        this.#consume(side, end, end.untaken);
        this.#endWriting(side, end);
      }
      while (this.#pull(side)) busy = true;
      while (this.#deliver(side)) busy = true;
    }
    return busy;
  }

  #checkOutcome(side: Side, end: End): void {
    const other = this.#otherEnd(side, end);
    if (end.reset) {
      check(this.#resets, `${end.id} was reset by nobody: ${end.reset.code}`);
      const known = other === undefined || other.reset !== undefined || other.closed;
      check(known, `${end.id} reset on one side only`);
      return;
    }
    check(end.closed && end.peerEnded, `${end.id} neither closed nor reset at ${side.name}`);
    if (other?.reset) return; // its RESET met our last END
    check(end.read === other?.written, `${end.id}: ${end.read} of ${other?.written} bytes`);
  }

  #open(side: Side): void {
    if (side.ends.size >= 30) return;
    const id = side.mux.open(KIND_PG);
    side.ends.set(id, this.#newEnd(side, id, true));
  }

  #newEnd(side: Side, id: number, accepted: boolean): End {
    const [key, credit] = [id * 2 + (side.name === 'client' ? 0 : 1), this.#other(side).window];
    const blank = { written: 0, ended: false, read: 0, untaken: 0, peerEnded: false };
    return { id, key, accepted, ...blank, closed: false, reset: undefined, credit };
  }

  #act(side: Side): void {
    const ends = [...side.ends.values()].filter(({ reset, closed }) => !reset && !closed);
    if (ends.length === 0) return;
    const end = this.#random.pick(ends);
    const choice = this.#random.next();
    if (choice < 0.4) this.#write(side, end);
    else if (choice < 0.75) this.#consume(side, end, this.#random.between(0, end.untaken));
    else if (choice < 0.9) this.#accept(side, end);
    else if (choice < 0.94) this.#endWriting(side, end);
    else if (choice < 0.95 && this.#resets) {
      end.reset = { code: 'ok', text: `by ${side.name}` };
      side.mux.reset(end.id, end.reset);
    }
  }

  #write(side: Side, end: End): void {
    // What a window of one byte takes a round trip for must stay small.
    const left = Math.min(300 * this.#other(side).window, 500_000) - end.written;
    if (end.ended || left <= 0) return;
    const most = Math.min(this.#random.pick([1, 50, 500, 40_000]), left);
    const length = this.#random.between(0, most);
    side.mux.write(end.id, pattern(end.key, end.written, length));
    end.written += length;
  }

  #consume(side: Side, end: End, bytes: number): void {
    end.untaken -= bytes;
    side.mux.consumed(end.id, bytes);
  }

  #accept(side: Side, end: End): void {
    if (end.accepted) return;
    end.accepted = true;
    side.mux.accept(end.id, []);
  }

  #endWriting(side: Side, end: End): void {
    if (end.ended) return;
    end.ended = true;
    side.mux.end(end.id);
  }

  /** One batch onto the wire, with the rules of a sender checked on it. */
  #pull(side: Side): boolean {
    const pulled = side.mux.pull(this.#random.pick([MIN_BATCH_BYTES, 20_000, 65_536]));
    if (pulled === null) return false;
    side.wire.push(pulled.bytes);
    let dataSeen = false;
    for (const frame of framesOf(pulled.bytes)) {
      if (frame.type === 'data') {
        dataSeen = true;
        const end = side.ends.get(frame.stream);
        check(end !== undefined && !end.reset, `DATA on ${frame.stream} after its end`);
        end.credit -= frame.bytes.length;
        check(end.credit >= 0, `C2: credit of ${frame.stream} exceeded by ${-end.credit}`);
        check(frame.bytes.length <= TURN_BYTES, 'P1: a turn too long');
      } else if (frame.type === 'credit') {
        const other = this.#other(side).ends.get(frame.stream);
        if (other) other.credit += frame.bytes;
        check(frame.bytes * 4 >= side.window, 'C3: a small CREDIT');
      }
      check(!dataSeen || frame.type === 'data' || frame.type === 'end', 'P1: control after DATA');
    }
    this.#note(side, pulled.events);
    return true;
  }

  /** Some of what the other side has sent, cut anywhere. */
  #deliver(side: Side): boolean {
    const { wire } = this.#other(side);
    const first = wire.shift();
    if (first === undefined) return false;
    const cut = this.#random.chance(0.5) ? first.length : this.#random.between(0, first.length);
    if (cut < first.length) wire.unshift(first.subarray(cut));
    this.#note(side, side.mux.receive(first.slice(0, cut)));
    return true;
  }

  #note(side: Side, events: readonly MuxEvent[]): void {
    for (const event of events) {
      check(event.type !== 'failed', `${side.name} failed: ${JSON.stringify(event)}`);
      if (!('stream' in event)) continue;
      if (event.type === 'offered') {
        side.ends.set(event.stream, this.#newEnd(side, event.stream, false));
        continue;
      }
      const end = side.ends.get(event.stream);
      check(end !== undefined && !end.closed && !end.reset, `${event.type} after the end`);
      this.#noteOnStream(end, this.#otherEnd(side, end), event);
    }
  }

  #noteOnStream(end: End, other: End | undefined, event: MuxEvent): void {
    if (event.type === 'data') {
      check(!end.peerEnded, 'DATA after END');
      const expected = pattern(other!.key, end.read, event.bytes.length);
      check(
        expected.every((byte, at) => byte === event.bytes[at]),
        `${end.id}: wrong bytes`,
      );
      end.read += event.bytes.length;
      end.untaken += event.bytes.length;
    } else if (event.type === 'ended') {
      check(end.read === other?.written, `${end.id} ended at ${end.read} of ${other?.written}`);
      end.peerEnded = true;
    } else if (event.type === 'closed') {
      end.closed = true;
    } else if (event.type === 'reset') {
      check(other?.reset?.text === event.reason.text, `${end.id} reset by nobody`);
      end.reset = event.reason;
    }
  }
}

function check(condition: boolean, text: string): asserts condition {
  if (!condition) throw new Error(text);
}
