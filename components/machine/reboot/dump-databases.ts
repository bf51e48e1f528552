import type { OpenStream } from '@/lib/machine/files';
import { readProgram } from '@/lib/machine/program';

/** Pieces are put together this often, so that the browser may move them out of memory. */
const FOLD_BYTES = 8_000_000;

const PG_DUMPALL = [
  'pg_dumpall',
  // Each machine has its own, and looking through it takes the emulator as long as the database itself.
  '--exclude-database=template1',
  // Somebody's open transaction may hold a table for as long as it likes; a person waits here.
  '--lock-wait-timeout=10s',
];

/** All databases but the template, and all roles, as SQL; rejects, with what pg_dumpall said, unless all was dumped. */
export async function dumpDatabases(
  open: OpenStream,
  onBytes: (bytes: number) => void,
): Promise<Blob> {
  const reader = readProgram(open, { argv: PG_DUMPALL, user: 'postgres' }).getReader();
  let dump = new Blob([], { type: 'application/sql' });
  let pieces: Uint8Array<ArrayBuffer>[] = [];
  let piecesBytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (value) {
      // What comes may be part of a buffer that is used again.
      pieces.push(value.slice());
      piecesBytes += value.length;
      onBytes(dump.size + piecesBytes);
    }
    if (done || piecesBytes >= FOLD_BYTES) {
      dump = new Blob([dump, ...pieces], { type: dump.type });
      pieces = [];
      piecesBytes = 0;
    }
    if (done) return dump;
  }
}
