import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** Nothing of a test's cluster is worth waiting longer for. */
const STOP_MS = 3_000;
/** The end of what a program wrote, for an error's text. */
const SHOWN_CHARACTERS = 4_000;

/** One of Ceph's daemons as a child of ours. It ends with us, also when we are killed. */
export class CephProgram {
  readonly #child: ChildProcess;
  readonly #log: string;
  readonly #ended: Promise<void>;

  private constructor(child: ChildProcess, log: string) {
    this.#child = child;
    this.#log = log;
    this.#ended = new Promise((resolve) => {
      child.once('exit', () => resolve());
      child.once('error', () => resolve());
    });
  }

  /** @param folder takes what it writes, as `<program>.log` */
  static start(program: string, args: readonly string[], folder: string): CephProgram {
    const log = path.join(folder, `${program}.log`);
    const file = openSync(log, 'w');
    const child = spawn('setpriv', ['--pdeathsig', 'KILL', program, ...args], {
      stdio: ['ignore', file, file],
    });
    closeSync(file);
    return new CephProgram(child, log);
  }

  get hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  async output(): Promise<string> {
    return (await readFile(this.#log, 'utf8').catch(() => '')).slice(-SHOWN_CHARACTERS);
  }

  async stop(): Promise<void> {
    if (this.hasEnded) return;
    this.#child.kill('SIGTERM');
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), STOP_MS);
    await this.#ended;
    clearTimeout(timer);
  }
}
