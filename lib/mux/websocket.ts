import { REASON_CODES, type Reason, type ReasonCode, reasonFromWire } from './reason';
import type { Transport, TransportHandlers } from './transport';

/** Above this many unsent bytes a socket is not writable: 1.3 ms at 100 MB/s, so a keystroke passes soon. */
const UNSENT_MARK_BYTES = 131_072;

/** A browser tells nobody when it has sent: we look this often while above the mark, and at each message. */
const POLL_MS = 4;

/** Close codes of our own: this plus the number of the reason (V2). */
const CLOSE_CODE_BASE = 4_000;

/** WebSocket: closed on purpose. */
const CLOSE_NORMAL = 1_000;

/** WebSocket: the longest reason, in bytes of UTF-8. */
const MAX_CLOSE_REASON_BYTES = 123;

/** WebSocket: `readyState`. */
const OPEN = 1;

/** What we use of the browser's WebSocket. */
export interface BrowserSocket {
  binaryType: string;
  readonly bufferedAmount: number;
  readonly readyState: number;
  send(data: Uint8Array<ArrayBuffer>): void;
  close(code?: number, reason?: string): void;
  addEventListener(type: 'open', listener: () => void): void;
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void;
  addEventListener(
    type: 'close',
    listener: (event: { code: number; reason: string }) => void,
  ): void;
}

/** What we use of a WebSocket of the package ws. */
interface NodeSocket {
  binaryType: string;
  readonly readyState: number;
  send(data: Uint8Array, done: (error?: Error | null) => void): void;
  close(code?: number, reason?: string): void;
  /** Only ws has it: this is how we tell the two apart. */
  terminate(): void;
  on(event: 'open', listener: () => void): unknown;
  on(event: 'message', listener: (data: unknown, isBinary: boolean) => void): unknown;
  on(event: 'close', listener: (code: number, reason: Uint8Array) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
}

/**
 * A link's transport over a WebSocket, open or still connecting. Text frames are a violation: the socket is
 * closed with `protocol-error`. A reason travels as close code 4000 + its number.
 */
export function webSocketTransport(socket: BrowserSocket | NodeSocket): Transport {
  return 'terminate' in socket ? new NodeTransport(socket) : new BrowserTransport(socket);
}

const TEXT_FRAME: Reason = { code: 'protocol-error', text: 'a WebSocket text frame' };

class BrowserTransport implements Transport {
  readonly #socket: BrowserSocket;
  #blocked = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(socket: BrowserSocket) {
    this.#socket = socket;
    socket.binaryType = 'arraybuffer';
  }

  attach(handlers: TransportHandlers): void {
    const socket = this.#socket;
    socket.addEventListener('open', () => handlers.writable());
    socket.addEventListener('message', ({ data }) => {
      if (!(data instanceof ArrayBuffer)) {
        this.close(TEXT_FRAME);
        handlers.closed(TEXT_FRAME);
        return;
      }
      handlers.data(new Uint8Array(data));
      this.#look(handlers);
    });
    socket.addEventListener('close', ({ code, reason }) => {
      clearTimeout(this.#timer);
      handlers.closed(reasonOfClose(code, reason));
    });
    this.#watch = () => {
      this.#timer = setTimeout(() => {
        this.#look(handlers);
        if (this.#blocked) this.#watch();
      }, POLL_MS);
    };
  }

  send(bytes: Uint8Array): void {
    if (this.#socket.readyState === OPEN) this.#socket.send(bytes as Uint8Array<ArrayBuffer>);
  }

  writable(): boolean {
    if (this.#socket.readyState !== OPEN) return false;
    if (this.#socket.bufferedAmount < UNSENT_MARK_BYTES) return true;
    if (!this.#blocked) {
      this.#blocked = true;
      this.#watch();
    }
    return false;
  }

  close(reason: Reason): void {
    clearTimeout(this.#timer);
    closeSocket(this.#socket, reason);
  }

  #watch: () => void = () => {};

  #look(handlers: TransportHandlers): void {
    if (!this.#blocked || this.#socket.bufferedAmount >= UNSENT_MARK_BYTES) return;
    this.#blocked = false;
    clearTimeout(this.#timer);
    handlers.writable();
  }
}

class NodeTransport implements Transport {
  readonly #socket: NodeSocket;
  /** Bytes ws has not yet handed to the kernel. */
  #unsent = 0;
  #onWritable: () => void = () => {};

  constructor(socket: NodeSocket) {
    this.#socket = socket;
    socket.binaryType = 'nodebuffer'; // views of what was read; 'arraybuffer' would copy
  }

  attach(handlers: TransportHandlers): void {
    const socket = this.#socket;
    this.#onWritable = () => handlers.writable();
    socket.on('open', () => handlers.writable());
    socket.on('message', (data, isBinary) => {
      if (isBinary && data instanceof Uint8Array) {
        handlers.data(new Uint8Array(data.buffer, data.byteOffset, data.length));
      } else {
        this.close(TEXT_FRAME);
        handlers.closed(TEXT_FRAME);
      }
    });
    socket.on('close', (code, reason) => {
      handlers.closed(reasonOfClose(code, new TextDecoder().decode(reason)));
    });
    socket.on('error', () => {}); // 'close' follows with what is worth telling
  }

  send(bytes: Uint8Array): void {
    if (this.#socket.readyState !== OPEN) return;
    this.#unsent += bytes.length;
    this.#socket.send(bytes, () => {
      const blocked = this.#unsent >= UNSENT_MARK_BYTES;
      this.#unsent -= bytes.length;
      if (blocked && this.#unsent < UNSENT_MARK_BYTES) this.#onWritable();
    });
  }

  writable(): boolean {
    return this.#socket.readyState === OPEN && this.#unsent < UNSENT_MARK_BYTES;
  }

  close(reason: Reason): void {
    closeSocket(this.#socket, reason);
  }
}

function closeSocket(socket: BrowserSocket | NodeSocket, { code, text }: Reason): void {
  const closeCode = code === 'ok' ? CLOSE_NORMAL : CLOSE_CODE_BASE + REASON_CODES[code];
  const room = new Uint8Array(MAX_CLOSE_REASON_BYTES);
  const { written } = new TextEncoder().encodeInto(text, room);
  socket.close(closeCode, new TextDecoder().decode(room.subarray(0, written)));
}

function reasonOfClose(code: number, text: string): Reason {
  if (code === CLOSE_NORMAL) return { code: 'ok', text };
  const number = code - CLOSE_CODE_BASE;
  const known = (Object.values(REASON_CODES) as number[]).includes(number);
  if (known) return reasonFromWire(number, text);
  const lost: ReasonCode = 'link-lost';
  return { code: lost, text: text === '' ? `WebSocket close code ${code}` : text };
}
