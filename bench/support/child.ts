import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { reasonOf } from '../report/reason';

/** Calls between this process and a child of it, over Node's own channel: one answer to each call. */
interface Call {
  readonly id: number;
  readonly method: string;
  readonly argument: unknown;
}

type Answer = { readonly id: number } & ({ readonly result: unknown } | { readonly error: string });

interface Waiting {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

/** How long a child may take to end by itself after its channel was closed. */
const EXIT_LIMIT_MS = 2_000;

/** A child process that answers calls (`serveCalls`). */
export class CallableChild<Methods extends Record<string, (argument: never) => unknown>> {
  readonly #process: ChildProcess;
  readonly #waiting = new Map<number, Waiting>();
  #calls = 0;

  /** @param file a TypeScript file that calls `serveCalls` */
  constructor(file: URL) {
    this.#process = fork(file, { execArgv: ['--import', 'tsx'], stdio: ['ignore', 2, 2, 'ipc'] });
    this.#process.on('message', (answer: Answer) => this.#hear(answer));
    this.#process.once('exit', (code, signal) =>
      this.#failAll(new Error(`the child process ended with ${signal ?? code}`)),
    );
  }

  get pid(): number {
    if (this.#process.pid === undefined) throw new Error('the child process did not start');
    return this.#process.pid;
  }

  call<Name extends keyof Methods & string>(
    method: Name,
    ...[argument]: Parameters<Methods[Name]>
  ): Promise<Awaited<ReturnType<Methods[Name]>>> {
    const id = ++this.#calls;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, {
        resolve: (result) => resolve(result as Awaited<ReturnType<Methods[Name]>>),
        reject,
      });
      this.#process.send({ id, method, argument } satisfies Call, (error) => {
        if (error) reject(error);
      });
    });
  }

  /** Lets it end by itself, and kills it when it does not. */
  async stop(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const exited = once(this.#process, 'exit');
    const timer = setTimeout(() => this.#process.kill('SIGKILL'), EXIT_LIMIT_MS);
    if (this.#process.connected) this.#process.disconnect();
    await exited;
    clearTimeout(timer);
  }

  #hear(answer: Answer): void {
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if ('error' in answer) waiting?.reject(new Error(answer.error));
    else waiting?.resolve(answer.result);
  }

  #failAll(error: Error): void {
    for (const waiting of this.#waiting.values()) waiting.reject(error);
    this.#waiting.clear();
  }
}

/** The child's side: answers calls until the parent closes the channel, then ends the process. */
export function serveCalls(methods: Readonly<Record<string, (argument: never) => unknown>>): void {
  process.on('message', async ({ id, method, argument }: Call) => {
    const answer: Answer = await Promise.resolve()
      .then(() => methods[method]?.(argument as never))
      .then(
        (result) => ({ id, result }),
        (thrown) => ({ id, error: reasonOf(thrown) }),
      );
    if (process.connected) process.send?.(answer);
  });
  process.once('disconnect', () => process.exit(0));
}
