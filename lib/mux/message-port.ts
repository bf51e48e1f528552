import type { Reason } from './reason';
import type { Transport, TransportHandlers } from './transport';

/** Bytes posted and not yet acknowledged: `postMessage` has no back-pressure of its own. */
const PORT_WINDOW_BYTES = 524_288;

/** Acknowledged in batches, so that an acknowledgement is rare beside the messages. */
const ACK_BATCH_BYTES = PORT_WINDOW_BYTES / 4;

/** What we use of a MessagePort, a Worker, or a Worker's own scope. */
interface PortLike {
  postMessage(message: unknown, transfer: Transferable[]): void;
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void;
  /** Where the platform tells: the other end is gone. */
  addEventListener(type: 'close', listener: () => void): void;
  start?(): void;
  close?(): void;
}

/** On the port: bytes are frames, a number acknowledges that many bytes, this closes. */
interface Closing {
  readonly closed: Reason;
}

/**
 * A link's transport over a MessagePort or between a page and its Worker. Buffers are transferred, not
 * copied. The port must carry nothing else.
 */
export function messagePortTransport(port: PortLike): Transport {
  return new MessagePortTransport(port);
}

class MessagePortTransport implements Transport {
  readonly #port: PortLike;
  #unacknowledged = 0;
  #toAcknowledge = 0;
  #closed = false;

  constructor(port: PortLike) {
    this.#port = port;
  }

  attach(handlers: TransportHandlers): void {
    this.#port.addEventListener('message', ({ data }) => {
      if (this.#closed) return;
      if (data instanceof Uint8Array) this.#receive(data, handlers);
      else if (typeof data === 'number') this.#acknowledged(data, handlers);
      else this.#hungUp(data, handlers);
    });
    this.#port.addEventListener('close', () => {
      if (this.#closed) return;
      this.#closed = true;
      handlers.closed();
    });
    this.#port.start?.();
  }

  send(bytes: Uint8Array): void {
    if (this.#closed) return;
    this.#unacknowledged += bytes.length;
    this.#port.postMessage(bytes, [bytes.buffer as ArrayBuffer]);
  }

  writable(): boolean {
    return !this.#closed && this.#unacknowledged < PORT_WINDOW_BYTES;
  }

  close(reason: Reason): void {
    if (this.#closed) return;
    this.#closed = true;
    const closing: Closing = { closed: { code: reason.code, text: reason.text } };
    this.#port.postMessage(closing, []);
    this.#port.close?.();
  }

  #receive(bytes: Uint8Array, handlers: TransportHandlers): void {
    this.#toAcknowledge += bytes.length;
    handlers.data(bytes);
    if (this.#toAcknowledge < ACK_BATCH_BYTES || this.#closed) return;
    this.#port.postMessage(this.#toAcknowledge, []);
    this.#toAcknowledge = 0;
  }

  #acknowledged(bytes: number, handlers: TransportHandlers): void {
    const blocked = !this.writable();
    this.#unacknowledged -= bytes;
    if (blocked && this.writable()) handlers.writable();
  }

  #hungUp(message: unknown, handlers: TransportHandlers): void {
    if (typeof message !== 'object' || message === null || !('closed' in message)) return;
    this.#closed = true;
    this.#port.close?.();
    handlers.closed((message as Closing).closed);
  }
}
