import { inflate } from './deflate';
import type { StoredGeneration } from './generation-layout';
import { readPages } from './page-reader';
import type { Turns } from './turns';
import type { BlockFile, Generation } from './types';

/** What a reader gets of a generation; its pages are read when asked for, in turn with all else. */
export function asGeneration(stored: StoredGeneration, pages: BlockFile, turns: Turns): Generation {
  const { facts, table, packedDevices, devicesBytes } = stored;
  return {
    facts,
    table,
    devices: () => inflate(packedDevices, devicesBytes),
    eachPage: (visit) => turns.run(() => readPages(pages, table, visit)),
  };
}
