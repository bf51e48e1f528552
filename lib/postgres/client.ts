import type { Duplex } from '../mux/duplex';
import type { Field, Notification, TransactionStatus } from './backend-messages';
import type { RowLimits } from './backend-reader';
import type {
  Cell,
  ConnectOptions,
  PreparedStatement,
  QueryOptions,
  QueryResult,
  ScriptHandlers,
} from './client-types';
import { type CloseReason, Connection } from './connection';
import { CopyFeed } from './copy-feed';
import type { CopySource } from './copy-source';
import { PgConnectionError, type PgErrorFields } from './errors';
import {
  encodeCloseStatement,
  encodePrepare,
  encodePreparedQuery,
  encodeQuery,
  encodeSync,
  encodeUnnamedQuery,
  type QueryParameter,
} from './frontend-encoders';
import { Listeners } from './listeners';
import type { AnswerEvent } from './request';
import type { RowBatch } from './row-batch';
import { type BackendKey, encodeStartup } from './startup-encoders';
import { firstWord } from './statements';
import { type StatementResult, TURN_START } from './turn';

/** Enough for any result a person looks at, little enough for a tab to hold. Per request. */
const DEFAULT_MAX_RESULT_BYTES = 256 * 1024 * 1024;
const DEFAULT_LIMITS: RowLimits = { maxRows: Infinity, maxBytes: DEFAULT_MAX_RESULT_BYTES };
/** What the count of parameters in Bind can say. */
const MAX_PARAMETERS = 65_535;

/**
 * Opens a session over a byte stream. Rejects with `PgError` when PostgreSQL refuses it and with
 * `PgConnectionError` when the stream fails or the log-in does.
 */
export function connectClient(duplex: Duplex, options: ConnectOptions): Promise<PgClient> {
  return new Promise((resolve, reject) => {
    const client: PgClient = new PgClient(duplex, options, (reason) => {
      options.signal?.removeEventListener('abort', giveUp);
      if (reason) reject(reason);
      else resolve(client);
    });
    const giveUp = () => client.destroy(new PgConnectionError('aborted'));
    if (options.signal?.aborted) giveUp();
    else options.signal?.addEventListener('abort', giveUp, { once: true });
  });
}

/**
 * A session with PostgreSQL. Requests may be made at any time: they are sent ahead (pipelined)
 * and answered in order; each is its own transaction unless one was begun. What an answered
 * request rejects with: `PgError` from the server, `PgConnectionError` when the connection is
 * gone, RangeError when the request cannot be expressed, and whatever its own handler threw.
 */
export class PgClient {
  readonly #connection: Connection;
  readonly #parameters = new Map<string, string>();
  readonly #notices = new Listeners<PgErrorFields>();
  readonly #notifications = new Listeners<Notification>();
  readonly #statuses = new Listeners<TransactionStatus>();
  readonly #closings = new Listeners<CloseReason>();
  #status: TransactionStatus = 'idle';
  #closeReason: CloseReason | undefined;

