/** What the head of a pg_dump archive tells (PostgreSQL's pg_backup_archiver.c, `ReadHead`). */
export interface ArchiveHeader {
  /** Of the archive's format, e.g. `1.14`. */
  readonly version: string;
  /** True for a version newer than pg_restore 17 and 18 read. */
  readonly isNewer: boolean;
  readonly kind: 'custom' | 'tar' | 'directory' | 'other';
  /** Undefined when the head is cut or damaged behind what is above. */
  readonly database: string | undefined;
  /** Version of the pg_dump that made it, e.g. `16.4 (Debian 16.4-1)`. */
  readonly madeBy: string | undefined;
}

const MAGIC = 'PGDMP';
/** 1.14 is pg_dump 12 to 15, 1.15 is 16, 1.16 is 17 and 18. */
const NEWEST = 0x0110;
/** From 1.15 on the compression is one byte, before it is a number. */
const COMPRESSION_IS_A_BYTE = 0x010f;
const KINDS: Readonly<Record<number, ArchiveHeader['kind']>> = {
  1: 'custom',
  3: 'tar',
  5: 'directory',
};
/** Seconds, minutes, hours, day, month, year, summer time. */
const TIME_NUMBERS = 7;
/** A name has 63 bytes, a version some more. */
const MAX_TEXT_BYTES = 256;

/** Reads the head of an archive; undefined when it is none. */
export function readArchiveHeader(bytes: Uint8Array): ArchiveHeader | undefined {
  if (latin(bytes.subarray(0, MAGIC.length)) !== MAGIC || bytes.length < 11) return undefined;
  const [major = 0, minor = 0, , intBytes = 0, , format = 0] = bytes.subarray(MAGIC.length);
  const version = major * 256 + minor;
  const known = {
    version: `${major}.${minor}`,
    isNewer: version > NEWEST,
    kind: KINDS[format] ?? 'other',
  } as const;
  const reader = new Reader(bytes, MAGIC.length + 6, intBytes);
  if (version >= COMPRESSION_IS_A_BYTE) reader.at += 1;
  else reader.number();
  for (let index = 0; index < TIME_NUMBERS; index++) reader.number();
  const database = reader.text();
  reader.text(); // the server's version
  return { ...known, database, madeBy: reader.text() };
}

/** Reads numbers of sign and bytes, and texts of a number and bytes. What is behind the end is undefined. */
class Reader {
  constructor(
    private readonly bytes: Uint8Array,
    public at: number,
    private readonly intBytes: number,
  ) {}

  number(): number | undefined {
    const { bytes, at, intBytes } = this;
    this.at += 1 + intBytes;
    if (this.at > bytes.length || intBytes < 1 || intBytes > 8) return undefined;
    let value = 0;
    for (let index = intBytes; index > 0; index--) value = value * 256 + (bytes[at + index] ?? 0);
    return bytes[at] === 0 ? value : -value;
  }

  text(): string | undefined {
    const length = this.number();
    if (length === undefined || length < 0 || length > MAX_TEXT_BYTES) return this.#cut();
    const from = this.at;
    this.at += length;
    if (this.at > this.bytes.length) return this.#cut();
    return new TextDecoder().decode(this.bytes.subarray(from, this.at));
  }

  /** Nothing behind a text that cannot be read can be read. */
  #cut(): undefined {
    this.at = Infinity;
    return undefined;
  }
}

function latin(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
