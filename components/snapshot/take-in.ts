import { openShelf } from '@/lib/machine/shelf';
import { DEFAULT_MEMORY_MB, MEMORY_SIZES_MB, type MemoryMb } from '@/lib/machine/types';
import type { SnapshotContents } from '@/lib/snapshot/codec/read-snapshot';
import { forgetNotebook } from '../document/forget-notebook';
import { seedLocalDocument } from '../document/seed-local-document';
import { createPlayground } from '../playgrounds/api';
import type { MadeOf } from '../playgrounds/codec';
import { addPlayground } from '../playgrounds/store';
import { NAME_LENGTH } from '../playgrounds/title';
import { stayFor } from '../state/stay';
import type { SnapshotKind } from './baggage-lines';
import { dropDump, keepDump } from './pending-store';
import { readData } from './read-data';
import { streamOf } from './stream-bytes';

/** A snapshot file that becomes a playground of this browser. */
export interface Incoming {
  /** What it is, as its header or its card says. */
  readonly kind: SnapshotKind;
  /** What brought it here. */
  readonly by: MadeOf['by'];
  readonly file: AsyncGenerator<Uint8Array>;
}

/** What a new playground has so far, to be taken back when it does not become one. */
interface Begun {
  readonly id: string;
  readonly undo: (() => unknown)[];
}

/**
 * Checks all of a snapshot file and makes a playground of it; its id. Rejects with what went wrong: then no playground
 * is listed, and nothing of it is kept in this browser.
 */
export function takeIn(incoming: Incoming): Promise<string> {
  return stayFor(make(incoming));
}

async function make({ kind, by, file }: Incoming): Promise<string> {
  const source = new Watched(file);
  const made = await createPlayground();
  if (!made.ok) {
    await file.return(undefined);
    throw new Error(made.message);
  }
  const { id, link } = made.value;
  const begun: Begun = { id, undo: [] };
  try {
    const contents =
      kind === 'machine' ? await keepMachine(begun, source) : await keepData(begun, source);
    await keepNotebook(begun, contents);
    const { header } = contents;
    const isListed = addPlayground(id, link, {
      name: header.title.trim().slice(0, NAME_LENGTH),
      memoryMb: memoryOf(header.memoryMb),
      fresh: contents.notebook ? undefined : { template: 'empty' },
      madeOf: { by, at: header.createdAt },
      pendingDump: kind === 'data' ? true : undefined,
    });
    if (!isListed) throw new Error(NOTHING_KEPT);
    return id;
  } catch (thrown) {
    for (const undo of begun.undo) await Promise.resolve(undo()).catch(() => {});
    // What broke the file says more than how its reader felt it.
    throw source.failure ?? thrown;
  }
}

async function keepMachine({ id, undo }: Begun, source: Watched): Promise<SnapshotContents> {
  const shelf = openShelf();
  try {
    undo.push(() => removeMachine(id));
    const contents = await shelf.adopt(id, streamOf(source.chunks()));
    if (contents.header.kind !== 'machine') throw new Error(NOT_AS_TOLD);
    return contents;
  } finally {
    shelf.dispose();
  }
}

async function removeMachine(id: string): Promise<void> {
  const shelf = openShelf();
  try {
    await shelf.remove(id);
  } finally {
    shelf.dispose();
  }
}

async function keepData({ id, undo }: Begun, source: Watched): Promise<SnapshotContents> {
  const { dump, ...contents } = await readData(source.chunks());
  undo.push(() => dropDump(id));
  await keepDump(id, { dump, isBegun: false }).catch(() => {
    throw new Error(NOTHING_KEPT);
  });
  return { ...contents, dump: undefined };
}

async function keepNotebook({ id, undo }: Begun, { notebook }: SnapshotContents): Promise<void> {
  if (!notebook) return;
  if (notebook.length > MAX_NOTEBOOK_BYTES) throw new Error(ODD_NOTEBOOK);
  undo.push(() => forgetNotebook(id));
  const isKept = await seedLocalDocument(id, notebook).catch(() => {
    throw new Error(ODD_NOTEBOOK);
  });
  if (!isKept) throw new Error(NOTHING_KEPT);
}

function memoryOf(memoryMb: number): MemoryMb {
  return MEMORY_SIZES_MB.find((size) => size === memoryMb) ?? DEFAULT_MEMORY_MB;
}

/** Remembers what a file failed with, since it may reach its reader as something else. */
class Watched {
  failure: unknown;

  constructor(private readonly file: AsyncGenerator<Uint8Array>) {}

  async *chunks(): AsyncGenerator<Uint8Array> {
    try {
      yield* this.file;
    } catch (thrown) {
      this.failure = thrown;
      throw thrown;
    }
  }
}

/** The new playground's room takes one update of this size (relay/limits.ts). */
const MAX_NOTEBOOK_BYTES = 4 * 1024 * 1024;

const NOTHING_KEPT =
  'This browser keeps nothing for this page (a private window, or no room), and a machine is brought over by what it keeps. Nothing was changed; use an ordinary window or make room, and try again.';
const NOT_AS_TOLD =
  'The snapshot does not hold what it says it holds. Nothing was changed; ask for another copy of it.';
const ODD_NOTEBOOK =
  'The notebook in the snapshot cannot be read. Nothing was changed; ask for another copy of it.';
