import type { Duplex, DuplexConsumer } from '../../lib/mux/duplex';
import type { Reason, ReasonCode } from '../../lib/mux/reason';
import { BackendKeyRewriter } from '../../lib/postgres/backend-key-rewriter';
import type { BackendKey } from '../../lib/postgres/startup-encoders';
import { encodePgError, type PgError, pgErrorOfReset } from '../postgres/errors';
import { MessageBoundary } from './message-boundary';

/** How the host's side of a session ended: by itself, by the relay with an error, or because the client left. */
export type Ending =
  | { readonly by: 'postgres' }
  | { readonly by: 'relay'; readonly error: PgError }
  | { readonly by: 'client' };

/**
 * The stream to a host's PostgreSQL, as a client may see it: with the relay's own cancel key, and with an
 * ErrorResponse in place of a reset, so that psql says what happened instead of "closed unexpectedly".
 */
export class BackendDuplex implements Duplex {
  readonly #inner: Duplex;
  readonly #rewriter: BackendKeyRewriter;
  readonly #boundary = new MessageBoundary((piece) => this.#consumer?.data(piece));
  readonly #explain: (reason: Reason) => Reason;
  readonly #onOver: (ending: Ending) => void;
  #consumer: DuplexConsumer | undefined;
  #over = false;
  /** Bytes passed on before the first ReadyForQuery, whose credit was granted already: lengths differ there. */
  #granted = 0;

  constructor(options: {
    readonly inner: Duplex;
    readonly key: BackendKey;
    /** Names the cause of a reset where the caller knows it better than the wire. */
    readonly explain: (reason: Reason) => Reason;
    /** Called once, when nothing more comes from the host. */
    readonly onOver: (ending: Ending) => void;
  }) {
    this.#inner = options.inner;
    this.#rewriter = new BackendKeyRewriter(options.key);
    this.#explain = options.explain;
    this.#onOver = options.onOver;
  }

  /** PostgreSQL's own key, once it has been seen. */
  get serverKey(): BackendKey | undefined {
    return this.#rewriter.serverKey;
  }

  /** True once the session has reached its first ReadyForQuery. */
  get isReady(): boolean {
    return this.#rewriter.passing;
  }

  attach(consumer: DuplexConsumer): void {
    this.#consumer = consumer;
    this.#inner.attach({
      data: (chunk) => this.#receive(chunk),
      end: () => this.#receiveEnd(),
      reset: (reason) => this.#finish(pgErrorOfReset(this.#explain(reason), this.isReady)),
      drain: () => consumer.drain(),
    });
  }

  write(chunk: Uint8Array): boolean {
    return this.#over ? true : this.#inner.write(chunk);
  }

  end(): void {
    if (!this.#over) this.#inner.end();
  }

  reset(code: ReasonCode, text?: string): void {
    this.#inner.reset(code, text);
    if (this.#over) return;
    this.#over = true;
    this.#onOver({ by: 'client' });
  }

  consumed(bytes: number): void {
    const already = Math.min(this.#granted, bytes);
    this.#granted -= already;
    if (bytes > already && !this.#over) this.#inner.consumed(bytes - already);
  }

  /** Ends the session from our side: PostgreSQL is cut off, the client is told why. */
  fail(error: PgError, code: ReasonCode): void {
    if (this.#over) return;
    this.#inner.reset(code);
    this.#finish(error);
  }

  #receive(chunk: Uint8Array): void {
    if (this.#over) return;
    if (this.#rewriter.passing) {
      this.#boundary.push(chunk);
      return;
    }
    const out = this.#rewriter.push(chunk);
    this.#granted += out.length;
    this.#inner.consumed(chunk.length);
    this.#boundary.push(out);
    if (this.#rewriter.fault !== '') this.fail({ code: 'backend-fault' }, 'protocol-error');
  }

  #receiveEnd(): void {
    if (this.#over) return;
    this.#over = true;
    // PostgreSQL never half-closes: it has gone, and reads no more either.
    this.#inner.end();
    this.#boundary.flush();
    this.#consumer?.end();
    this.#onOver({ by: 'postgres' });
  }

  #finish(error: PgError): void {
    if (this.#over) return;
    this.#over = true;
    if (this.#boundary.isInside) {
      // Half of a large value has gone out: an error after it would be read as its rest.
      this.#consumer?.reset({ code: 'link-lost', text: error.code });
    } else {
      this.#consumer?.data(encodePgError(error));
      this.#consumer?.end();
    }
    this.#onOver({ by: 'relay', error });
  }
}
