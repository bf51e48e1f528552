import { throwLater } from './inbox';
import {
  BATCH_BYTES,
  DEFAULT_MAX_STREAMS,
  DEFAULT_WINDOW_BYTES,
  MIN_BATCH_BYTES,
  NONCE_BYTES,
  RECEIVE_SLICE_BYTES,
} from './limits';
import type { LinkOptions, LinkStats } from './link-options';
import type { Metadata } from './metadata';
import { Mux } from './mux';
import type { MuxEvent } from './mux-state';
import { Pings } from './pings';
import type { Reason, ReasonCode } from './reason';
import { ResetError } from './reset-error';
import { SilenceTimer } from './silence';
import {
  type MuxStream,
  OfferedStream,
  OpenedStream,
  type OutgoingStream,
  type StreamEvent,
  type StreamHome,
} from './stream';
import type { Transport } from './transport';

export type { LinkOptions, LinkStats } from './link-options';
export type { IncomingStream, OutgoingStream } from './stream';
export type { Transport, TransportHandlers } from './transport';

/** One end of a link: joins the state machine with a transport, and streams with their users. */
export class Link {
  readonly #transport: Transport;
  readonly #options: LinkOptions;
  readonly #batchBytes: number;
  readonly #mux: Mux;
  readonly #home: StreamHome;
  readonly #streams = new Map<number, MuxStream>();
  readonly #pings = new Pings();
  readonly #stats = { bytesReceived: 0, bytesSent: 0, streamsOffered: 0, streamsOpened: 0 };
  readonly #silence: SilenceTimer | undefined;
  #scheduled = false;
  #over = false;
  /** The last GOODBYE of either side. */
  #said: Reason | null = null;
  #heard: Reason | null = null;

