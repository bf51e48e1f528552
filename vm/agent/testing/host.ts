import { randomBytes } from 'node:crypto';
import { encodeFrame, type Frame } from '../../../lib/mux/frame';
import { FrameDecoder } from '../../../lib/mux/frame-decoder';
import { encodeMetadata, type Metadata } from '../../../lib/mux/metadata';
import type { ReasonCode } from '../../../lib/mux/reason';
import type { Agent } from './agent';

/** K2 */
const CHUNK_BYTES = 4096;
const CHUNKS_UNREAD_MAX = 12;

/** K4 */
const RETRY_MS = 200;

/** The HELLO of the agent: header and magic. */
const HELLO_PATTERN = Buffer.from([1, 0, 24, 0, 0, 0, 0, 0, ...Buffer.from('WARRENMX')]);
const HELLO_FRAME_BYTES = 32;

export type StreamFrame = Extract<Frame, { stream: number }>;

/**
 * The host's end of the console with nothing hidden: tests see each frame and can send what no mux
 * would. It keeps K2 and nothing else; credit is the test's affair.
 */
export class RawHost {
  readonly agent: Agent;
  /** Every frame since the last begin, in order; `take` removes. */
  readonly frames: Frame[] = [];
  acknowledged = 0;
  sent = 0;
  /** Bytes in front of the agent's HELLO. */
  discarded = 0;
  /** Rule H3, as the agent said it. */
  window = 0;
  #decoder = new FrameDecoder();
  #pending: Buffer | null = Buffer.alloc(0); // null once the agent's HELLO was found
  #nonce: Buffer = Buffer.alloc(8);
  #queue: Buffer[] = [];
  #unread: number[] = [];
  #nextId = 1;
  #waiters = new Set<() => void>();

