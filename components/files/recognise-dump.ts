import { readArchiveHeader } from './archive-header';

/** What a restore needs to know of a dump. */
export interface Dump {
  /** A script for psql, one of pg_dumpall or `pg_dump --create` that opens databases itself, or an archive. */
  readonly format: 'plain' | 'cluster' | 'custom' | 'tar';
  /** The database it was made of, where it tells. */
  readonly database: string | undefined;
  /** Version of the pg_dump that made it; undefined for other scripts. */
  readonly madeBy: string | undefined;
}

export type Recognised =
  | { readonly kind: 'dump'; readonly dump: Dump }
  /** Look into it: what it holds may be a dump. */
  | { readonly kind: 'gzip' }
  /** `why` is a sentence for people. */
  | { readonly kind: 'none'; readonly why: string };

/** So many bytes of a file are enough to know it by. */
export const HEAD_BYTES = 4_096;

const TAR_BLOCK_BYTES = 512;
const TAR_MAGIC_AT = 257;
const SCRIPT_NAME = /\.(sql|psql|pgsql|ddl)$/i;

const PACKED: readonly (readonly [name: string, magic: readonly number[]])[] = [
  ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
  ['lz4', [0x04, 0x22, 0x4d, 0x18]],
  ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a]],
  ['bzip2', [0x42, 0x5a, 0x68]],
  ['zip', [0x50, 0x4b, 0x03, 0x04]],
];

/**
 * Knows a dump of PostgreSQL by its first bytes; the name only tells a script without a pg_dump's heading.
 * @param head the first `HEAD_BYTES`, or all there are
 */
export function recogniseDump(head: Uint8Array, name: string): Recognised {
  if (head.length === 0) return none('The file is empty.');
  if (startsWith(head, [0x1f, 0x8b])) return { kind: 'gzip' };
  const packed = PACKED.find(([, magic]) => startsWith(head, magic));
  if (packed)
    return none(`The file is packed by ${packed[0]}. Unpack it first; gzip is taken as it is.`);
  return archive(head) ?? tar(head) ?? script(head, name);
}

function archive(head: Uint8Array): Recognised | undefined {
  const header = readArchiveHeader(head);
  if (!header) return undefined;
  if (header.isNewer) {
    return none(
      `The dump has format ${header.version}, made by a newer pg_dump than this machine’s pg_restore reads.`,
    );
  }
  if (header.kind !== 'custom') {
    return none(
      'This is only the table of contents of a dump. Take the whole dump in custom format or as a tar.',
    );
  }
  const { database, madeBy } = header;
  return { kind: 'dump', dump: { format: 'custom', database, madeBy } };
}

function tar(head: Uint8Array): Recognised | undefined {
  if (latin(head.subarray(TAR_MAGIC_AT, TAR_MAGIC_AT + 5)) !== 'ustar') return undefined;
  const [first = ''] = latin(head.subarray(0, 100)).split('\0');
  const header = readArchiveHeader(head.subarray(TAR_BLOCK_BYTES));
  if (/(^|\/)toc\.dat$/.test(first) && header?.kind === 'directory') {
    return none(
      'This is a dump of the directory format in a tar; pg_restore does not take that. Dump in custom format.',
    );
  }
  if (first !== 'toc.dat' || header?.kind !== 'tar') {
    return none('This is a tar, but no dump of PostgreSQL: it does not begin with toc.dat.');
  }
  if (header.isNewer) {
    return none(
      `The dump has format ${header.version}, made by a newer pg_dump than this machine’s pg_restore reads.`,
    );
  }
  const { database, madeBy } = header;
  return { kind: 'dump', dump: { format: 'tar', database, madeBy } };
}

function script(head: Uint8Array, name: string): Recognised {
  if (startsWith(head, [0xff, 0xfe]) || startsWith(head, [0xfe, 0xff])) {
    return none('The file is UTF-16. Save it as UTF-8.');
  }
  if (head.includes(0)) return none(UNKNOWN);
  const text = latin(head);
  const madeBy = /^-- Dumped by pg_dump version (.{1,100})$/m.exec(text)?.[1];
  if (/^-- PostgreSQL database cluster dump\r?$/m.test(text)) {
    return { kind: 'dump', dump: { format: 'cluster', database: undefined, madeBy } };
  }
  const isOfPgDump = /^-- PostgreSQL database dump\r?$/m.test(text);
  if (!isOfPgDump && !SCRIPT_NAME.test(name)) return none(UNKNOWN);
  const opensItself = /^(\\connect |\\c |create database )/im.test(text);
  const format = opensItself ? 'cluster' : 'plain';
  return { kind: 'dump', dump: { format, database: undefined, madeBy } };
}

const UNKNOWN =
  'This is no dump of PostgreSQL: it is neither a script with a pg_dump’s heading or the ending .sql, nor a custom or tar archive.';

function none(why: string): Recognised {
  return { kind: 'none', why };
}

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, at) => bytes[at] === byte);
}

function latin(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}
