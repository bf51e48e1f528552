import { parseManifest } from '@/lib/machine/image';
import { webImage } from '@/lib/machine/web-image';
import type { SnapshotHeader } from '@/lib/snapshot/codec/header';
import { writeSnapshot } from '@/lib/snapshot/codec/write-snapshot';
import { dumpBytes } from './dump-program';
import type { About } from './machine-file';
import { runningFacts, type StreamsOfMachine } from './machine-streams';

/** The snapshot file of what pg_dump tells of a machine's database. Rejects with what pg_dump said. */
export async function* dataFile(
  machine: StreamsOfMachine,
  { title, note, notebook }: About,
): AsyncGenerator<Uint8Array> {
  const facts = runningFacts(machine);
  if (!facts) throw new Error('The machine does not run. Start it first.');
  const { memoryMb, postgres } = facts;
  const header: SnapshotHeader & { kind: 'data' } = {
    kind: 'data',
    base: await baseOf(memoryMb, postgres),
    memoryMb,
    createdAt: Date.now(),
    title,
    note,
    rawBytes: 0,
  };
  yield* writeSnapshot({ header, dump: dumpBytes(machine), notebook });
}

async function baseOf(memoryMb: number, postgres: string): Promise<SnapshotHeader['base']> {
  const manifest = parseManifest(await webImage(IMAGE_URL).manifest());
  const base = manifest.bases[`${memoryMb}` as keyof typeof manifest.bases];
  if (!base) throw new Error(`The image has no base state of ${memoryMb} MB. Reload the page.`);
  // A dump is told apart by its PostgreSQL; no state of the emulator is in it.
  return { ...base, memoryMb, postgres, image: manifest.image, v86: NO_STATE };
}

const IMAGE_URL = '/vm/';
const NO_STATE = 'none';
