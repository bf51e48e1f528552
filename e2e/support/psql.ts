import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';

/** A psql session that is written to and waited for, as a person at a terminal would. */
export class Psql {
  readonly #child: ChildProcessWithoutNullStreams;
  #output = '';
  #waiting: (() => void)[] = [];
  readonly exited: Promise<number | null>;

  /** Starts the real client with the connection string as it stands in the Share dialog. */
  constructor(
    connection: string,
    { args = [], terminal = false }: { args?: readonly string[]; terminal?: boolean } = {},
  ) {
    const command = ['psql', connection, '-X', '-n', '-At', ...args];
    // `script` gives it a terminal: prompts and echo are part of the output then.
    this.#child = terminal
      ? // With exec there is no shell beside psql that would take a Ctrl-C for its own.
        start('script', ['-qfec', `exec ${command.map(quote).join(' ')}`, '/dev/null'])
      : start('psql', command.slice(1));
    this.exited = new Promise((resolve) => this.#child.once('close', (code) => resolve(code)));
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.#output += text;
        for (const wake of this.#waiting.splice(0)) wake();
      });
    }
    void this.exited.then(() => {
      for (const wake of this.#waiting.splice(0)) wake();
    });
  }

  get output(): string {
    return this.#output;
  }

  send(line: string): void {
    this.#child.stdin.write(`${line}\n`);
  }

  /** Waits until the output matches. Rejects with the output so far when psql ends first. */
  async until(pattern: RegExp): Promise<void> {
    for (;;) {
      if (pattern.test(this.#output)) return;
      if (this.#child.exitCode !== null) {
        throw new Error(`psql ended with ${this.#child.exitCode}; it said:\n${this.#output}`);
      }
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  /** Ctrl-C; only in a terminal does psql go on after it. */
  interrupt(): void {
    this.#child.stdin.write('\x03');
  }

  async quit(): Promise<number | null> {
    if (this.#child.exitCode === null) this.send('\\q');
    return this.exited;
  }
}

function start(file: string, args: readonly string[]): ChildProcessWithoutNullStreams {
  return spawn(file, args, {
    env: { ...process.env, PGCONNECT_TIMEOUT: '30', PSQL_PAGER: 'cat', TERM: 'dumb' },
  });
}

function quote(argument: string): string {
  return `'${argument.replaceAll("'", `'\\''`)}'`;
}

/** Runs a program to its end; resolves with what it printed, rejects when it fails. */
export async function runProgram(
  file: string,
  args: readonly string[],
  input = '',
): Promise<string> {
  const child = start(file, args);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  child.stdin.end(input);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('close', resolve);
    child.once('error', reject);
  });
  if (code !== 0) throw new Error(`${file} ended with ${code}:\n${output}`);
  return output;
}
