import type { Duplex, DuplexConsumer } from '../mux/duplex';
import type { Reason } from '../mux/reason';
import type { BackendMessage, Notification, TransactionStatus } from './backend-messages';
import { BackendReader } from './backend-reader';
import { PgConnectionError, PgError, type PgErrorFields } from './errors';
import { encodeTerminate } from './frontend-encoders';
import { Handshake } from './handshake';
import { Queue } from './queue';
import type { Request } from './request';
import type { BackendKey } from './startup-encoders';
import { TURN_START, type Turn, takeTurn } from './turn';

/** Why a connection ended: PostgreSQL's last words, or what happened to the stream. */
export type CloseReason = PgError | PgConnectionError;

/** How a connection begins. */
export interface Opening {
  /** The startup packet, or Sync on a session that goes on. */
  readonly startup: Uint8Array;
  /** The session is logged in already: its first ReadyForQuery is the answer to Sync. */
  readonly isResumed: boolean;
  readonly password: string | undefined;
  readonly maxMessageBytes: number | undefined;
}

/** What a connection tells beside the answers to requests. */
export interface ConnectionListener {
  ready(): void;
  notice(notice: PgErrorFields): void;
  notification(notification: Notification): void;
  parameter(name: string, value: string): void;
  status(status: TransactionStatus): void;
  closed(reason: CloseReason): void;
}

/** The peer's last word, kept until what came before it has been read. */
type Ending = { readonly type: 'end' } | { readonly type: 'reset'; readonly reason: Reason };

type Stage = 'logging-in' | 'open' | 'closing' | 'closed';

/**
 * The effects around the pure parts: moves bytes between a duplex and the reader, requests onto
 * the wire, and events to the request whose turn it is. Data is reported as consumed when the
 * handlers have taken what was in it.
 */
export class Connection implements DuplexConsumer {
  readonly #duplex: Duplex;
  readonly #listener: ConnectionListener;
  readonly #isResumed: boolean;
  readonly #handshake: Handshake;
  readonly #reader: BackendReader;
  #stage: Stage = 'logging-in';

  readonly #inbox = new Queue<Uint8Array>();
  #reading: Uint8Array | undefined;
  #ending: Ending | undefined;
  /** True while a handler's promise is awaited. */
  #held = false;
  /** True while `#pump` runs: what arrives meanwhile is left to it. */
  #pumping = false;

  readonly #unsent = new Queue<Request>();
  readonly #sent = new Queue<Request>();
  #turn: Turn = TURN_START;
  /** What goes wrong in the present turn: the first error counts. */
  #turnError: { readonly error: unknown; readonly byHandler: boolean } | undefined;

  /** False from a `write` that returned false until `drain`. */
  #flowing = true;
  #drained: (() => void)[] = [];
  /** PostgreSQL's last words, if it said any. */
  #farewell: PgError | undefined;
  #key: BackendKey | undefined;

  constructor(duplex: Duplex, opening: Opening, listener: ConnectionListener) {
    this.#duplex = duplex;
    this.#listener = listener;
    this.#isResumed = opening.isResumed;
    this.#handshake = new Handshake(opening.password);
    this.#reader = new BackendReader({ maxMessageBytes: opening.maxMessageBytes });
    duplex.attach(this);
    this.write(opening.startup);
  }

  get key(): BackendKey | undefined {
    return this.#key;
  }

  /** True while any request waits for its end. */
  get busy(): boolean {
    return this.#sent.length + this.#unsent.length > 0;
  }

  /** Takes a request; it is sent as soon as those before it and back-pressure allow. */
  submit(request: Request): void {
    if (this.#stage !== 'open') {
      request.settle(new PgConnectionError('closed'));
      return;
    }
    this.#unsent.push(request);
    this.#send();
  }

