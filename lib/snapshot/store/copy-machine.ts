import { PAGE_BYTES } from '../types';
import { storeError } from './errors';
import { type KeptFiles, openKeptFiles } from './kept-files';
import { Slots } from './slots';
import type { BlockFile, BlockFolder } from './types';

const PIECE_BYTES = 1024 * 1024;

/**
 * Makes `to` a copy of `from`, whatever it was before: its `latest` and its `start`. Rejects with StoreError `in-use` while
 * one of them is open, and `missing` when nothing is kept in `from`; when the copy fails half-way, `to` is empty.
 */
export async function copyMachine(from: BlockFolder, to: BlockFolder): Promise<void> {
  const source = await openKeptFiles(from);
  try {
    if (!source.latest.newest && !source.start.newest) throw storeError('missing');
    const target = await openKeptFiles(to);
    try {
      await copyFiles(source, target);
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

async function copyFiles(source: KeptFiles, target: KeptFiles): Promise<void> {
  const clear = async () => {
    await target.latest.clear();
    await target.start.clear();
    await target.pages.truncate(0);
  };
  await clear();
  try {
    // A generation counts as soon as it is there, so all pages come first; and without `start` a copy is whole.
    await copyPages(source, target.pages);
    if (source.latest.newest) await target.latest.put(source.latest.newest);
    if (source.start.newest) await target.start.put(source.start.newest);
  } catch (thrown) {
    await clear().catch(() => undefined);
    throw thrown;
  }
}

async function copyPages({ pages, latest, start }: KeptFiles, target: BlockFile): Promise<void> {
  const tables = [latest.newest, start.newest].flatMap((each) => each?.table ?? []);
  const end = new Slots(tables).end * PAGE_BYTES;
  const piece = new Uint8Array(PIECE_BYTES);
  for (let at = 0; at < end; at += PIECE_BYTES) {
    const wanted = piece.subarray(0, Math.min(PIECE_BYTES, end - at));
    const got = await pages.read(at, wanted);
    if (got < wanted.length) throw storeError('damaged');
    await target.write(at, wanted);
  }
  await target.flush();
}
