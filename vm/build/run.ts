import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { finished } from 'node:stream/promises';

/** A program of the build failed; the message holds the end of its output. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}

export interface RunOptions {
  readonly cwd?: string;
  /** Added to the environment of the build. */
  readonly env?: Readonly<Record<string, string>>;
  /** File that receives standard output and standard error. */
  readonly log: string;
}

/** How many lines of a failed program's output the error repeats. */
const TAIL_LINES = 25;

/**
 * Runs a program to its end with its output appended to a log.
 * @throws CommandError when it cannot start or ends with anything but 0
 */
export async function run(
  program: string,
  args: readonly string[],
  options: RunOptions,
): Promise<void> {
  const log = createWriteStream(options.log, { flags: 'a' });
  log.write(`$ ${[program, ...args].join(' ')}\n`);
  const child = spawn(program, args, {
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  const outcome = await new Promise<string | undefined>((resolve) => {
    child.on('error', (error) => resolve(error.message));
    child.on('close', (code, signal) =>
      resolve(code === 0 ? undefined : `ended with ${signal ?? `code ${code}`}`),
    );
  });
  log.end();
  await finished(log);
  if (outcome === undefined) return;
  const tail = (await readFile(options.log, 'utf8')).trimEnd().split('\n').slice(-TAIL_LINES);
  throw new CommandError(`${program} ${outcome}. ${options.log} ends with:\n${tail.join('\n')}`);
}

/**
 * Runs a program and returns its standard output.
 * @throws CommandError with its standard error when it fails
 */
export async function capture(
  program: string,
  args: readonly string[],
  options: { readonly env?: Readonly<Record<string, string>>; readonly cwd?: string } = {},
): Promise<string> {
  const child = spawn(program, args, {
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
  const failure = await new Promise<string | undefined>((resolve) => {
    child.on('error', (error) => resolve(error.message));
    child.on('close', (code) => resolve(code === 0 ? undefined : `ended with code ${code}`));
  });
  if (failure !== undefined) {
    throw new CommandError(`${program} ${failure}: ${Buffer.concat(err).toString().trim()}`);
  }
  return Buffer.concat(out).toString();
}