  /** Sends bytes of the present request. The promise, if any, resolves when more may follow. */
  write(bytes: Uint8Array): Promise<void> | undefined {
    if (this.#stage === 'closed') return undefined;
    if (!this.#duplex.write(bytes)) this.#flowing = false;
    if (this.#flowing) return undefined;
    return new Promise((resolve) => this.#drained.push(resolve));
  }

  /** Says goodbye once all requests have ended; `closed` follows when the server has gone. */
  close(): void {
    if (this.#stage === 'logging-in') this.abort(new PgConnectionError('closed'));
    if (this.#stage !== 'open') return;
    this.#stage = 'closing';
    this.#sayGoodbye();
  }

  /** Ends at once: resets the duplex and fails every request with the reason. */
  abort(reason: CloseReason, code: 'ok' | 'protocol-error' | 'too-large' = 'ok'): void {
    if (this.#stage === 'closed') return;
    this.#duplex.reset(code, reason instanceof PgConnectionError ? reason.detail : '');
    this.#finish(reason);
  }

  data(chunk: Uint8Array): void {
    if (this.#stage === 'closed') return;
    this.#inbox.push(chunk);
    this.#pump();
  }

  end(): void {
    this.#ending ??= { type: 'end' };
    this.#pump();
  }

  reset(reason: Reason): void {
    this.#ending = { type: 'reset', reason };
    this.#pump();
  }

  drain(): void {
    this.#flowing = true;
    const waiting = this.#drained;
    this.#drained = [];
    for (const resolve of waiting) resolve();
    this.#send();
  }

  #pump(): void {
    if (this.#pumping) return;
    this.#pumping = true;
    this.#readOn();
    this.#pumping = false;
    if (!this.#held && this.#ending && this.#stage !== 'closed') this.#peerEnded(this.#ending);
  }

  /** Reads until the inbox is empty or a handler asks to wait. */
  #readOn(): void {
    while (!this.#held && this.#stage !== 'closed') {
      const message = this.#reader.next();
      if (message) {
        const wait = this.#receive(message);
        if (wait) this.#holdUntil(wait);
        continue;
      }
      if (this.#reading) this.#duplex.consumed(this.#reading.length);
      this.#reading = this.#inbox.shift();
      if (!this.#reading) return;
      this.#reader.push(this.#reading);
    }
  }

  #holdUntil(wait: Promise<void>): void {
    this.#held = true;
    const resume = () => {
      this.#held = false;
      this.#pump();
    };
    wait.then(resume, (error: unknown) => {
      this.#handlerFailed(error);
      resume();
    });
  }

  #receive(message: BackendMessage): Promise<void> | undefined {
    switch (message.type) {
      case 'notice':
        this.#notice(message.fields);
        return undefined;
      case 'notification':
        this.#listener.notification(message.notification);
        return undefined;
      case 'parameter-status':
        this.#listener.parameter(message.name, message.value);
        return undefined;
      case 'violation':
        this.#violation(message.code, message.detail);
        return undefined;
      default:
    }
    if (this.#stage === 'logging-in') return this.#logIn(message);
    if (message.type === 'error' && (this.#sent.length === 0 || isFatal(message.fields))) {
      this.#farewell = new PgError(message.fields);
      return undefined;
    }
    const request = this.#sent.peek();
    if (!request) {
      this.#violation('malformed', `${message.type} while nothing was asked`);
      return undefined;
    }
    return this.#answer(request, message);
  }

  #notice(notice: PgErrorFields): void {
    this.#listener.notice(notice);
    if (this.#turnError) return;
    try {
      this.#sent.peek()?.notice(notice);
    } catch (error) {
      this.#handlerFailed(error);
    }
  }

  #logIn(message: BackendMessage): Promise<void> | undefined {
    if (this.#isResumed && message.type === 'ready') return this.#open(message.status);
    if (this.#handshake.accepted && message.type === 'backend-key') {
      this.#key = message.key;
      return undefined;
    }
    if (this.#handshake.accepted && message.type === 'ready') return this.#open(message.status);
    return this.#handshake.receive(message).then(
      (step) => {
        if (this.#stage !== 'logging-in') return;
        if (step?.type === 'send') this.write(step.bytes);
        if (step?.type === 'failed') this.abort(step.error);
      },
      // WebCrypto is missing where a page does not come from a secure origin.
      (cause: unknown) => {
        this.abort(new PgConnectionError('authentication-unsupported', String(cause), cause));
      },
    );
  }

  #open(status: TransactionStatus): undefined {
    this.#stage = 'open';
    this.#listener.status(status);
    this.#listener.ready();
  }

  #answer(request: Request, message: BackendMessage): Promise<void> | undefined {
    const { turn, event } = takeTurn(this.#turn, message);
    this.#turn = turn;
    if (!event) return undefined;
    switch (event.type) {
      case 'violation':
        this.#violation('malformed', event.detail);
        return undefined;
      case 'failed':
        this.#turnError ??= { error: event.error, byHandler: false };
        return undefined;
      case 'over':
        this.#turnOver(event.status);
        return undefined;
      case 'copy-in':
        this.#feedCopy(request);
        return undefined;
      default:
    }
    if (this.#turnError?.byHandler) return undefined;
    try {
      // A handler of type `() => void` may return anything.
      const wait: unknown = request.answer(event);
      return wait instanceof Promise ? wait : undefined;
    } catch (error) {
      this.#handlerFailed(error);
      return undefined;
    }
  }

  #feedCopy(request: Request): void {
    try {
      request.copyIn(this.#turnError !== undefined);
    } catch (error) {
      this.#handlerFailed(error);
      request.copyIn(true);
    }
  }

  /** What a handler throws fails its request, but only once the server has finished with it. */
  #handlerFailed(error: unknown): void {
    this.#turnError ??= { error, byHandler: true };
  }

  #turnOver(status: TransactionStatus): void {
    const error = this.#turnError?.error;
    const request = this.#sent.shift();
    this.#beginTurn();
    this.#listener.status(status);
    request?.settle(error);
    this.#send();
    if (this.#stage === 'closing') this.#sayGoodbye();
  }

  /** Makes the foremost request that was sent the one whose answers come next. */
  #beginTurn(): void {
    const request = this.#sent.peek();
    this.#turnError = undefined;
    this.#turn = request?.firstTurn ?? TURN_START;
    if (request) this.#reader.limit(request.limits);
  }

  #send(): void {
    while (this.#flowing && this.#stage !== 'closed' && !this.#sent.last()?.alone) {
      const request = this.#unsent.shift();
      if (!request) return;
      const bytes = encoded(request);
      if (!bytes) continue;
      this.#sent.push(request);
      if (this.#sent.length === 1) this.#beginTurn();
      this.write(bytes);
    }
  }

  #sayGoodbye(): void {
    if (this.busy) return;
    this.#duplex.write(encodeTerminate());
    this.#duplex.end();
  }

  #violation(code: 'malformed' | 'message-too-large', detail: string): void {
    const reset = code === 'malformed' ? 'protocol-error' : 'too-large';
    this.abort(new PgConnectionError(code, detail), reset);
  }

  #peerEnded(ending: Ending): void {
    const goodbye = this.#stage === 'closing' && !this.busy;
    if (ending.type === 'end' && !goodbye) this.#duplex.end();
    if (this.#farewell) this.#finish(this.#farewell);
    else if (goodbye) this.#finish(new PgConnectionError('closed'));
    else if (ending.type === 'end') this.#finish(new PgConnectionError('server-closed'));
    else this.#finish(new PgConnectionError(ending.reason.code, ending.reason.text));
  }

  #finish(reason: CloseReason): void {
    this.#stage = 'closed';
    const first = this.#turnError?.error ?? reason;
    this.#sent.shift()?.settle(first);
    for (const queue of [this.#sent, this.#unsent]) {
      for (let request = queue.shift(); request; request = queue.shift()) request.settle(reason);
    }
    this.drain();
    this.#listener.closed(reason);
  }
}

/** What cannot be expressed fails before anything of it is sent. */
function encoded(request: Request): Uint8Array | undefined {
  try {
    return request.encode();
  } catch (error) {
    request.settle(error);
    return undefined;
  }
}

function isFatal({ severity }: PgErrorFields): boolean {
  return severity === 'FATAL' || severity === 'PANIC';
}
