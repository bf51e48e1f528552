import { constants, deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SnapshotError, type SnapshotErrorCode } from '../errors';
import { PAGE_BYTES } from '../types';
import { inflate } from './deflate';
import { readSnapshot, readSnapshotHeader } from './read-snapshot';
import {
  BASE,
  beginningOf,
  chunked,
  type ForgedPiece,
  file,
  forged,
  headerOf,
  machineParts,
  piecesOf,
} from './testing';

const pages = new Map(
  [0, 7, 9, 200].map((number) => [number, crypto.getRandomValues(new Uint8Array(PAGE_BYTES))]),
);
const sample = () => file(machineParts({ pages }, new Uint8Array(600_000).fill(3)));

function read(bytes: Uint8Array) {
  return readSnapshot(chunked(bytes, [4096]), { base: async () => BASE, v86: '6' });
}

async function expectRefused(bytes: Uint8Array, code: SnapshotErrorCode = 'damaged') {
  const error = await read(bytes).then(
    () => 'it was accepted',
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(SnapshotError);
  expect(error).toMatchObject({ code, message: expect.stringContaining('Nothing was changed') });
}

function joined(...parts: Uint8Array[]): Uint8Array {
  return Uint8Array.from(Buffer.concat(parts));
}

function u32(...numbers: number[]): Uint8Array {
  return new Uint8Array(Uint32Array.from(numbers).buffer);
}

describe('a file that is not as it was written', () => {
  it('S10, S14: is refused when it is cut at any tenth', async () => {
    const snapshot = await sample();
    for (let tenth = 1; tenth < 10; tenth++) {
      await expectRefused(snapshot.subarray(0, Math.floor((snapshot.length * tenth) / 10)));
    }
  });

  it('is refused when it is cut anywhere near its beginning or end', async () => {
    const snapshot = await sample();
    for (let cut = 0; cut < 80; cut++) {
      await expectRefused(snapshot.subarray(0, cut), cut < 10 ? 'not-a-snapshot' : 'damaged');
      await expectRefused(snapshot.subarray(0, snapshot.length - 1 - cut));
    }
  });

  it('is refused when it ends between two pieces', async () => {
    const snapshot = await sample();
    const parts = piecesOf(snapshot);
    for (let count = 0; count < parts.length; count++) {
      await expectRefused(joined(beginningOf(snapshot), ...parts.slice(0, count)));
    }
  });

  it('S14: is never accepted with a bit flipped', async () => {
    const snapshot = await sample();
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.nat(snapshot.length * 8 - 1), fc.nat(8 * 600)), async (bit) => {
        const changed = snapshot.slice();
        changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        const error: unknown = await read(changed).catch((thrown: unknown) => thrown);
        expect(error).toBeInstanceOf(SnapshotError);
      }),
      { numRuns: 300 },
    );
  });

  it('S14: is refused with two pieces swapped, one dropped, or one played twice', async () => {
    const snapshot = await sample();
    const beginning = beginningOf(snapshot);
    const parts = piecesOf(snapshot);
    expect(parts.length).toBeGreaterThan(3);
    for (let at = 0; at < parts.length; at++) {
      const [one, next] = [parts[at] as Uint8Array, parts[at + 1]];
      await expectRefused(joined(beginning, ...parts.toSpliced(at, 1)));
      await expectRefused(joined(beginning, ...parts.toSpliced(at, 0, one)));
      if (next) await expectRefused(joined(beginning, ...parts.toSpliced(at, 2, next, one)));
    }
  });

  it('S14: is refused with any piece from another snapshot of the same machine', async () => {
    const [one, other] = [await sample(), await sample()];
    const [parts, others] = [piecesOf(one), piecesOf(other)];
    expect(others.length).toBe(parts.length);
    for (let at = 0; at < parts.length; at++) {
      const mixed = parts.with(at, others[at] as Uint8Array);
      await expectRefused(joined(beginningOf(one), ...mixed));
    }
    await expectRefused(joined(beginningOf(one), ...others));
  });

  it('S19: is refused with anything behind its end', async () => {
    await expectRefused(joined(await sample(), Uint8Array.of(0)));
  });
});

