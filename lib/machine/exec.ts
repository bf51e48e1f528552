import type { Duplex } from '../mux/duplex';
import type { Reason } from '../mux/reason';
import { encodeRecord, MAX_RECORD_BYTES, type RecordPiece, RecordReader } from './records';

/** Channels of an exec stream: rules X2 and X3 of docs/protocol.md. */
const CHANNEL = { stdin: 0, stdout: 1, stderr: 2, signal: 3, exit: 4 } as const;

/** What a program in the guest is started with. */
export interface ExecOptions {
  readonly argv: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Name in the guest's /etc/passwd; root when left out. */
  readonly user?: string;
}

/** How a program ended. `exitCode` is 128 + signal for one that was killed. */
export type ExecResult =
  | { readonly ended: 'exit'; readonly exitCode: number }
  | { readonly ended: 'reset'; readonly reason: Reason };

/** Told what the program writes. A promise holds the program back until it resolves. */
export interface ExecListener {
  stdout?(chunk: Uint8Array): void | Promise<void>;
  stderr?(chunk: Uint8Array): void | Promise<void>;
}

/** The metadata that opens an exec stream (rule M3). */
export function execMetadata(options: ExecOptions): (readonly [string, string])[] {
  return [
    ['kind', 'exec'],
    ...options.argv.map((arg) => ['arg', arg] as const),
    ...Object.entries(options.env ?? {}).map(
      ([name, value]) => ['env', `${name}=${value}`] as const,
    ),
    ...(options.cwd === undefined ? [] : [['cwd', options.cwd] as const]),
    ...(options.user === undefined ? [] : [['user', options.user] as const]),
  ];
}

/** A running program: its records over a stream that was opened with `execMetadata`. */
export class ExecProcess {
  readonly #stream: Duplex;
  readonly #listener: ExecListener;
  readonly exited: Promise<ExecResult>;
  readonly #records = new RecordReader();
  #finish: (result: ExecResult) => void = () => {};
  #drained: (() => void)[] = [];

  constructor(stream: Duplex, listener: ExecListener = {}) {
    this.#stream = stream;
    this.#listener = listener;
    this.exited = new Promise((resolve) => {
      this.#finish = resolve;
    });
    stream.attach({
      data: (chunk) => this.#receive(chunk),
      end: () =>
        this.#finish({
          ended: 'reset',
          reason: { code: 'internal', text: 'the stream ended without an exit code' },
        }),
      reset: (reason) => {
        this.#finish({ ended: 'reset', reason });
        this.#wake();
      },
      drain: () => this.#wake(),
    });
  }

  /** Sends to the program's stdin; resolves when there is room for more. */
  async write(bytes: Uint8Array): Promise<void> {
    for (let offset = 0; offset < bytes.length; offset += MAX_RECORD_BYTES) {
      const room = this.#stream.write(
        encodeRecord(CHANNEL.stdin, bytes.subarray(offset, offset + MAX_RECORD_BYTES)),
      );
      if (!room) await new Promise<void>((resolve) => this.#drained.push(resolve));
    }
  }

  /** Closes the program's stdin. */
  closeStdin(): void {
    this.#stream.write(encodeRecord(CHANNEL.stdin, new Uint8Array(0)));
  }

  signal(number: number): void {
    this.#stream.write(encodeRecord(CHANNEL.signal, Uint8Array.of(number)));
  }

  /** Rule X4: kills the program's process group. */
  kill(): void {
    this.#stream.reset('ok', 'killed by its caller');
    this.#finish({ ended: 'reset', reason: { code: 'ok', text: 'killed by its caller' } });
  }

  #wake(): void {
    for (const resume of this.#drained.splice(0)) resume();
  }

  #receive(chunk: Uint8Array): void {
    const pieces = this.#records.read(chunk);
    if (pieces === undefined) this.#fail('a record is too long (rule X1)');
    const taken = (pieces ?? []).map((piece) => this.#deliver(piece)).filter((wait) => wait);
    if (taken.length === 0) this.#stream.consumed(chunk.length);
    else
      Promise.all(taken).then(
        () => this.#stream.consumed(chunk.length),
        () => this.kill(),
      );
  }

  #deliver({ channel, bytes }: RecordPiece): void | Promise<void> {
    if (channel === CHANNEL.stdout) return this.#listener.stdout?.(bytes);
    if (channel === CHANNEL.stderr) return this.#listener.stderr?.(bytes);
    if (channel === CHANNEL.exit) {
      this.#finish({ ended: 'exit', exitCode: bytes[0] ?? 255 });
      this.#stream.end();
    } else this.#fail(`record on channel ${channel} (rule X3)`);
  }

  #fail(text: string): void {
    this.#stream.reset('protocol-error', text);
    this.#finish({ ended: 'reset', reason: { code: 'protocol-error', text } });
  }
}