  /** Takes the transport over and says HELLO as soon as it is writable. Throws RangeError for bad options. */
  constructor(transport: Transport, options: LinkOptions) {
    this.#transport = transport;
    this.#options = options;
    this.#batchBytes = options.batchBytes ?? BATCH_BYTES;
    if (!(this.#batchBytes >= MIN_BATCH_BYTES)) throw new RangeError('batchBytes below 4,104');
    this.#mux = new Mux({
      role: options.role,
      window: options.window ?? DEFAULT_WINDOW_BYTES,
      maxStreams: options.maxStreams ?? DEFAULT_MAX_STREAMS,
      nonce: options.nonce ?? crypto.getRandomValues(new Uint8Array(NONCE_BYTES)),
    });
    this.#home = {
      mux: this.#mux,
      schedule: () => this.#schedule(),
      forget: (id) => this.#streams.delete(id),
      fault: (error) => (options.onFault ? options.onFault(error) : throwLater(error)),
    };
    transport.attach({
      data: (bytes) => this.#receive(bytes),
      writable: () => this.#flush(),
      closed: (reason) => this.#lost(reason),
    });
    if (options.silenceMs) {
      this.#silence = new SilenceTimer(options.silenceMs, () => {
        this.close({ code: 'timeout', text: `nothing was heard for ${options.silenceMs} ms` });
      });
    }
    this.#schedule();
  }

  /** Streams that are not closed, in both directions. */
  get streamCount(): number {
    return this.#streams.size;
  }

  get stats(): LinkStats {
    return { ...this.#stats };
  }

  /**
   * Offers a stream (S2). When none can be opened (the link is over, or the peer said GOODBYE) the stream is
   * reset at once with that reason. Throws RangeError for metadata that breaks rule M.
   */
  open(metadata: Metadata): OutgoingStream {
    const refusal = this.#mux.refusal();
    if (refusal) {
      const refused = new OpenedStream(this.#home, 0);
      refused.lose(refusal);
      return refused;
    }
    const id = this.#mux.open(metadata);
    const stream = new OpenedStream(this.#home, id);
    this.#streams.set(id, stream);
    this.#stats.streamsOpened += 1;
    this.#schedule();
    return stream;
  }

  /** Resolves at the peer's PONG. Rejects with `ResetError` when the link ends, or 10 wait already (`busy`). */
  async ping(): Promise<void> {
    const ping = this.#mux.ping();
    if (ping === null) {
      const code = this.#over ? 'link-lost' : 'busy';
      throw new ResetError({ code, text: 'no PING can be sent' });
    }
    this.#schedule();
    await this.#pings.wait(ping);
  }

  /** P3: no new streams from the peer; those that are open go on. */
  goodbye(code: ReasonCode, text = '', retryAfterMs = 0): void {
    if (this.#over) return;
    this.#said = { code, text };
    this.#mux.goodbye(this.#said, retryAfterMs);
    this.#schedule();
  }

  /** Ends the link at once: GOODBYE unless said with this code, then the transport closes. Idempotent. */
  close(reason: Reason): void {
    if (this.#over) return;
    this.#flush();
    if (this.#said?.code !== reason.code) this.#mux.goodbye(reason, 0);
    this.#hangUp(reason);
  }

  #receive(bytes: Uint8Array): void {
    this.#silence?.heard();
    this.#stats.bytesReceived += bytes.length;
    for (let from = 0; from < bytes.length && !this.#over; from += RECEIVE_SLICE_BYTES) {
      if (from > 0) this.#flush();
      this.#dispatch(this.#mux.receive(bytes.subarray(from, from + RECEIVE_SLICE_BYTES)));
    }
    this.#schedule();
  }

  /** Several writes in one turn of the event loop leave together. */
  #schedule(): void {
    if (this.#scheduled || this.#over) return;
    this.#scheduled = true;
    queueMicrotask(() => {
      this.#scheduled = false;
      this.#flush();
    });
  }

  #flush(): void {
    const events: MuxEvent[] = [];
    while (!this.#over && this.#transport.writable()) {
      const pulled = this.#mux.pull(this.#batchBytes);
      if (pulled === null) break;
      this.#send(pulled.bytes);
      events.push(...pulled.events);
    }
    this.#dispatch(events);
  }

  #send(bytes: Uint8Array): void {
    this.#stats.bytesSent += bytes.length;
    this.#transport.send(bytes);
  }

  #dispatch(events: readonly MuxEvent[]): void {
    for (const event of events) {
      if (this.#over) return;
      if (event.type === 'offered') this.#offered(event.stream, event.metadata);
      else if ('stream' in event) this.#dispatchToStream(event);
      else this.#dispatchToLink(event);
    }
  }

  #dispatchToStream(event: StreamEvent): void {
    const stream = this.#streams.get(event.stream);
    if (stream === undefined) return; // reset here while the event was under way
    if (event.type === 'closed' || event.type === 'reset') this.#streams.delete(event.stream);
    stream.handle(event);
  }

  #dispatchToLink(event: Exclude<MuxEvent, { stream: number }>): void {
    switch (event.type) {
      case 'hello':
        this.#tell(() => this.#options.onHello?.(event.nonce));
        return;
      case 'pong':
        this.#pings.answered(event.ping);
        return;
      case 'goodbye':
        this.#heard = event.reason;
        this.#tell(() => this.#options.onGoodbye?.(event.reason, event.retryAfterMs));
        return;
      case 'ack':
        this.#tell(() => this.#options.onAck?.(event.bytes));
        return;
      case 'failed':
        this.#hangUp(event.reason);
        return;
    }
  }

  #offered(id: number, metadata: Metadata): void {
    this.#stats.streamsOffered += 1;
    if (!this.#options.onStream) {
      this.#mux.reset(id, { code: 'refused', text: 'no streams are taken' });
      return;
    }
    const stream = new OfferedStream(this.#home, id, metadata);
    this.#streams.set(id, stream);
    try {
      this.#options.onStream(stream);
    } catch (error) {
      stream.reset('internal', 'the handler of streams failed');
      this.#home.fault(error);
    }
  }

  /** A handler that throws must not keep the events behind it from others. */
  #tell(call: () => void): void {
    try {
      call();
    } catch (error) {
      this.#home.fault(error);
    }
  }

  #lost(reason?: Reason): void {
    if (this.#over) return;
    this.#finish(this.#heard ?? reason ?? { code: 'link-lost', text: 'the transport closed' });
  }

  /** Sends HELLO and GOODBYE even if the transport isn't writable: it is the last. */
  #hangUp(reason: Reason): void {
    if (this.#over) return;
    this.#mux.finish(reason);
    const last = this.#mux.pull(MIN_BATCH_BYTES);
    this.#over = true;
    if (last) this.#send(last.bytes);
    this.#transport.close(reason);
    this.#finish(reason);
  }

  /** S7 */
  #finish(reason: Reason): void {
    this.#over = true;
    this.#silence?.stop();
    this.#mux.finish(reason);
    const lost: Reason = { code: 'link-lost', text: new ResetError(reason).message };
    const streams = [...this.#streams.values()];
    this.#streams.clear();
    for (const stream of streams) stream.lose(lost);
    this.#pings.lose(lost);
    this.#tell(() => this.#options.onClosed?.(reason));
  }
}