describe('a file of another making', () => {
  it.each(['', 'PGDMP', 'WARREN', 'warrensn\u0001\u0000', '\u001f\u008b and more of gzip'])(
    'S10: is no snapshot: %j',
    async (text) => {
      await expectRefused(new TextEncoder().encode(text), 'not-a-snapshot');
    },
  );

  it('S10: of a newer version is told apart, before anything else of it is read', async () => {
    const newer = joined(new TextEncoder().encode('WARRENSN'), Uint8Array.of(2, 0));
    await expectRefused(newer, 'newer-version');
    await expectRefused(joined(newer, new Uint8Array(100)), 'newer-version');
  });

  it('S10: of version 0 is damaged', async () => {
    await expectRefused(joined(new TextEncoder().encode('WARRENSN'), new Uint8Array(100)));
  });

  it('S12: of another base says which one it wants', async () => {
    const snapshot = await sample();
    const wanted = { code: 'other-base', base: headerOf('machine').base };
    await expect(
      readSnapshot(chunked(snapshot), { base: async () => undefined }),
    ).rejects.toMatchObject(wanted);
    await expect(
      readSnapshot(chunked(snapshot), { base: async () => ({ ...BASE, memoryMb: 2 }) }),
    ).rejects.toMatchObject(wanted);
  });

  it('S12: of another emulator is refused before its base is asked for', async () => {
    const base = async () => {
      throw new Error('asked');
    };
    await expect(readSnapshot(chunked(await sample()), { base, v86: '7' })).rejects.toMatchObject({
      code: 'other-emulator',
    });
  });
});

describe('a forged header', () => {
  const good = headerOf('machine');
  it.each<[string, unknown]>([
    ['no JSON', new TextEncoder().encode('{')],
    ['no UTF-8', Uint8Array.of(0x22, 0xff, 0x22)],
    ['null', null],
    ['a list', []],
    ['no base', { ...good, base: undefined }],
    ['another kind', { ...good, kind: 'disk' }],
    ['a kind of Object', { ...good, kind: 'constructor' }],
    ['a title that is none', { ...good, title: 7 }],
    ['a title too long', { ...good, title: 'x'.repeat(201) }],
    ['a note too long', { ...good, note: 'x'.repeat(4001) }],
    ['no memory', { ...good, memoryMb: 0, base: { ...good.base, memoryMb: 0 } }],
    ['too much memory', { ...good, memoryMb: 4096, base: { ...good.base, memoryMb: 4096 } }],
    ['another memory than its base', { ...good, memoryMb: 2 }],
    ['memory by halves', { ...good, memoryMb: 1.5, base: { ...good.base, memoryMb: 1.5 } }],
    ['a time without a date', { ...good, createdAt: 1e17 }],
    ['a time before time', { ...good, createdAt: -1 }],
    ['a path for a file', { ...good, base: { ...good.base, file: '../../secret' } }],
    ['a URL for a file', { ...good, base: { ...good.base, file: 'https://host/x' } }],
    ['no file', { ...good, base: { ...good.base, file: '' } }],
    ['a hash that is none', { ...good, base: { ...good.base, sha256: 'AB'.repeat(32) } }],
    [
      'a base that fills the memory of the reader',
      { ...good, base: { ...good.base, rawBytes: 2 ** 40 } },
    ],
    ['a line break in a name', { ...good, base: { ...good.base, postgres: '17\n' } }],
  ])('S12: %s', async (_, header) => {
    const bytes = await forged(header, []);
    await expectRefused(bytes);
    await expect(readSnapshotHeader(chunked(bytes))).rejects.toMatchObject({ code: 'damaged' });
  });

  it('S12: what it adds does not get further', async () => {
    const bytes = await forged(
      { ...good, __proto__: null, extra: 1, base: { ...good.base, url: 'x' } },
      [],
    );
    expect(await readSnapshotHeader(chunked(bytes))).toEqual(good);
  });

  it.each([0, 65_537, 0x7fff_ffff, 0xffff_ffff])('S11: a length of %d', async (length) => {
    await expectRefused(await forged(good, [], length));
  });
});