  constructor(agent: Agent) {
    this.agent = agent;
    agent.data.on('data', (bytes: Buffer) => this.#receive(bytes));
    agent.data.on('close', () => this.#wake());
  }

  /** K4: attention, HELLO, and the agent's answer; again after 200 ms without one. */
  async begin({ window = 262_144 } = {}): Promise<void> {
    const attempt = () => {
      const nonce = randomBytes(8);
      this.forget(nonce);
      this.attention();
      this.write(encodeFrame({ type: 'hello', hello: { version: 1, window, nonce } }));
    };
    attempt();
    const retry = setInterval(attempt, RETRY_MS);
    await this.until(() => this.#pending === null, 'HELLO').finally(() => clearInterval(retry));
  }

  /** Drops what is known of the link, and waits for the HELLO with this nonce. */
  forget(nonce: Buffer): void {
    this.#nonce = nonce;
    this.#pending = Buffer.alloc(0);
    this.#decoder = new FrameDecoder();
    this.#queue = [];
    this.#unread = [];
    this.frames.length = 0;
    this.acknowledged = 0;
    this.sent = -HELLO_FRAME_BYTES; // K3: the count starts after HELLO
    this.#nextId = 1;
  }

  attention(byte = 'A'): void {
    this.agent.attention.write(byte);
  }

  /** Opens a stream and returns its id. */
  open(...metadata: Metadata): number {
    const id = this.#nextId;
    this.#nextId += 2;
    this.send({ type: 'open', stream: id, metadata: encodeMetadata(metadata) });
    return id;
  }

  send(...frames: Frame[]): void {
    this.write(Buffer.concat(frames.map(encodeFrame)));
  }

  /** Bytes as they are, in chunks that wait for the agent's ACKs (K2). */
  write(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
      this.#queue.push(Buffer.from(bytes.subarray(at, at + CHUNK_BYTES)));
    }
    this.#pump();
  }

  /** Chunks that wait for ACKs. */
  get queued(): number {
    return this.#queue.length;
  }

  /** Waits for a frame that fits, and takes it out. */
  async take<T extends Frame['type']>(
    type: T,
    fits: (frame: Extract<Frame, { type: T }>) => boolean = () => true,
  ): Promise<Extract<Frame, { type: T }>> {
    const find = () =>
      this.frames.findIndex(
        (frame) => frame.type === type && fits(frame as Extract<Frame, { type: T }>),
      );
    await this.until(() => find() >= 0, type);
    return this.frames.splice(find(), 1)[0] as Extract<Frame, { type: T }>;
  }

  /** Waits for the first frame of a type on a stream, and takes it out. */
  takeOf<T extends StreamFrame['type']>(type: T, stream: number) {
    return this.take(type, (frame) => (frame as StreamFrame).stream === stream);
  }

  /** Waits for the stream's RESET and returns its code. */
  async resetOf(stream: number): Promise<ReasonCode> {
    return (await this.takeOf('reset', stream)).reason.code;
  }

  /** All DATA of a stream until its END. */
  async bytesUntilEnd(stream: number): Promise<Buffer> {
    await this.takeOf('end', stream);
    return this.takeBytes(stream);
  }

  /** DATA of a stream so far. */
  takeBytes(stream: number): Buffer {
    const pieces: Uint8Array[] = [];
    for (let index = 0; index < this.frames.length; ) {
      const frame = this.frames[index]!;
      if (frame.type === 'data' && frame.stream === stream) {
        pieces.push(frame.bytes);
        this.frames.splice(index, 1);
      } else index += 1;
    }
    return Buffer.concat(pieces);
  }

  /** A round trip: whatever was sent before has been acted on. */
  async settled(): Promise<void> {
    const payload = randomBytes(8);
    this.send({ type: 'ping', payload });
    await this.take('pong', (pong) => payload.equals(pong.payload));
  }

  /** Waits for a condition that frames bring about. */
  async until(condition: () => boolean, what: string): Promise<void> {
    while (!condition()) {
      if (!this.agent.isRunning || this.agent.data.destroyed) {
        throw new Error(`the agent is gone while waiting for ${what}\n${this.agent.stderr}`);
      }
      await new Promise<void>((resolve) => this.#waiters.add(resolve));
    }
  }

  #pump(): void {
    // Before the agent's HELLO nothing is counted.
    while (
      this.#queue.length > 0 &&
      (this.#pending !== null || this.#unread.length < CHUNKS_UNREAD_MAX)
    ) {
      const chunk = this.#queue.shift()!;
      if (this.#pending === null) this.#unread.push(chunk.length);
      this.sent += chunk.length;
      this.agent.data.write(chunk);
    }
  }

  #receive(bytes: Buffer): void {
    let rest = bytes;
    if (this.#pending !== null) {
      const seen: Buffer = Buffer.concat([this.#pending, bytes]);
      const at = this.#findHello(seen);
      this.#pending = at < 0 ? seen : null;
      if (at < 0) {
        this.#wake();
        return;
      }
      this.discarded = at;
      this.window = seen.readUInt32LE(at + 20);
      rest = seen.subarray(at + HELLO_FRAME_BYTES);
    }
    this.#decoder.push(rest);
    for (let frame = this.#decoder.next(); frame !== null; frame = this.#decoder.next()) {
      if (frame.type === 'violation') throw new Error(`the agent broke ${frame.rule}`);
      if (frame.type === 'ack') this.#onAck(frame.bytes);
      else this.frames.push(frame);
    }
    this.#pump();
    this.#wake();
  }

  #findHello(seen: Buffer): number {
    for (let at = seen.indexOf(HELLO_PATTERN); at >= 0; at = seen.indexOf(HELLO_PATTERN, at + 1)) {
      if (seen.subarray(at + 24, at + HELLO_FRAME_BYTES).equals(this.#nonce)) return at;
    }
    return -1;
  }

  #onAck(bytes: number): void {
    this.acknowledged += bytes;
    let left = bytes;
    while (left > 0 && this.#unread.length > 0) {
      const read = Math.min(left, this.#unread[0]!);
      left -= read;
      this.#unread[0]! -= read;
      if (this.#unread[0] === 0) this.#unread.shift();
    }
  }

  #wake(): void {
    const waiters = [...this.#waiters];
    this.#waiters.clear();
    for (const wake of waiters) wake();
  }
}

/** Connects a raw host to an agent and begins. */
export async function beginRaw(agent: Agent, options?: { window?: number }): Promise<RawHost> {
  const host = new RawHost(agent);
  await host.begin(options);
  return host;
}
