import type { Duplex } from '../mux/duplex';
import type { Metadata } from '../mux/metadata';
import type { Reason } from '../mux/reason';
import { ResetError } from '../mux/reset-error';

/** Asks for the terminals of the machine (rule T6 of docs/protocol.md). */
export const LIST_TERMINALS: Metadata = [['kind', 'ptys']];

/** T1: what a terminal may be called. */
export const TERMINAL_NAME = /^[a-z0-9]{1,32}$/;

/** A machine has at most 16 terminals (T6), an entry is about 150 bytes; a command may be long. */
const LIST_MAX_BYTES = 65_536;

/** A terminal of the machine, as `ptys` tells it. */
export interface TerminalEntry {
  readonly terminal: string;
  /** The program's name, e.g. `psql`. */
  readonly command: string;
  readonly cols: number;
  readonly rows: number;
  /** Somebody is attached to it now. */
  readonly attached: boolean;
  /** Its program has ended, and nobody has read its end. */
  readonly ended: boolean;
}

/** Asks for the machine's terminals. Rejects with `ResetError`, also when the answer is no list. */
export function listTerminals(
  open: (metadata: Metadata) => Duplex,
): Promise<readonly TerminalEntry[]> {
  const stream = open(LIST_TERMINALS);
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    let length = 0;
    const fail = (reason: Reason) => reject(new ResetError(reason));
    const refuse = (text: string) => {
      stream.reset('protocol-error', text);
      fail({ code: 'protocol-error', text });
    };
    stream.attach({
      data: (chunk) => {
        chunks.push(chunk);
        length += chunk.length;
        stream.consumed(chunk.length);
        if (length > LIST_MAX_BYTES) refuse('the list of terminals is too long (T6)');
      },
      end: () => {
        const list = parseList(chunks);
        if (list === undefined) refuse('the list of terminals cannot be read (T6)');
        else {
          stream.end();
          resolve(list);
        }
      },
      reset: fail,
      drain: () => {},
    });
  });
}

function parseList(chunks: readonly Uint8Array[]): readonly TerminalEntry[] | undefined {
  const decoder = new TextDecoder();
  const text = chunks.map((chunk) => decoder.decode(chunk, { stream: true })).join('');
  try {
    const list: unknown = JSON.parse(text + decoder.decode());
    return Array.isArray(list) && list.every(isEntry) ? list.map(known) : undefined;
  } catch {
    return undefined;
  }
}

function known({ terminal, command, cols, rows, attached, ended }: TerminalEntry): TerminalEntry {
  return { terminal, command, cols, rows, attached, ended };
}

function isEntry(value: unknown): value is TerminalEntry {
  if (typeof value !== 'object' || value === null) return false;
  const entry = value as Partial<Record<keyof TerminalEntry, unknown>>;
  return (
    typeof entry.terminal === 'string' &&
    TERMINAL_NAME.test(entry.terminal) &&
    typeof entry.command === 'string' &&
    typeof entry.cols === 'number' &&
    typeof entry.rows === 'number' &&
    typeof entry.attached === 'boolean' &&
    typeof entry.ended === 'boolean'
  );
}
