import type { SnapshotHeader } from '../../snapshot/codec/header';
import { writeSnapshot } from '../../snapshot/codec/write-snapshot';
import { STATE_VERSION } from '../../snapshot/state/limits';
import { readState } from '../../snapshot/state/read-state';
import { PAGE_BYTES } from '../../snapshot/types';
import type { Machine } from '../machine';
import type { MemoryMb } from '../types';
import type { Captured } from './capture';

/** With more that is changed the machine stands still while it is written, instead of being copied first. */
const COPY_BYTES = 96 * 1024 * 1024;

/** What a snapshot says and brings along beside the machine. */
export interface SnapshotWords {
  readonly title: string;
  readonly note: string;
  /** A Yjs update of the playground's notebook. */
  readonly notebook: Uint8Array | undefined;
}

/** Makes a snapshot file of a machine that runs, and hands it out piece by piece. The machine goes on. */
export async function exportSnapshot(
  machine: Machine,
  memoryMb: MemoryMb,
  words: SnapshotWords,
  take: (piece: Uint8Array) => Promise<void>,
): Promise<void> {
  const { ref, hashes } = await machine.hashedBase();
  const [manifest, base] = await Promise.all([machine.manifest(), machine.loadBase(ref)]);
  await machine.open([['kind', 'sync']]).accepted;
  const captured = machine.capture(hashes, hashes, COPY_BYTES);
  const header: SnapshotHeader & { kind: 'machine' } = {
    kind: 'machine',
    base: {
      ...ref,
      v86: String(STATE_VERSION),
      postgres: manifest.postgres,
      image: manifest.image,
    },
    memoryMb,
    createdAt: Date.now(),
    title: words.title,
    note: words.note,
    rawBytes: captured.devices.length + captured.changed.size * PAGE_BYTES,
  };
  const write = async () => {
    const parts = { header, base: readState(base.raw), machine: changedOf(captured) };
    for await (const piece of writeSnapshot({ ...parts, notebook: words.notebook })) {
      await take(piece);
    }
  };
  await (captured.isCopied ? write() : machine.still(write));
}

function changedOf({ devices, table, changed }: Captured) {
  return { devices, pages: table.pages, page: (number: number) => changed.get(number) };
}