describe('forged pieces, with right hashes', () => {
  const header = headerOf('machine');
  const data = headerOf('data');
  const end = (...totals: number[]): ForgedPiece => ({ type: 5, stored: u32(...totals) });
  const onePage = joined(u32(1, 3), Uint8Array.of(0, 0, 0, 0), new Uint8Array(PAGE_BYTES));
  /** One page piece and the end, which is never reached. */
  const page = (stored: Uint8Array): ForgedPiece[] => [{ type: 2, stored }, end(0, 0, 0, 0)];

  it.each<[string, ForgedPiece[]]>([
    ['S13 an unknown type', [{ type: 6, stored: u32(1) }]],
    ['S13 type 0', [{ type: 0, stored: u32(1) }]],
    ['S13 an unknown method', [{ type: 3, method: 2, stored: u32(1) }]],
    ['S13 reserved bits', [{ type: 3, reserved: 1, stored: u32(1) }]],
    ['S13 nothing', [{ type: 3, stored: new Uint8Array() }]],
    ['S13 a length beyond any', [{ type: 3, method: 1, stored: u32(1), rawLength: 0xffff_ffff }]],
    [
      'S13 both lengths beyond',
      [{ type: 3, stored: u32(1), rawLength: 0xffff_ffff, storedLength: 0xffff_ffff }],
    ],
    [
      'S13 a length beyond the file',
      [{ type: 3, stored: u32(1), rawLength: 900_000, storedLength: 900_000 }],
    ],
    ['S13 stored longer than raw', [{ type: 3, method: 1, stored: u32(1), rawLength: 3 }]],
    ['S13 stored and raw differ', [{ type: 3, stored: u32(1), rawLength: 5 }]],
    ['S13 no deflate', [{ type: 3, method: 1, stored: u32(0xffff_ffff), rawLength: 100 }]],
    [
      'S13 half of a deflate',
      [
        {
          type: 3,
          method: 1,
          stored: deflateRawSync(new Uint8Array(9000)).subarray(0, 9),
          rawLength: 9000,
        },
      ],
    ],
    [
      'S13 less than it tells',
      [{ type: 3, method: 1, stored: deflateRawSync(new Uint8Array(9000)), rawLength: 9001 }],
    ],
    [
      'S13 more than it tells',
      [{ type: 3, method: 1, stored: deflateRawSync(new Uint8Array(9000)), rawLength: 8999 }],
    ],
    [
      'S13 a bomb',
      [{ type: 3, method: 1, stored: deflateRawSync(new Uint8Array(1e8)), rawLength: 1_000_000 }],
    ],
    ['S15 no devices', [end(0, 0, 0, 0)]],
    ['S15 devices cut short', [{ type: 1, stored: u32(0).subarray(0, 2) }, end(0, 2, 0, 0)]],
    ['S15 devices with buffers beyond', [{ type: 1, stored: u32(0xffff_ffff) }, end(0, 4, 0, 0)]],
    [
      'S15 devices that are none',
      [{ type: 1, stored: joined(u32(0), new Uint8Array(100)) }, end(0, 104, 0, 0)],
    ],
    ['S16 no pages', page(u32(0))],
    ['S16 half a count', page(Uint8Array.of(1))],
    ['S16 more pages than a piece has', page(u32(257, ...new Array(400).fill(0)))],
    ['S16 a count beyond', page(u32(0xffff_ffff, 0, 0, 0))],
    ['S16 pages without contents', page(u32(2, 0, 0, 0))],
    ['S16 a page beyond the memory', page(joined(u32(1, 256), onePage.subarray(8)))],
    ['S16 a gap beyond everything', page(joined(u32(1, 0xffff_ffff), onePage.subarray(8)))],
    [
      'S16 an unknown kind of page',
      page(joined(u32(1, 3), Uint8Array.of(3, 0, 0, 0), new Uint8Array(PAGE_BYTES))),
    ],
    ['S16 half a page', page(onePage.subarray(0, -1))],
    ['S16 a byte too many', page(joined(onePage, Uint8Array.of(1)))],
    [
      'S16 the pages beyond the memory one by one',
      [...Array(300)].map(() => ({
        type: 2,
        stored: joined(u32(1, 0), Uint8Array.of(2, 0, 0, 0)),
      })),
    ],
    ['S18 a dump in a machine', [{ type: 4, stored: u32(1) }, end(0, 0, 0, 4)]],
    [
      'S19 pieces out of order',
      [
        { type: 3, stored: u32(1) },
        { type: 2, stored: onePage },
      ],
    ],
    ['S19 an end that counts otherwise', [{ type: 2, stored: onePage }, end(2, 0, 0, 0)]],
    ['S19 an end of another length', [end(0, 0, 0)]],
  ])('%s', async (_, pieces) => {
    await expectRefused(await forged(header, pieces));
  });

  it.each<[string, ForgedPiece[]]>([
    ['S18 no dump', [end(0, 0, 0, 0)]],
    ['S18 devices in data', [{ type: 1, stored: u32(1) }, end(0, 4, 0, 0)]],
    ['S18 pages in data', [{ type: 2, stored: onePage }, end(1, 0, 0, 0)]],
  ])('%s', async (_, pieces) => {
    await expectRefused(await forged(data, pieces));
  });

  it('S15: devices of another machine than the header tells, or with a memory', async () => {
    const devices = (of: Uint8Array) => {
      const stored = joined(u32(5), new Uint8Array(5), of);
      return forged(header, [{ type: 1, stored }, end(0, stored.length, 0, 0)]);
    };
    const { stateOf, SMALL_MACHINE } = await import('../state/testing');
    await expectRefused(await devices(stateOf(SMALL_MACHINE)));
    await expectRefused(
      await devices(stateOf({ ...SMALL_MACHINE, memoryMb: 2, pages: new Map() })),
    );
    expect((await read(await devices(BASE.devices))).devices).toEqual(BASE.devices);
  });

  it('S15: devices told by differences from buffers that the base does not have', async () => {
    const kinds = Uint8Array.of(0, 0, 0, 0, 2);
    const stored = joined(u32(5), kinds, BASE.devices);
    await expectRefused(await forged(header, [{ type: 1, stored }, end(0, stored.length, 0, 0)]));
  });
});

