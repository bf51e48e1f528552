import { readProgram } from '@/lib/machine/program';
import type { StreamsOfMachine } from './machine-streams';
import { chunksOf } from './stream-bytes';

/** Not compressed: the page does that natively, the guest in its emulated processor. */
const PG_DUMP = [
  'pg_dump',
  '--format=custom',
  '--compress=0',
  '--username=owner',
  '--dbname=postgres',
  // Somebody's open transaction may hold a table for as long as it likes; a person waits here.
  '--lock-wait-timeout=10s',
] as const;

/**
 * What pg_dump gives of the machine's database, in its custom format; pg_dump waits while nobody reads, and is killed
 * when the reader leaves. Rejects with a FileError that repeats what pg_dump said.
 */
export function dumpBytes(machine: StreamsOfMachine): AsyncGenerator<Uint8Array> {
  const open: StreamsOfMachine['open'] = (metadata) => machine.open(metadata);
  return chunksOf(readProgram(open, { argv: PG_DUMP, user: 'postgres' }));
}