  /** Use `connectClient`. @param settled called once, with a reason when there is no session */
  constructor(duplex: Duplex, options: ConnectOptions, settled: (reason?: CloseReason) => void) {
    const parameters: Record<string, string> = {
      user: options.user,
      database: options.database,
      client_encoding: 'UTF8',
      ...(options.applicationName === undefined
        ? {}
        : { application_name: options.applicationName }),
      ...options.options,
    };
    const { password, maxMessageBytes, isResumed = false } = options;
    const startup = isResumed ? encodeSync() : encodeStartup(Object.entries(parameters));
    this.#connection = new Connection(
      duplex,
      { startup, isResumed, password, maxMessageBytes },
      {
        ready: () => settled(),
        notice: (notice) => this.#notices.tell(notice),
        notification: (notification) => this.#notifications.tell(notification),
        parameter: (name, value) => this.#parameters.set(name, value),
        status: (status) => {
          this.#status = status;
          this.#statuses.tell(status);
        },
        closed: (reason) => {
          this.#closeReason = reason;
          settled(reason);
          this.#closings.tell(reason);
        },
      },
    );
  }

  /** What the server reports of itself and the session, e.g. `server_version`, kept up to date. */
  get parameters(): ReadonlyMap<string, string> {
    return this.#parameters;
  }

  /** For `sendCancel`. */
  get key(): BackendKey | undefined {
    return this.#connection.key;
  }

  /** The transaction's state after the last request that ended. */
  get status(): TransactionStatus {
    return this.#status;
  }

  /** True while a request waits for its end. */
  get busy(): boolean {
    return this.#connection.busy;
  }

  /** Why the session ended; undefined while it lasts. */
  get closeReason(): CloseReason | undefined {
    return this.#closeReason;
  }

  /** Each returns a function that removes the listener. */
  onNotice(listener: (notice: PgErrorFields) => void): () => void {
    return this.#notices.add(listener);
  }

  onNotification(listener: (notification: Notification) => void): () => void {
    return this.#notifications.add(listener);
  }

  onStatus(listener: (status: TransactionStatus) => void): () => void {
    return this.#statuses.add(listener);
  }

  onClose(listener: (reason: CloseReason) => void): () => void {
    return this.#closings.add(listener);
  }

  /**
   * Runs a script of any number of statements by the simple protocol: one transaction, unless the
   * script says otherwise. Rejects at the first error; statements complete before have been told.
   * An error's `position` counts from the script's beginning.
   */
  simple(
    sql: string,
    handlers: ScriptHandlers = {},
    limits: Partial<RowLimits> = {},
  ): Promise<void> {
    let statement = 0;
    return this.#submit(sql, {
      extended: false,
      alone: true,
      limits,
      encode: () => encodeQuery(sql),
      notice: (notice) => handlers.notice?.(notice),
      copyIn: () => handlers.copyIn?.(statement),
      answer: (event) => {
        switch (event.type) {
          case 'fields':
            return handlers.fields?.(event.fields, statement);
          case 'rows':
            return handlers.rows?.(event.batch, statement);
          case 'copy-data':
            return handlers.copyOut?.(event.chunk, statement);
          case 'statement':
            statement++;
            return handlers.complete?.(event.result, statement - 1);
          default:
            return undefined;
        }
      },
    });
  }

  /** Runs one statement with parameters by the extended protocol and gathers its rows. */
  query(
    statement: string | PreparedStatement,
    parameters?: readonly QueryParameter[],
    options?: QueryOptions & { readonly rowMode?: 'array' },
  ): Promise<QueryResult<Cell[]>>;
  query(
    statement: string | PreparedStatement,
    parameters: readonly QueryParameter[],
    options: QueryOptions & { readonly rowMode: 'object' },
  ): Promise<QueryResult<Record<string, Cell>>>;
  async query(
    statement: string | PreparedStatement,
    parameters: readonly QueryParameter[] = [],
    options: QueryOptions & { readonly rowMode?: 'array' | 'object' } = {},
  ): Promise<QueryResult<Cell[] | Record<string, Cell>>> {
    if (parameters.length > MAX_PARAMETERS) throw new RangeError('more than 65,535 parameters');
    const unnamed = typeof statement === 'string';
    const sql = unnamed ? statement : statement.sql;
    let fields: readonly Field[] = unnamed ? [] : statement.fields;
    let result: StatementResult | undefined;
    const rows: (Cell[] | Record<string, Cell>)[] = [];
    await this.#submit(sql, {
      extended: true,
      alone: firstWord(sql) === 'copy',
      limits: options,
      columns: !unnamed && statement.returnsRows ? fields.length : undefined,
      encode: () =>
        unnamed
          ? encodeUnnamedQuery(sql, parameters, options.parameterTypes ?? [])
          : encodePreparedQuery(statement.name, parameters),
      answer: (event) => {
        if (event.type === 'fields') fields = event.fields;
        if (event.type === 'rows') gather(event.batch, fields, options.rowMode, rows);
        if (event.type === 'statement') result = event.result;
      },
    });
    if (!result) throw new PgConnectionError('malformed', 'a request ended without a result');
    return { ...result, fields, rows };
  }

  /** Prepares a statement under a name of this session; `''` is the unnamed one. */
  async prepare(
    name: string,
    sql: string,
    parameterTypes: readonly number[] = [],
  ): Promise<PreparedStatement> {
    let types: readonly number[] = [];
    let fields: readonly Field[] | undefined;
    await this.#submit(name + sql, {
      extended: true,
      alone: false,
      encode: () => encodePrepare(name, sql, parameterTypes),
      answer: (event) => {
        if (event.type === 'parameter-types') types = event.typeOids;
        if (event.type === 'fields') fields = event.fields;
      },
    });
    return {
      name,
      sql,
      parameterTypes: types,
      returnsRows: fields !== undefined,
      fields: fields ?? [],
    };
  }

  /** Forgets a prepared statement; one that does not exist is no error. */
  closeStatement({ name }: PreparedStatement): Promise<void> {
    return this.#submit(name, {
      extended: true,
      alone: false,
      encode: () => encodeCloseStatement(name),
    });
  }

  /**
   * Runs one COPY … FROM STDIN. The source is read only as fast as the server takes its data. If
   * the source throws, nothing is copied and that error is thrown.
   */
  async copyIn(sql: string, source: CopySource): Promise<StatementResult> {
    return this.#single(sql, { copyIn: () => source });
  }

  /** Runs one COPY … TO STDOUT. A promise returned by `write` holds the server back. */
  async copyOut(
    sql: string,
    write: (chunk: Uint8Array) => void | Promise<void>,
  ): Promise<StatementResult> {
    return this.#single(sql, { copyOut: write });
  }

  /** Says goodbye once all requests have ended; `onClose` tells when the session is over. */
  end(): void {
    this.#connection.close();
  }

  /** Ends at once, failing all requests. What the server was doing it may still finish. */
  destroy(reason: PgConnectionError = new PgConnectionError('closed')): void {
    this.#connection.abort(reason);
  }

  async #single(sql: string, handlers: ScriptHandlers): Promise<StatementResult> {
    let last: StatementResult | undefined;
    await this.simple(sql, { ...handlers, complete: (result) => (last = result) });
    if (!last) throw new PgConnectionError('malformed', 'a request ended without a result');
    return last;
  }

  #submit(texts: string, spec: RequestSpec): Promise<void> {
    if (texts.includes('\0')) return Promise.reject(new RangeError('the text holds a NUL'));
    return new Promise((resolve, reject) => {
      const feed = new CopyFeed(this.#connection, spec.extended);
      this.#connection.submit({
        alone: spec.alone,
        limits: {
          maxRows: spec.limits?.maxRows ?? DEFAULT_LIMITS.maxRows,
          maxBytes: spec.limits?.maxBytes ?? DEFAULT_LIMITS.maxBytes,
        },
        firstTurn:
          spec.columns === undefined ? TURN_START : { stage: 'in-rows', columns: spec.columns },
        encode: spec.encode,
        answer: (event) => {
          if (event.type === 'statement') feed.stop();
          return spec.answer?.(event);
        },
        copyIn: (refuse) => feed.start(refuse ? undefined : spec.copyIn?.()),
        notice: (notice) => spec.notice?.(notice),
        settle: (error) => {
          feed.stop();
          const reason = feed.sourceError ?? (error === undefined ? undefined : { error });
          if (reason) reject(reason.error);
          else resolve();
        },
      });
    });
  }
}

/** What differs between requests. */
interface RequestSpec {
  /** True for the extended protocol, where a Sync must follow a COPY's data. */
  readonly extended: boolean;
  readonly alone: boolean;
  readonly limits?: Partial<RowLimits>;
  /** The width of the rows, when no description will tell. */
  readonly columns?: number | undefined;
  encode(): Uint8Array;
  answer?(event: AnswerEvent): void | Promise<void>;
  copyIn?(): CopySource | undefined;
  notice?(notice: PgErrorFields): void;
}

function gather(
  batch: RowBatch,
  fields: readonly Field[],
  mode: 'array' | 'object' | undefined,
  rows: (Cell[] | Record<string, Cell>)[],
): void {
  for (let i = 0; i < batch.rowCount; i++) {
    const cells = batch.row(i);
    if (mode !== 'object') rows.push(cells);
    else rows.push(Object.fromEntries(fields.map(({ name }, at) => [name, cells[at] ?? null])));
  }
}