describe('a decompression bomb', () => {
  /** Deflated zeros, a million a block, made without having them. */
  const bomb = (blocks: number) => {
    const options = { finishFlush: constants.Z_FULL_FLUSH };
    const block = deflateRawSync(new Uint8Array(1_000_000), options);
    const last = deflateRawSync(new Uint8Array());
    return joined(...new Array<Uint8Array>(blocks).fill(block), last);
  };

  it('S13: costs what it promised and not what it holds', async () => {
    expect(await inflate(bomb(3), 3_000_000)).toHaveLength(3_000_000);
    const thousand = bomb(1000);
    expect(thousand.length).toBeLessThan(1_100_000);
    const before = process.resourceUsage().maxRSS;
    expect(await inflate(thousand, 1_000_000)).toBeUndefined();
    // In KB; all of it would take 1,000,000.
    expect(process.resourceUsage().maxRSS - before).toBeLessThan(100_000);
  });
});

describe('more than there may be', () => {
  it('S17: a notebook beyond its limit is not written', async () => {
    const parts = machineParts({}, new Uint8Array(64 * 1024 * 1024 + 1));
    await expect(file(parts)).rejects.toMatchObject({ code: 'too-large' });
  });

  it('S17: a notebook beyond its limit is not read, however small its pieces are', async () => {
    const rawLength = 1_000_000;
    const stored = deflateRawSync(new Uint8Array(rawLength));
    const piece: ForgedPiece = { type: 3, method: 1, stored, rawLength };
    await expectRefused(await forged(headerOf('data'), new Array(68).fill(piece)));
  });
});

describe('the user of a reader', () => {
  it('ends it by what a callback throws, and the source is let go', async () => {
    const snapshot = await sample();
    for (const stop of ['onHeader', 'onPages', 'base'] as const) {
      let released = false;
      async function* source() {
        try {
          yield* chunked(snapshot, [500]);
        } finally {
          released = true;
        }
      }
      const options = {
        base: async () => BASE,
        [stop]: async () => {
          throw new Error('storage is full');
        },
      };
      await expect(readSnapshot(source(), options)).rejects.toThrow('storage is full');
      expect(released).toBe(true);
    }
  });

  it('hears of a source that fails as the source does', async () => {
    const snapshot = await sample();
    async function* source() {
      yield snapshot.subarray(0, 1000);
      throw new Error('the link expired');
    }
    await expect(readSnapshot(source(), { base: async () => BASE })).rejects.toThrow(
      'the link expired',
    );
  });
});
