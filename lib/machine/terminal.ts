import type { OutgoingStream } from '../mux/link';
import { type Metadata, metadataValue } from '../mux/metadata';
import type { Reason, ReasonCode } from '../mux/reason';
import { encodeRecord, MAX_RECORD_BYTES, type RecordPiece, RecordReader } from './records';

/** Channels of a pty stream: rules T2 and T3 of docs/protocol.md. */
const CHANNEL = { typed: 0, output: 1, signal: 3, exit: 4, size: 5 } as const;
/** T2: ends the terminal's session. */
const SIGHUP = 1;
/** T1: the least and the most columns and rows. */
const SIZE_MIN = 1;
const SIZE_MAX = 1_000;
/** Typed and not yet taken by the machine: a dump in a paste fits, a film does not. */
export const TYPED_MAX_BYTES = 4 * 1024 * 1024;

/** In columns and rows of characters. */
export interface TerminalSize {
  readonly cols: number;
  readonly rows: number;
}

/** T1: what a terminal has that was given no size. */
export const DEFAULT_SIZE: TerminalSize = { cols: 80, rows: 24 };

/** What a new terminal is started with; to attach to one that is there its name is enough (T1). */
export interface TerminalOptions {
  /** `[a-z0-9]{1,32}` */
  readonly terminal: string;
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** Name in the guest's /etc/passwd. */
  readonly user: string;
  readonly size: TerminalSize;
}

/** The metadata that opens a pty stream (rule M3). */
export function terminalMetadata(options: TerminalOptions): Metadata {
  const { cols, rows } = bounded(options.size);
  return [
    ['kind', 'pty'],
    ['terminal', options.terminal],
    ...options.argv.map((arg) => ['arg', arg] as const),
    ...Object.entries(options.env).map(([name, value]) => ['env', `${name}=${value}`] as const),
    ['cwd', options.cwd],
    ['user', options.user],
    ['cols', String(cols)],
    ['rows', String(rows)],
  ];
}

/** How an attachment to a terminal ended. */
export type TerminalEnd =
  /** The program did; `exitCode` is 128 + signal for one that was killed. */
  | { readonly kind: 'exit'; readonly exitCode: number }
  /** Somebody else has attached to it (T7). */
  | { readonly kind: 'taken' }
  /** Asking again changes nothing until somebody does something. */
  | { readonly kind: 'refused'; readonly reason: Reason }
  /** The way to the machine was cut; the terminal may be there still. */
  | { readonly kind: 'lost'; readonly reason: Reason };

export interface TerminalListener {
  /** The machine has answered; `attached` when the terminal was there already (T1). May come after the first output. */
  opened(attached: boolean): void;
  /** Bytes for the screen. `done` is to be called once they are on it: until then they hold up the program (C3). */
  output(bytes: Uint8Array, done: () => void): void;
  /** The last call. */
  ended(end: TerminalEnd): void;
}

/** Resets that tell of a decision and not of an accident. */
const REFUSALS: ReadonlySet<ReasonCode> = new Set([
  'refused',
  'unknown-kind',
  'protocol-error',
  'too-many-streams',
  'too-large',
  'busy',
]);

/** A terminal of the machine while this page is attached to it: its records over a stream of `terminalMetadata`. */
export class TerminalAttachment {
  readonly #stream: OutgoingStream;
  readonly #listener: TerminalListener;
  readonly #records = new RecordReader();
  /** Typed while the stream takes no more; absent when it takes more. */
  #waiting: Uint8Array[] | undefined;
  #waitingBytes = 0;
  #isOver = false;

  constructor(stream: OutgoingStream, listener: TerminalListener) {
    this.#stream = stream;
    this.#listener = listener;
    stream.accepted.then(
      (answer) => {
        if (!this.#isOver) listener.opened(metadataValue(answer, 'attached') === '1');
      },
      () => {}, // the consumer's reset tells it
    );
    stream.attach({
      data: (chunk) => this.#receive(chunk),
      end: () => this.#fail('the stream ended without an exit code (T3)'),
      reset: (reason) => this.#finish(endOf(reason)),
      drain: () => this.#drain(),
    });
  }

  /** Sends what was typed; false, and nothing sent, when too much of it waits already. */
  type(bytes: Uint8Array): boolean {
    if (this.#waitingBytes + bytes.length > TYPED_MAX_BYTES) return false;
    for (let at = 0; at < bytes.length; at += MAX_RECORD_BYTES) {
      this.#send(bytes.subarray(at, at + MAX_RECORD_BYTES));
    }
    return true;
  }

  resize(size: TerminalSize): void {
    const { cols, rows } = bounded(size);
    const payload = Uint8Array.of(cols & 0xff, cols >> 8, rows & 0xff, rows >> 8);
    if (!this.#isOver) this.#stream.write(encodeRecord(CHANNEL.size, payload));
  }

  /** Ends the terminal's programs, as when a window is closed. Its end is told as any other. */
  hangUp(): void {
    if (!this.#isOver) this.#stream.write(encodeRecord(CHANNEL.signal, Uint8Array.of(SIGHUP)));
  }

  /** Lets go of the terminal, which goes on (T5). Nothing is told after it. */
  detach(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#stream.reset('ok', 'detached');
  }

  #send(bytes: Uint8Array): void {
    if (this.#isOver) return;
    if (this.#waiting) {
      this.#waiting.push(bytes);
      this.#waitingBytes += bytes.length;
    } else if (!this.#stream.write(encodeRecord(CHANNEL.typed, bytes))) this.#waiting = [];
  }

  #drain(): void {
    const waiting = this.#waiting ?? [];
    this.#waiting = undefined;
    this.#waitingBytes = 0;
    for (const bytes of waiting) this.#send(bytes);
  }

  #receive(chunk: Uint8Array): void {
    const pieces = this.#records.read(chunk);
    if (pieces === undefined) {
      this.#fail('a record is too long (X1)');
      return;
    }
    let shown = 0;
    for (const piece of pieces) {
      if (this.#isOver) return;
      if (piece.channel === CHANNEL.output) {
        shown += piece.bytes.length;
        this.#listener.output(piece.bytes, () => this.#stream.consumed(piece.bytes.length));
      } else this.#heed(piece);
    }
    if (shown < chunk.length) this.#stream.consumed(chunk.length - shown);
  }

  #heed({ channel, length, bytes }: RecordPiece): void {
    if (channel !== CHANNEL.exit) this.#fail(`a record on channel ${channel} (T3)`);
    else if (length !== 1) this.#fail(`an exit code of ${length} bytes (X3)`);
    else {
      this.#stream.end();
      this.#finish({ kind: 'exit', exitCode: bytes[0]! });
    }
  }

  #fail(text: string): void {
    if (this.#isOver) return;
    this.#stream.reset('protocol-error', text);
    this.#finish({ kind: 'refused', reason: { code: 'protocol-error', text } });
  }

  #finish(end: TerminalEnd): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#listener.ended(end);
  }
}

function endOf(reason: Reason): TerminalEnd {
  if (reason.code === 'replaced') return { kind: 'taken' };
  return REFUSALS.has(reason.code) ? { kind: 'refused', reason } : { kind: 'lost', reason };
}

function bounded({ cols, rows }: TerminalSize): TerminalSize {
  const bound = (value: number) => Math.min(SIZE_MAX, Math.max(SIZE_MIN, Math.floor(value)));
  return { cols: bound(cols), rows: bound(rows) };
}
