import { decodeMetadata } from '../../../lib/mux/metadata';
import { BackendReader } from '../../../lib/postgres/backend-reader';
import { encodeQuery, encodeSync } from '../../../lib/postgres/frontend-encoders';
import { encodeStartup } from '../../../lib/postgres/startup-encoders';
import type { RawHost } from './host';

const STARTUP = encodeStartup([
  ['user', 'postgres'],
  ['database', 'postgres'],
]);

/** A session with a name, message by message: rule G. */
export class RawSession {
  readonly id: number;
  readonly resumed: boolean;
  /** Values of the first column of each row since the last ReadyForQuery, and codes of errors. */
  #seen: (string | null)[] = [];
  readonly #host: RawHost;
  readonly #reader = new BackendReader({});
  /** ReadyForQuery so far, as their transaction status. */
  readonly #ready: string[] = [];

  private constructor(host: RawHost, id: number, resumed: boolean) {
    this.#host = host;
    this.id = id;
    this.resumed = resumed;
  }

  /** Opens a session of that name and waits until it is ready: new, or resumed by a Sync (G1). */
  static async open(host: RawHost, name: string): Promise<RawSession> {
    const id = host.open(['kind', 'pg'], ['session', name]);
    const pairs = decodeMetadata((await host.takeOf('accept', id)).metadata);
    const session = new RawSession(host, id, JSON.stringify(pairs) === '[["resumed","1"]]');
    session.write(session.resumed ? encodeSync() : STARTUP);
    await session.ready();
    return session;
  }

  write(...messages: Uint8Array[]): void {
    this.#host.send({ type: 'data', stream: this.id, bytes: Buffer.concat(messages) });
  }

  /** Sends a simple query and waits for its end: values of the first column, or the error's code. */
  async query(sql: string): Promise<(string | null)[]> {
    this.write(encodeQuery(sql));
    await this.ready();
    const seen = this.#seen;
    this.#seen = [];
    return seen;
  }

  /** Waits for the next ReadyForQuery and returns its transaction status. */
  async ready(): Promise<string> {
    await this.#host.until(() => {
      this.#read();
      return this.#ready.length > 0;
    }, 'ReadyForQuery');
    return this.#ready.shift()!;
  }

  #read(): void {
    this.#reader.push(this.#host.takeBytes(this.id));
    for (let m = this.#reader.next(); m !== undefined; m = this.#reader.next()) {
      if (m.type === 'ready') this.#ready.push(m.status);
      if (m.type === 'error') this.#seen.push(m.fields.code);
      if (m.type === 'violation') throw new Error(m.detail);
      if (m.type === 'rows') {
        for (let row = 0; row < m.batch.rowCount; row++) this.#seen.push(m.batch.text(row, 0));
      }
    }
  }
}
