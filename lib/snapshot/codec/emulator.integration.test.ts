import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ImageManifest, parseManifest, readVerified } from '../../machine/image';
import { Machine } from '../../machine/machine';
import { builtImage, v86Wasm } from '../../machine/testing/image';
import { decompress } from '../../machine/zstd';
import { connectClient, type PgClient } from '../../postgres/client';
import { newKey, parseKey } from '../seal/key';
import { openChunks, sealChunks } from '../seal/stream';
import { describeState } from '../state/describe-state';
import { readState, type SavedState } from '../state/read-state';
import { withMemory } from '../state/with-memory';
import { PAGE_BYTES } from '../types';
import { readSnapshot } from './read-snapshot';
import { collected, headerOf } from './testing';
import { writeSnapshot } from './write-snapshot';

const MEMORY_MB = 256;

/** The emulator itself, with the image's own base state. */
let wasm: WebAssembly.Module;
let machine: Machine;
let base: SavedState;
let manifest: ImageManifest;

beforeAll(async () => {
  wasm = await v86Wasm();
  manifest = parseManifest(await builtImage.manifest());
  const file = manifest.bases[MEMORY_MB];
  if (file === undefined) throw new Error(`the image has no base of ${MEMORY_MB} MB`);
  const packed = await readVerified(builtImage, file, () => {});
  base = readState(await decompress(wasm, packed, file.rawBytes));
  machine = new Machine({ source: builtImage, wasm: async () => wasm });
  await machine.start({ memoryMb: MEMORY_MB });
});
afterAll(() => machine.stop());

function session(): Promise<PgClient> {
  return connectClient(machine.connect(), { user: 'owner', database: 'postgres' });
}

async function value(sql: string): Promise<string | null> {
  const client = await session();
  const { rows } = await client.query(sql);
  client.end();
  return rows[0]?.[0] ?? null;
}

/** The pages in which two machines differ. */
function changedPages(one: SavedState, other: SavedState): Uint32Array {
  const differ = (number: number) => {
    const [a, b] = [one.page(number), other.page(number)];
    if (a === undefined || b === undefined) return a !== b;
    return Buffer.compare(a, b) !== 0;
  };
  const all = new Set([...one.pages, ...other.pages]);
  return Uint32Array.from([...all].filter(differ)).sort();
}

describe('a state of v86 itself', () => {
  it('S1 to S4: is read by the rules and comes back to the byte', async () => {
    const state = await machine.save();
    const saved = readState(new Uint8Array(state));
    expect(saved.memoryMb).toBe(MEMORY_MB);
    expect(
      Buffer.compare(Buffer.from(withMemory(saved.devices, saved.page)), Buffer.from(state)),
    ).toBe(0);
    const sizes = describeState(new Uint8Array(state));
    expect(sizes.pages + sizes.zeroPages).toBe((MEMORY_MB * 1024 * 1024) / PAGE_BYTES);
    expect(sizes.pages).toBe(saved.pages.length);
    expect(describeState(saved.devices)).toMatchObject({ pages: 0, memoryMb: MEMORY_MB });
  });

  it('is restored from what was taken apart', async () => {
    const client = await session();
    await client.simple('create table apart as select 42 as answer');
    client.end();
    const { devices, page } = readState(new Uint8Array(await machine.save()));
    await machine.start({ memoryMb: MEMORY_MB, from: { state: withMemory(devices, page) } });
    expect(await value('select answer from apart')).toBe('42');
  });
});

describe('a snapshot of a real machine', () => {
  it('goes through file and seal, is small, and goes on where it was', async () => {
    const client = await session();
    await client.simple(
      "create table carried as select i, 'row ' || i as t from generate_series(1, 1000) i",
    );
    client.end();
    const saved = readState(new Uint8Array(await machine.save()));
    const header = headerOf('machine', {
      memoryMb: MEMORY_MB,
      base: { ...headerOf('machine').base, memoryMb: MEMORY_MB },
    });
    const key = await newKey();
    const stored = await collected(
      sealChunks(
        key,
        writeSnapshot({ header, base, machine: { ...saved, pages: changedPages(saved, base) } }),
      ),
    );
    expect(stored.length).toBeLessThan(4 * 1024 * 1024);
    expect(Buffer.from(stored).includes('carried')).toBe(false);

    const pages = new Map<number, Uint8Array | undefined>();
    const source = new Blob([stored]).stream();
    const { devices } = await readSnapshot(openChunks(await parseKey(key.fragment), source), {
      base: async () => base,
      onPages: ({ numbers, contents }) => {
        numbers.forEach((number, index) => {
          pages.set(number, contents(index)?.slice());
        });
      },
    });
    const state = withMemory(devices ?? new Uint8Array(), (number) =>
      pages.has(number) ? pages.get(number) : base.page(number),
    );
    await machine.start({ memoryMb: MEMORY_MB, from: { state } });
    expect(await value("select count(*) || ' ' || max(t) from carried")).toBe('1000 row 999');
  });
});
