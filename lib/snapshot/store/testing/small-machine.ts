import type { Random } from '../../../mux/random';
import { hashPage } from '../../state/page-hash';
import { PAGE_BYTES } from '../../types';
import type { Capture, Generation, GenerationFacts, PageTable } from '../types';

const PAGE_WORDS = PAGE_BYTES / 4;

/** A machine at a moment, for tests: which version of its contents each page has; version 0 is all zeros. */
export interface Moment {
  readonly savedAt: number;
  readonly versions: ReadonlyMap<number, number>;
}

/** The contents of a page in one of its versions: another one for each page and version. */
export function contentsOf(page: number, version: number): Uint8Array {
  const words = new Uint32Array(PAGE_WORDS);
  for (let at = 0; at < PAGE_WORDS; at += 1) words[at] = Math.imul(at + 1, page * 65_537 + version);
  words.set([page, version]);
  return new Uint8Array(words.buffer);
}

export function factsOf({ savedAt }: Moment): GenerationFacts {
  const base = {
    file: 'state-128-0.bin.zst',
    sha256: '0'.repeat(64),
    memoryMb: 128,
    bytes: 1,
    rawBytes: 2,
  };
  return { base, savedAt, v86: '0.5.462' };
}

/** Long enough to be worth packing, and different for each moment. */
export function devicesOf({ savedAt }: Moment): Uint8Array {
  return new Uint8Array(5000).map((_, index) => (index % 7) * savedAt);
}

/** What a machine would save at this moment, compared with what `latest` has. */
export function captureOf(moment: Moment, latest: PageTable | undefined): Capture {
  const pages = Uint32Array.from(moment.versions.keys()).sort();
  const table = {
    pages,
    hashLow: new Uint32Array(pages.length),
    hashHigh: new Uint32Array(pages.length),
  };
  const known = new Map(Array.from(latest?.pages ?? [], (page, index) => [page, index]));
  const changed = new Map<number, Uint8Array>();
  for (const [at, page] of pages.entries()) {
    const version = moment.versions.get(page)!;
    if (version === 0) continue;
    const contents = contentsOf(page, version);
    hashPage(new Uint32Array(contents.buffer), 0, table.hashLow, table.hashHigh, at);
    const index = known.get(page) ?? -1;
    const isSame =
      latest?.hashLow[index] === table.hashLow[at] &&
      latest?.hashHigh[index] === table.hashHigh[at];
    if (!isSame) changed.set(page, contents);
  }
  return { facts: factsOf(moment), devices: devicesOf(moment), table, changed };
}

/** The moment a generation holds. @throws Error when a byte of it is not that moment's */
export async function momentOf(generation: Generation): Promise<Moment> {
  const versions = new Map<number, number>();
  await generation.eachPage((page, bytes) => {
    const version = bytes ? new Uint32Array(bytes.slice().buffer)[1]! : 0;
    if (bytes && !isSame(bytes, contentsOf(page, version))) throw new Error(`page ${page} is torn`);
    versions.set(page, version);
  });
  const moment = { savedAt: generation.facts.savedAt, versions };
  if (!isSame(await generation.devices(), devicesOf(moment))) throw new Error('other devices');
  return moment;
}

/** The machine some work later: some pages changed, some came, some went, some became zeros. */
export function later(moment: Moment | undefined, savedAt: number, random: Random): Moment {
  const versions = new Map(moment?.versions);
  for (let change = random.between(0, 12); change > 0; change -= 1) {
    const page = random.between(0, 9) * random.between(1, 12);
    if (random.chance(0.1)) versions.delete(page);
    else versions.set(page, random.chance(0.1) ? 0 : savedAt);
  }
  return { savedAt, versions };
}

/** The same text for the same moment. */
export function textOf(moment: Moment | undefined): string {
  if (!moment) return 'none';
  const pages = [...moment.versions].sort(([a], [b]) => a - b).map(([page, v]) => `${page}:${v}`);
  return `${moment.savedAt} ${pages.join(' ')}`;
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.from(one.buffer, one.byteOffset, one.length).equals(other);
}
