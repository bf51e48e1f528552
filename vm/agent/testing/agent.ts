import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { buildAgent } from './build';

export interface AgentOptions {
  readonly pgSocket?: string;
  readonly pgData?: string;
  /** Run by a user without privileges, so that nothing can touch the machine the tests run on. */
  readonly unprivileged?: boolean;
}

/** `nobody`, in every /etc/passwd. */
const NOBODY = 65_534;

/** Descriptors of the two ports in the agent. */
const DATA_FD = 3;
const ATTENTION_FD = 4;

/** The real agent under the sanitizers, with sockets in place of the virtio ports. */
export class Agent {
  readonly #process: ChildProcess;
  /** Port 1. */
  readonly data: Socket;
  /** Port 2. */
  readonly attention: Socket;
  /** What it wrote on port 2. */
  announced = '';
  /** What the sanitizers said: nothing, if all is well. */
  stderr = '';

  constructor(process: ChildProcess) {
    this.#process = process;
    this.data = process.stdio[DATA_FD] as unknown as Socket;
    this.attention = process.stdio[ATTENTION_FD] as unknown as Socket;
    process.stderr!.setEncoding('utf8').on('data', (text) => {
      this.stderr += text;
    });
    this.attention.setEncoding('latin1').on('data', (text) => {
      this.announced += text;
    });
    // A dead agent is reported by whoever waits for its answer.
    for (const port of [this.data, this.attention]) port.on('error', () => {});
  }

  get pid(): number {
    return this.#process.pid!;
  }

  get isRunning(): boolean {
    return this.#process.exitCode === null && this.#process.signalCode === null;
  }

  /** Open descriptors, to see what a test left behind. */
  async descriptors(): Promise<number> {
    return (await readdir(`/proc/${this.pid}/fd`)).length;
  }

  /** Ids of its children, zombies too; empty when there is none. */
  children(): Promise<string> {
    return readFile(`/proc/${this.pid}/task/${this.pid}/children`, 'latin1');
  }

  /** Bytes it has read from anywhere: tells that it took what nothing answers. */
  async bytesRead(): Promise<number> {
    const io = await readFile(`/proc/${this.pid}/io`, 'latin1');
    return Number(/^rchar: (\d+)$/m.exec(io)![1]);
  }

  async stop(): Promise<void> {
    if (!this.isRunning) return;
    this.#process.kill('SIGKILL'); // it ignores the rest, as process 1 does
    await once(this.#process, 'exit');
  }
}

/** Starts an agent that ends with the test. */
export async function startAgent(options: AgentOptions = {}): Promise<Agent> {
  const arguments_ = [await buildAgent(), `fd:${DATA_FD}`, `fd:${ATTENTION_FD}`];
  if (options.pgSocket) arguments_.push('--pg-socket', options.pgSocket);
  if (options.pgData) arguments_.push('--pgdata', options.pgData);
  const user = options.unprivileged && process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  // With the test run it also goes, even if that is killed.
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', ...arguments_], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
    ...user,
  });
  await once(child, 'spawn');
  const agent = new Agent(child);
  onTestFinished(() => agent.stop());
  return agent;
}
