import type { Transport, TransportHandlers } from '../mux/link';
import type { Reason } from '../mux/reason';

/** The two console ports a link uses, as the emulator offers them. */
export interface ConsoleWires {
  send(port: 1 | 2, chunk: Uint8Array): void;
  listen(onData: (bytes: Uint8Array) => void): void;
}

/** The guest posts receive buffers of this many bytes (rule K2). */
const BUFFER_BYTES = 4096;
/** Of its 16 buffers we fill 12 at most: the rest is room for what we cannot see, its own refill. */
const MAX_UNREAD_CHUNKS = 12;
/** Rule K4: how long the agent may take to answer HELLO before we knock again. */
const GREETING_RETRY_MS = 200;
/** A HELLO frame: 8 bytes of header, 24 of payload, the last 8 of them the nonce. */
const HELLO_BYTES = 32;
const NONCE_AT = 24;
const ATTENTION = Uint8Array.of(0x41);

type Phase =
  | { readonly at: 'idle' }
  | {
      readonly at: 'greeting';
      readonly hello: Uint8Array;
      readonly timer: ReturnType<typeof setInterval>;
      seen: Uint8Array;
    }
  | { readonly at: 'open' }
  | { readonly at: 'closed' };

/**
 * The mux over the virtio console: rules K1–K4 of docs/protocol.md. It knocks with the attention line until
 * the agent answers the very HELLO it was sent, and never fills more receive buffers than the guest has.
 */
export class ConsoleTransport implements Transport {
  readonly #wires: ConsoleWires;
  #phase: Phase = { at: 'idle' };
  #handlers: TransportHandlers | undefined;
  /** Sizes of the chunks the agent has not yet reported as read, oldest first. */
  #unread: number[] = [];
  /** Bytes reported as read that do not yet make up the oldest chunk. */
  #partlyRead = 0;
  /** Bytes the link handed over that found no buffer yet. */
  #backlog: Uint8Array[] = [];

  constructor(wires: ConsoleWires) {
    this.#wires = wires;
  }

  attach(handlers: TransportHandlers): void {
    this.#handlers = handlers;
    this.#wires.listen((bytes) => this.#receive(bytes));
  }

  writable(): boolean {
    return (
      this.#phase.at === 'idle' ||
      (this.#phase.at === 'open' && this.#backlog.length === 0 && this.#hasBuffer())
    );
  }

  send(bytes: Uint8Array): void {
    if (this.#phase.at === 'closed') return;
    if (this.#phase.at === 'idle') {
      this.#greet(bytes.slice(0, HELLO_BYTES));
      bytes = bytes.subarray(HELLO_BYTES);
    }
    for (let offset = 0; offset < bytes.length; offset += BUFFER_BYTES) {
      this.#backlog.push(bytes.subarray(offset, offset + BUFFER_BYTES));
    }
    this.#flush();
  }

  /** Rule K3: the agent has read this many more bytes of port 1. */
  acknowledged(bytes: number): void {
    this.#partlyRead += bytes;
    while (this.#unread.length > 0 && this.#partlyRead >= (this.#unread[0] ?? 0)) {
      this.#partlyRead -= this.#unread.shift() ?? 0;
    }
    if (this.#flush()) this.#handlers?.writable();
  }

  close(_reason: Reason): void {
    if (this.#phase.at === 'greeting') clearInterval(this.#phase.timer);
    this.#phase = { at: 'closed' };
    this.#backlog = [];
    this.#handlers?.closed();
  }

  #greet(hello: Uint8Array): void {
    const knock = () => {
      crypto.getRandomValues(hello.subarray(NONCE_AT));
      this.#wires.send(2, ATTENTION);
      this.#wires.send(1, hello.slice());
    };
    const timer = setInterval(knock, GREETING_RETRY_MS);
    this.#phase = { at: 'greeting', hello, timer, seen: new Uint8Array(0) };
    knock();
  }

  #receive(bytes: Uint8Array): void {
    if (this.#phase.at === 'open') {
      this.#handlers?.data(bytes);
      return;
    }
    if (this.#phase.at !== 'greeting') return;
    const seen = concat(this.#phase.seen, bytes);
    const at = findAnswer(seen, this.#phase.hello.subarray(NONCE_AT));
    if (at < 0) {
      // Only the tail can still become the answer.
      this.#phase.seen = seen.slice(Math.max(0, seen.length - HELLO_BYTES + 1));
      return;
    }
    clearInterval(this.#phase.timer);
    this.#phase = { at: 'open' };
    this.#handlers?.data(seen.subarray(at));
    if (this.#flush()) this.#handlers?.writable();
  }

  #hasBuffer(): boolean {
    return this.#unread.length < MAX_UNREAD_CHUNKS;
  }

  /** Sends what there are buffers for; true when nothing is left waiting and a buffer is free. */
  #flush(): boolean {
    if (this.#phase.at !== 'open') return false;
    while (this.#backlog.length > 0 && this.#hasBuffer()) {
      const chunk = this.#backlog.shift();
      if (chunk === undefined) break;
      this.#unread.push(chunk.length);
      this.#wires.send(1, chunk);
    }
    return this.#backlog.length === 0 && this.#hasBuffer();
  }
}

/** Where the HELLO frame with `nonce` begins in `seen`, or -1. */
function findAnswer(seen: Uint8Array, nonce: Uint8Array): number {
  for (let at = 0; at + HELLO_BYTES <= seen.length; at++) {
    if (seen[at] !== 1 || seen[at + 1] !== 0 || seen[at + 2] !== 24 || seen[at + 3] !== 0) continue;
    if (nonce.every((byte, index) => seen[at + NONCE_AT + index] === byte)) return at;
  }
  return -1;
}

function concat(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
