import { type ExecOptions, ExecProcess, type ExecResult, execMetadata } from './exec';
import { asFileError, errorOfReason, FileError, fileError } from './file-error';
import type { OpenStream } from './files';
import { readSource } from './source';

/** What a program said on stderr is kept up to this: enough for its reason, whatever it floods. */
const MAX_SAID_CHARACTERS = 8_192;

export interface ProgramOptions extends ExecOptions {
  readonly signal?: AbortSignal;
  /** All of what it writes to stderr, in pieces cut anywhere. */
  onSaid?(text: string): void;
}

/** How a program that ran to its end came out. */
export interface ProgramEnd {
  readonly exitCode: number;
  /** The first 8 KB of stderr. */
  readonly said: string;
}

/** Gives the bytes of a program's input; the pieces belong to the stream from then on. */
export type ProgramInput = ReadableStream<Uint8Array> | Uint8Array;

/**
 * Runs a program of the guest over its input. When the input fails or the signal comes, the program is killed, never
 * given an end it would take for whole. Rejects with FileError unless it ran to its end, whatever its exit code.
 */
export async function runProgram(
  open: OpenStream,
  options: ProgramOptions,
  input: ProgramInput = new Uint8Array(0),
  onStdout?: (chunk: Uint8Array) => void | Promise<void>,
): Promise<ProgramEnd> {
  const { signal } = options;
  if (signal?.aborted) throw fileError('cancelled');
  const stderr = new SaidText(options.onSaid);
  const process = new ExecProcess(openProgram(open, options), {
    stdout: onStdout,
    stderr: (chunk) => stderr.push(chunk),
  });
  let stop = () => {};
  const stopped = new Promise<never>((_, reject) => {
    stop = () => reject(fileError('cancelled'));
  });
  stopped.catch(() => {}); // it is raced with below
  signal?.addEventListener('abort', stop, { once: true });
  try {
    // A program may end before it has read all of its input.
    const fed = feed(process, input);
    await Promise.race([fed, process.exited, stopped]);
    const result = await Promise.race([process.exited, stopped]);
    return { exitCode: exitCodeOf(result), said: stderr.text };
  } catch (error) {
    process.kill();
    throw asFileError(error);
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}

/**
 * What a program writes to stdout, read only as fast as its reader takes it. The stream ends when the program ended
 * with 0, and errors with FileError otherwise; cancelling it kills the program.
 */
export function readProgram(
  open: OpenStream,
  options: ProgramOptions,
  input?: ProgramInput,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  let resume = () => {};
  const reading = new AbortController();
  const signal = options.signal
    ? AbortSignal.any([options.signal, reading.signal])
    : reading.signal;
  return new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      start(controller) {
        const take = (chunk: Uint8Array) => {
          if (reading.signal.aborted) return;
          controller.enqueue(chunk as Uint8Array<ArrayBuffer>);
          const before = resume;
          return new Promise<void>((resolve) => {
            resume = () => {
              before();
              resolve();
            };
          });
        };
        runProgram(open, { ...options, signal }, input, take).then(
          ({ exitCode, said }) => {
            if (reading.signal.aborted) return;
            if (exitCode === 0) controller.close();
            else controller.error(programError(options.argv[0] ?? '', exitCode, said));
          },
          (error: unknown) => controller.error(error),
        );
      },
      pull() {
        resume();
        resume = () => {};
      },
      cancel() {
        reading.abort();
      },
    },
    { highWaterMark: 0 },
  );
}

/** A program that ended with another code than 0, as an error that repeats what it said. */
export function programError(program: string, exitCode: number, said: string): FileError {
  const how = exitCode > 128 ? `was ended by signal ${exitCode - 128}` : `ended with ${exitCode}`;
  return new FileError('failed', said.trim() === '' ? `${program} ${how}.` : said.trim());
}

/** Throws FileError when the arguments are more than can travel (rule M1). */
function openProgram(open: OpenStream, options: ExecOptions) {
  try {
    return open(execMetadata(options));
  } catch (cause) {
    const { message } = fileError('name', 'its path or arguments are too long');
    throw new FileError('name', message, { cause });
  }
}

async function feed(process: ExecProcess, input: ProgramInput): Promise<void> {
  let over = false;
  void process.exited.then(() => {
    over = true;
  });
  if (input instanceof Uint8Array) {
    if (input.length > 0) await process.write(input);
  } else {
    const reader = input.getReader();
    void process.exited.then(() => reader.cancel()).catch(() => {});
    for (;;) {
      const { done, value } = await readSource(reader);
      if (over) return;
      if (done) break;
      await process.write(value);
    }
  }
  if (!over) process.closeStdin();
}

function exitCodeOf(result: ExecResult): number {
  if (result.ended === 'reset') throw errorOfReason(result.reason);
  return result.exitCode;
}

/** Text that comes in pieces: passed on whole, kept up to a limit. */
class SaidText {
  text = '';
  readonly #decoder = new TextDecoder();

  constructor(private readonly listener?: (text: string) => void) {}

  push(chunk: Uint8Array): void {
    const text = this.#decoder.decode(chunk, { stream: true });
    this.text += text.slice(0, MAX_SAID_CHARACTERS - this.text.length);
    this.listener?.(text);
  }
}
