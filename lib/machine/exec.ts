import type { Duplex } from '../mux/duplex';
import type { Reason } from '../mux/reason';

/** Channels of an exec stream: rules X2 and X3 of docs/protocol.md. */
const CHANNEL = { stdin: 0, stdout: 1, stderr: 2, signal: 3, exit: 4 } as const;
/** Rule X1: header of a record, and the most it may hold. */
const RECORD_HEADER_BYTES = 3;
const MAX_RECORD_BYTES = 32_765;

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

export interface ExecListener {
  stdout?(chunk: Uint8Array): void;
  stderr?(chunk: Uint8Array): void;
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
  #pending = new Uint8Array(0);
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
        record(CHANNEL.stdin, bytes.subarray(offset, offset + MAX_RECORD_BYTES)),
      );
      if (!room) await new Promise<void>((resolve) => this.#drained.push(resolve));
    }
  }

  /** Closes the program's stdin. */
  closeStdin(): void {
    this.#stream.write(record(CHANNEL.stdin, new Uint8Array(0)));
  }

  signal(number: number): void {
    this.#stream.write(record(CHANNEL.signal, Uint8Array.of(number)));
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
    const bytes = new Uint8Array(this.#pending.length + chunk.length);
    bytes.set(this.#pending);
    bytes.set(chunk, this.#pending.length);
    let at = 0;
    while (bytes.length - at >= RECORD_HEADER_BYTES) {
      const length = (bytes[at + 1] ?? 0) | ((bytes[at + 2] ?? 0) << 8);
      if (bytes.length - at < RECORD_HEADER_BYTES + length) break;
      const payload = bytes.subarray(at + RECORD_HEADER_BYTES, at + RECORD_HEADER_BYTES + length);
      this.#deliver(bytes[at] ?? 0, payload);
      at += RECORD_HEADER_BYTES + length;
    }
    this.#pending = bytes.slice(at);
    this.#stream.consumed(chunk.length);
  }

  #deliver(channel: number, payload: Uint8Array): void {
    if (channel === CHANNEL.stdout) this.#listener.stdout?.(payload);
    else if (channel === CHANNEL.stderr) this.#listener.stderr?.(payload);
    else if (channel === CHANNEL.exit) {
      this.#finish({ ended: 'exit', exitCode: payload[0] ?? 255 });
      this.#stream.end();
    } else this.#stream.reset('protocol-error', `record on channel ${channel} (rule X3)`);
  }
}

function record(channel: number, payload: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(RECORD_HEADER_BYTES + payload.length);
  bytes[0] = channel;
  bytes[1] = payload.length & 0xff;
  bytes[2] = payload.length >> 8;
  bytes.set(payload, RECORD_HEADER_BYTES);
  return bytes;
}
