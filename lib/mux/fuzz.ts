import type { Frame } from './frame';
import { FrameDecoder } from './frame-decoder';
import { CraftedSource, type FuzzSource, MutatingSource } from './fuzz-source';
import { NONCE_BYTES } from './limits';
import { Mux } from './mux';
import type { MuxEvent } from './mux-state';
import { Random } from './random';

/** What a run has met: a fuzzer that only ever sees one answer tests nothing. */
export interface FuzzReport {
  frames: number;
  links: number;
  /** Links that ended by a violation or a limit, by the rule their GOODBYE named. */
  readonly endedBy: Map<string, number>;
  /** Streams reset for a rule the peer broke, by code. */
  readonly resets: Map<string, number>;
  dataBytes: number;
  sentBytes: number;
}

/** Frames one link lives at most; stalls and failures end most links before. */
const FRAMES_A_LINK = 1_000;

/**
 * Feeds at least `frames` frames of hostile peers to muxes with a user behind them. Throws when a mux
 * throws, sends what no decoder takes, delivers beyond its window, or keeps more streams than it may.
 */
export function fuzzMux(seed: number, frames: number): FuzzReport {
  const random = new Random(seed);
  const report: FuzzReport = {
    frames: 0,
    links: 0,
    endedBy: new Map(),
    resets: new Map(),
    dataBytes: 0,
    sentBytes: 0,
  };
  while (report.frames < frames) {
    report.links += 1;
    new Victim(random, report).live();
  }
  return report;
}

class Victim {
  readonly #random: Random;
  readonly #report: FuzzReport;
  readonly #source: FuzzSource;
  readonly #mux: Mux;
  readonly #window: number;
  readonly #maxStreams: number;
  /** The peer reads nothing: whatever is owed to it stays with us. */
  readonly #stalled: boolean;
  readonly #decoder = new FrameDecoder();
  /** Delivered and not consumed, by stream. */
  readonly #untaken = new Map<number, number>();
  #opened = 0;
  #ended = false;

  constructor(random: Random, report: FuzzReport) {
    const clientAttacks = random.chance(0.5);
    const attacker = clientAttacks ? 'client' : 'server';
    this.#random = random;
    this.#report = report;
    this.#window = random.pick([1, 64, 4_096, 65_536]);
    this.#maxStreams = random.between(1, 32);
    this.#stalled = random.chance(0.1);
    this.#source = random.chance(0.5)
      ? new CraftedSource(random, attacker)
      : new MutatingSource(random, attacker);
    this.#mux = new Mux({
      role: clientAttacks ? 'server' : 'client',
      window: this.#window,
      maxStreams: this.#maxStreams,
      nonce: random.bytes(NONCE_BYTES),
    });
  }

  live(): void {
    const last = this.#report.frames + FRAMES_A_LINK;
    while (!this.#ended && this.#report.frames < last) {
      const { bytes, frames } = this.#source.next();
      this.#report.frames += frames;
      for (let at = 0; at < bytes.length; ) {
        const length = this.#random.chance(0.7) ? bytes.length : this.#random.between(1, 40);
        this.#note(this.#mux.receive(bytes.slice(at, at + length)));
        at += length;
      }
      if (this.#ended) break;
      this.#use();
      if (!this.#stalled && this.#random.chance(0.5)) this.#send();
    }
    const goodbye = this.#send().at(-1);
    if (this.#ended && goodbye !== 'goodbye') throw new Error(`the last frame was ${goodbye}`);
    if (this.#ended && this.#send().length > 0) throw new Error('frames after GOODBYE');
  }

  #note(events: readonly MuxEvent[]): void {
    for (const event of events) {
      if (this.#ended) throw new Error(`${event.type} after the end`);
      if (event.type === 'failed') {
        this.#ended = true;
        count(this.#report.endedBy, event.reason.text.split(':')[0]!);
      } else if (event.type === 'offered') {
        this.#untaken.set(event.stream, 0);
      } else if (event.type === 'data') {
        this.#delivered(event.stream, event.bytes.length);
      } else if (event.type === 'reset') {
        this.#untaken.delete(event.stream);
        count(this.#report.resets, event.reason.code);
      }
    }
    const most = this.#maxStreams + this.#opened;
    if (this.#mux.streamCount > most) throw new Error(`${this.#mux.streamCount} streams`);
  }

  #delivered(stream: number, bytes: number): void {
    this.#report.dataBytes += bytes;
    const untaken = (this.#untaken.get(stream) ?? 0) + bytes;
    if (untaken > this.#window)
      throw new Error(`C4: ${untaken} bytes with ${this.#window} granted`);
    this.#untaken.set(stream, untaken);
  }

  /** What a user might do at that moment. */
  #use(): void {
    const random = this.#random;
    if (random.chance(0.1) && this.#opened < 8 && this.#mux.refusal() === null) {
      this.#opened += 1;
      this.#untaken.set(this.#mux.open([['kind', 'pg']]), 0);
    }
    for (const [stream, untaken] of this.#untaken) {
      const choice = random.next();
      if (choice < 0.3) {
        const bytes = random.between(0, untaken);
        this.#mux.consumed(stream, bytes);
        this.#untaken.set(stream, untaken - bytes);
      } else if (choice < 0.5) this.#mux.accept(stream, []);
      else if (choice < 0.6) this.#mux.write(stream, random.bytes(random.between(0, 200)));
      else if (choice < 0.62) this.#mux.end(stream);
      else if (choice < 0.64) {
        this.#mux.reset(stream, { code: 'refused', text: 'fuzz' });
        this.#untaken.delete(stream);
      }
    }
    if (random.chance(0.02)) this.#mux.ping();
    if (random.chance(0.001)) this.#mux.goodbye({ code: 'shutting-down', text: '' }, 1_000);
  }

  /** Takes all there is to send; gives the types of its frames. */
  #send(): Frame['type'][] {
    const types: Frame['type'][] = [];
    for (let pulled = this.#mux.pull(8_192); pulled; pulled = this.#mux.pull(8_192)) {
      this.#report.sentBytes += pulled.bytes.length;
      this.#note(pulled.events);
      this.#decoder.push(pulled.bytes);
      for (let frame = this.#decoder.next(); frame; frame = this.#decoder.next()) {
        if (frame.type === 'violation') throw new Error(`sent a violation of ${frame.rule}`);
        types.push(frame.type);
      }
      this.#source.answered(pulled.bytes);
    }
    return types;
  }
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
