import pg from 'pg';
import type { Session } from './session';

/** A session of node-postgres as programs use it: parameters unnamed, rows parsed. */
export async function openNodePostgres(config: pg.ClientConfig): Promise<Session> {
  const client = new pg.Client(config);
  // A connection that is cut says so in the statement that was running.
  client.on('error', () => {});
  await client.connect();
  return {
    async query(sql, parameters) {
      const values = parameters === undefined ? undefined : [...parameters];
      const { rows } = await client.query<unknown[]>({ text: sql, values, rowMode: 'array' });
      const value = rows[0]?.[0];
      return value === undefined || value === null ? undefined : String(value);
    },
    copyIn: (table, chunks) => client.query(new CopyIn(`copy ${table} from stdin`, chunks)).done,
    copyOut: (table) => client.query(new CopyOut(`copy ${table} to stdout`)).done,
    close: () => client.end(),
  };
}

/** The two methods for COPY that the types of node-postgres leave out. */
type Connection = pg.Connection & {
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
};

/** The life of a statement from `submit` to ReadyForQuery. */
abstract class CopyStatement<Result> {
  readonly done: Promise<Result>;
  readonly #text: string;
  #resolve: (result: Result) => void = () => {};
  #reject: (error: Error) => void = () => {};
  #error: Error | undefined;

  constructor(text: string) {
    this.#text = text;
    this.done = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  submit(connection: pg.Connection): void {
    connection.query(this.#text);
  }

  handleError(error: Error): void {
    this.#error ??= error;
    this.#reject(error);
  }

  handleReadyForQuery(): void {
    if (this.#error === undefined) this.#resolve(this.result());
  }

  handleCommandComplete(): void {}

  protected abstract result(): Result;
}

class CopyIn extends CopyStatement<void> {
  readonly #chunks: readonly Uint8Array[];

  constructor(text: string, chunks: readonly Uint8Array[]) {
    super(text);
    this.#chunks = chunks;
  }

  handleCopyInResponse(connection: Connection): void {
    this.#send(connection).catch((error: Error) => this.handleError(error));
  }

  async #send(connection: Connection): Promise<void> {
    for (const chunk of this.#chunks) {
      connection.sendCopyFromChunk(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length));
      if (connection.stream.writableNeedDrain) {
        await new Promise<void>((resolve) => connection.stream.once('drain', resolve));
      }
    }
    connection.endCopyFrom();
  }

  protected override result(): void {}
}

class CopyOut extends CopyStatement<number> {
  #bytes = 0;

  handleCopyData({ chunk }: { chunk: Uint8Array }): void {
    this.#bytes += chunk.length;
  }

  protected override result(): number {
    return this.#bytes;
  }
}
