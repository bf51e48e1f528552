import type { Connection } from './connection';
import { type CopySink, type CopySource, pumpCopy } from './copy-source';
import { encodeCopyData, encodeCopyDone, encodeCopyFail, encodeSync } from './frontend-encoders';

/** Feeds the COPY FROM STDIN statements of one request, one at a time. */
export class CopyFeed {
  readonly #connection: Connection;
  readonly #extended: boolean;
  #sink: { open: boolean } | undefined;
  #sourceError: { readonly error: unknown } | undefined;

  /** @param extended true when the server ignored the Sync that came before the data */
  constructor(connection: Connection, extended: boolean) {
    this.#connection = connection;
    this.#extended = extended;
  }

  /** What the source threw; the server then knows only that the COPY failed. */
  get sourceError(): { readonly error: unknown } | undefined {
    return this.#sourceError;
  }

  /** The server asks for data; without a source the COPY fails. */
  start(source: CopySource | undefined): void {
    if (!source) {
      this.#finish(encodeCopyFail('no data was given for COPY FROM STDIN'));
      return;
    }
    const sink: CopySink & { open: boolean } = {
      open: true,
      write: (chunk) => (sink.open ? this.#connection.write(encodeCopyData(chunk)) : undefined),
    };
    this.#sink = sink;
    pumpCopy(source, sink).then(
      () => {
        if (sink.open) this.#finish(encodeCopyDone());
      },
      (error: unknown) => {
        if (!sink.open) return;
        this.#sourceError = { error };
        this.#finish(encodeCopyFail('the source of the data failed'));
      },
    );
  }

  /** The server wants no more: the statement is over, or the request is. */
  stop(): void {
    if (this.#sink) this.#sink.open = false;
  }

  #finish(message: Uint8Array): void {
    this.stop();
    this.#connection.write(message);
    if (this.#extended) this.#connection.write(encodeSync());
  }
}
