import type { Duplex, DuplexConsumer } from './duplex';
import { Inbox } from './inbox';
import type { Metadata } from './metadata';
import type { Mux } from './mux';
import type { MuxEvent } from './mux-state';
import type { Reason, ReasonCode } from './reason';
import { ResetError } from './reset-error';

/** A stream the peer offered. `reset` before `accept` refuses it; what is written before waits for it. */
export interface IncomingStream extends Duplex {
  readonly metadata: Metadata;
  /** Accepts (S2). A second call is ignored. Throws RangeError for metadata that breaks rule M. */
  accept(metadata?: Metadata): void;
}

/** A stream we offered; writing at once is allowed (S2). */
export interface OutgoingStream extends Duplex {
  /** The peer's answer; rejects with `ResetError` when the stream is reset first. May be ignored. */
  readonly accepted: Promise<Metadata>;
}

/** What a stream needs of its link. */
export interface StreamHome {
  readonly mux: Mux;
  /** Something may be waiting to be sent. */
  schedule(): void;
  /** The stream was reset here. */
  forget(id: number): void;
  /** A consumer threw. */
  fault(error: unknown): void;
}

/** Events of a stream once it is known. */
export type StreamEvent = Exclude<Extract<MuxEvent, { stream: number }>, { type: 'offered' }>;

type Writing = 'open' | 'ended' | 'reset';

/** The user's end of a mux stream; the link calls `handle` and `lose`. */
export class MuxStream implements Duplex {
  readonly #home: StreamHome;
  readonly #id: number;
  #writing: Writing = 'open';
  readonly #inbox: Inbox;

  constructor(home: StreamHome, id: number) {
    this.#home = home;
    this.#id = id;
    this.#inbox = new Inbox((error) => {
      this.reset('internal', 'a consumer failed');
      home.fault(error);
    });
  }

  attach(consumer: DuplexConsumer): void {
    this.#inbox.attach(consumer);
  }

  write(chunk: Uint8Array): boolean {
    if (this.#writing !== 'open') throw new Error(`write on a stream that is ${this.#writing}`);
    const more = this.#home.mux.write(this.#id, chunk);
    this.#home.schedule();
    return more;
  }

  end(): void {
    if (this.#writing !== 'open') return;
    this.#writing = 'ended';
    this.#home.mux.end(this.#id);
    this.#home.schedule();
  }

  reset(code: ReasonCode, text = ''): void {
    if (this.#writing === 'reset') return;
    this.#writing = 'reset';
    this.#inbox.discard();
    this.#home.mux.reset(this.#id, { code, text });
    this.#home.forget(this.#id);
    this.#home.schedule();
    this.over({ code, text });
  }

  consumed(bytes: number): void {
    this.#home.mux.consumed(this.#id, bytes);
    this.#home.schedule();
  }

  /** What the machine tells of this stream. */
  handle(event: StreamEvent): void {
    switch (event.type) {
      case 'data':
        this.#inbox.data(event.bytes);
        return;
      case 'accepted':
        this.answered(event.metadata);
        return;
      case 'ended':
        this.#inbox.end();
        return;
      case 'drained':
        this.#inbox.drain();
        return;
      case 'reset':
        this.lose(event.reason);
        return;
      case 'closed':
        return;
    }
  }

  /** The peer, or the end of the link, has reset the stream. */
  lose(reason: Reason): void {
    this.over(reason);
    this.#inbox.reset(reason);
  }

  protected answered(_metadata: Metadata): void {}

  /** The stream was reset, here or by the peer. */
  protected over(_reason: Reason): void {}
}

/** A stream the peer offered. */
export class OfferedStream extends MuxStream implements IncomingStream {
  readonly metadata: Metadata;
  readonly #accept: (metadata: Metadata) => void;

  constructor(home: StreamHome, id: number, metadata: Metadata) {
    super(home, id);
    this.metadata = metadata;
    this.#accept = (answer) => {
      home.mux.accept(id, answer);
      home.schedule();
    };
  }

  accept(metadata: Metadata = []): void {
    this.#accept(metadata);
  }
}

/** A stream we offered. */
export class OpenedStream extends MuxStream implements OutgoingStream {
  readonly accepted: Promise<Metadata>;
  #resolve: (metadata: Metadata) => void = () => {};
  #reject: (error: ResetError) => void = () => {};

  constructor(home: StreamHome, id: number) {
    super(home, id);
    this.accepted = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    this.accepted.catch(() => {}); // nobody has to wait for it: the consumer's `reset` tells it too
  }

  protected override answered(metadata: Metadata): void {
    this.#resolve(metadata);
  }

  protected override over(reason: Reason): void {
    this.#reject(new ResetError(reason));
  }
}
