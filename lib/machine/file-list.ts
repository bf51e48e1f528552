import { FileError } from './file-error';
import { type FileName, nameFromBytes } from './file-name';

export type EntryType = 'file' | 'directory' | 'link' | 'other';

export interface FolderEntry {
  readonly name: FileName;
  readonly type: EntryType;
  readonly size: number;
  /** Permission bits, e.g. `0o644`. */
  readonly mode: number;
  /** Seconds since 1970. */
  readonly mtime: number;
  readonly user: string;
}

/** More entries than these are not taken: a page would not show them, and a machine may be hostile. */
export const MAX_ENTRIES = 20_000;
/** A name takes 340 characters in base64; the rest is numbers and a user's name. */
const MAX_LINE_CHARACTERS = 2_048;

const TYPES: ReadonlySet<string> = new Set<EntryType>(['file', 'directory', 'link', 'other']);

/** Reads the lines of rule D4, cut anywhere. */
export class FolderReader {
  /** True once there were more entries than are taken. */
  cut = false;
  readonly #entries: FolderEntry[] = [];
  readonly #decoder = new TextDecoder();
  #rest = '';

  /** Throws FileError for what is no such line, and after the last entry that is taken. */
  push(chunk: Uint8Array): void {
    this.#rest += this.#decoder.decode(chunk, { stream: true });
    const lines = this.#rest.split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) {
      if (this.#entries.length === MAX_ENTRIES) {
        this.cut = true;
        throw new FileError('failed', 'The folder has more entries than are taken.');
      }
      this.#entries.push(readEntry(line));
    }
    if (this.#rest.length > MAX_LINE_CHARACTERS) throw unreadable();
  }

  /** All entries, at the end. */
  finish(): readonly FolderEntry[] {
    if (this.#rest !== '' && !this.cut) throw unreadable();
    return this.#entries;
  }
}

/** The guest may be a stranger's: nothing in a line is taken on trust. */
function readEntry(line: string): FolderEntry {
  const value = parse(line);
  const { name, type, size, mode, mtime, user } = value;
  if (
    typeof name !== 'string' ||
    typeof type !== 'string' ||
    !TYPES.has(type) ||
    !isCount(size) ||
    !isCount(mode) ||
    !Number.isSafeInteger(mtime) ||
    typeof user !== 'string'
  ) {
    throw unreadable();
  }
  const decoded = nameFromBytes(fromBase64(name));
  if (/^\.{0,2}$/.test(decoded) || /[/\0]/.test(decoded)) throw unreadable();
  return { name: decoded, type: type as EntryType, size, mode, mtime: mtime as number, user };
}

function parse(line: string): Readonly<Record<string, unknown>> {
  if (line.length > MAX_LINE_CHARACTERS) throw unreadable();
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch {
    // Said below.
  }
  throw unreadable();
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function fromBase64(text: string): Uint8Array {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    throw unreadable();
  }
}

function unreadable(): FileError {
  return new FileError('failed', 'The machine answered with a list this page cannot read.');
}
