import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SnapshotErrorCode } from '../errors';
import { seal } from './aes';
import { type Card, openCard, sealCard } from './card';
import { openChunk, PLAIN_CHUNK_BYTES, SEALED_CHUNK_BYTES, sealChunk, sealedBytes } from './chunk';
import { newKey, type OpeningKey, parseKey, type SealingKey } from './key';
import { openChunks, sealChunks } from './stream';

/** A snapshot of three chunks, the last of 1,000 bytes. */
const PLAIN = patterned(2 * PLAIN_CHUNK_BYTES + 1000);

const CARD: Card = {
  title: 'Ticket 4711',
  note: 'Look at orders. Ünïcödé, and\na second line.',
  kind: 'machine',
  memoryMb: 256,
  postgres: '17.11',
  createdAt: 1_795_000_000_000,
  bytes: 816_648,
};

function patterned(length: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(length).map((_, at) => (at * 7) ^ (at >> 8));
}

async function* cutBy(bytes: Uint8Array, length: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}

async function all(source: AsyncIterable<Uint8Array>): Promise<Uint8Array[]> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of source) chunks.push(chunk);
  return chunks;
}

function sealed(key: SealingKey, plain: Uint8Array = PLAIN): Promise<Uint8Array[]> {
  return all(sealChunks(key, cutBy(plain, 300_001)));
}

async function opened(key: OpeningKey, stored: Uint8Array): Promise<Buffer> {
  return Buffer.concat(await all(openChunks(key, cutBy(stored, 777_777))));
}

function refusal(code: SnapshotErrorCode) {
  return { name: 'SnapshotError', code, message: expect.stringContaining('Nothing was changed') };
}

describe('a key', () => {
  it('S30: is 43 characters that a fragment takes as they are, and no two are alike', async () => {
    const [one, other] = [await newKey(), await newKey()];
    expect(one.fragment).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(one.fragment).not.toBe(other.fragment);
    expect(one.id).not.toEqual(other.id);
    const parsed = await parseKey(`#${one.fragment}`);
    expect(parsed.id).toEqual(one.id);
    expect((await parseKey(one.fragment)).id).toEqual(one.id);
  });

  it.each([
    '',
    '#',
    'x'.repeat(42),
    'A'.repeat(44),
    `${'A'.repeat(42)}B`,
    `${'A'.repeat(42)}=`,
    `${'A'.repeat(42)}+`,
    'ä'.repeat(43),
  ])('S30: refuses the fragment %j', async (fragment) => {
    await expect(parseKey(fragment)).rejects.toMatchObject(refusal('wrong-key'));
  });

  it('S34: from a link only opens, and never leaves the browser by itself', async () => {
    const key = await newKey();
    const parsed = await parseKey(key.fragment);
    await expect(
      sealChunk({ ...parsed, fragment: '', sealed: new Map() }, 0, true, new Uint8Array(1)),
    ).rejects.toThrow();
    await expect(crypto.subtle.exportKey('raw', key.aes)).rejects.toThrow();
  });

  it('S34: seals the same again, and nothing else in its place', async () => {
    const key = await newKey();
    const first = await sealChunk(key, 0, true, Uint8Array.of(1));
    expect(await sealChunk(key, 0, true, Uint8Array.of(1))).toEqual(first);
    await expect(sealChunk(key, 0, true, Uint8Array.of(2))).rejects.toThrow('take a new key');
    await sealCard(key, CARD);
    await expect(sealCard(key, { ...CARD, title: 'Another' })).rejects.toThrow('take a new key');
  });
});

describe('sealed chunks', () => {
  it('S33: have fixed lengths and come back, cut anywhere', async () => {
    const key = await newKey();
    const chunks = await sealed(key);
    expect(chunks.map(({ length }) => length)).toEqual([
      SEALED_CHUNK_BYTES,
      SEALED_CHUNK_BYTES,
      1016,
    ]);
    const stored = Buffer.concat(chunks);
    expect(stored.length).toBe(sealedBytes(PLAIN.length));
    expect(Buffer.compare(await opened(await parseKey(key.fragment), stored), PLAIN)).toBe(0);
  });

  it.each([0, 1, PLAIN_CHUNK_BYTES - 1, PLAIN_CHUNK_BYTES, PLAIN_CHUNK_BYTES + 1])(
    'S33: %d bytes',
    async (length) => {
      const key = await newKey();
      const stored = Buffer.concat(await sealed(key, patterned(length)));
      expect(stored.length).toBe(sealedBytes(length));
      expect(Buffer.compare(await opened(key, stored), patterned(length))).toBe(0);
    },
  );

  it('S33: are opened in any order', async () => {
    const key = await newKey();
    const chunks = await sealed(key);
    for (const index of [2, 0, 1]) {
      const plain = await openChunk(key, index, index === 2, chunks[index] as Uint8Array);
      const at = index * PLAIN_CHUNK_BYTES;
      expect(Buffer.compare(plain, PLAIN.subarray(at, at + PLAIN_CHUNK_BYTES))).toBe(0);
    }
  });

  it('S33: are not made in lengths that no reader takes', async () => {
    const key = await newKey();
    const calls: [number, boolean, number][] = [
      [0, false, 5],
      [0, true, PLAIN_CHUNK_BYTES + 1],
      [1, true, 0],
      [-1, true, 1],
      [2 ** 32, true, 1],
      [0.5, true, 1],
    ];
    for (const [index, isLast, length] of calls) {
      await expect(
        (async () => sealChunk(key, index, isLast, new Uint8Array(length)))(),
      ).rejects.toBeInstanceOf(RangeError);
    }
  });

  it('S32: are refused when cut at any tenth, or between chunks', async () => {
    const key = await newKey();
    const stored = Buffer.concat(await sealed(key));
    const cuts = Array.from({ length: 10 }, (_, tenth) => Math.floor((stored.length * tenth) / 10));
    for (const cut of [...cuts, SEALED_CHUNK_BYTES, 2 * SEALED_CHUNK_BYTES, stored.length - 1]) {
      await expect(opened(key, stored.subarray(0, cut))).rejects.toMatchObject(refusal('damaged'));
    }
    await expect(opened(key, Buffer.concat([stored, Buffer.of(0)]))).rejects.toMatchObject(
      refusal('damaged'),
    );
  });

  it('S32: are refused with a bit flipped anywhere', async () => {
    const key = await newKey();
    const plain = patterned(2000);
    const stored = Buffer.concat(await sealed(key, plain));
    await fc.assert(
      fc.asyncProperty(fc.nat(stored.length * 8 - 1), async (bit) => {
        const changed = Uint8Array.from(stored);
        changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        await expect(opened(key, changed)).rejects.toMatchObject(refusal('damaged'));
      }),
      { numRuns: 200 },
    );
  });

  it('S32: are refused swapped, dropped, or played twice', async () => {
    const key = await newKey();
    const [a, b, c] = (await sealed(key)) as [Uint8Array, Uint8Array, Uint8Array];
    for (const order of [
      [b, a, c],
      [a, c],
      [b, c],
      [a, a, b, c],
      [a, b, b, c],
      [a, b],
      [c],
      [a, b, c, c],
    ]) {
      await expect(opened(key, Buffer.concat(order))).rejects.toMatchObject(refusal('damaged'));
    }
  });

  it('S32: are refused from another snapshot, in the same place', async () => {
    const [key, otherKey] = [await newKey(), await newKey()];
    const [a, b, c] = (await sealed(key)) as [Uint8Array, Uint8Array, Uint8Array];
    const [, other] = (await sealed(otherKey)) as [Uint8Array, Uint8Array];
    await expect(opened(key, Buffer.concat([a, other, c]))).rejects.toMatchObject(
      refusal('damaged'),
    );
    await expect(opened(otherKey, Buffer.concat([a, b, c]))).rejects.toMatchObject(
      refusal('damaged'),
    );
  });

  it('S32: the last is not taken for one in between, nor the other way round', async () => {
    const key = await newKey();
    const full = patterned(PLAIN_CHUNK_BYTES);
    const last = await sealChunk(key, 0, true, full);
    await expect(openChunk(key, 0, false, last)).rejects.toMatchObject(refusal('damaged'));
    const inner = await sealChunk(key, 0, false, full);
    await expect(openChunk(key, 0, true, inner)).rejects.toMatchObject(refusal('damaged'));
  });

  it('do not show what they hold', async () => {
    const key = await newKey();
    const text = Buffer.from('account 4711 of Jane Doe '.repeat(1000));
    const stored = Buffer.concat(await sealed(key, text));
    expect(stored.includes('Jane')).toBe(false);
    expect(stored.includes(key.fragment)).toBe(false);
  });

  it('fail as their source does, and let it go', async () => {
    const key = await newKey();
    let released = false;
    async function* source() {
      try {
        yield patterned(PLAIN_CHUNK_BYTES + 5);
        throw new Error('the machine stopped');
      } finally {
        released = true;
      }
    }
    await expect(all(sealChunks(key, source()))).rejects.toThrow('the machine stopped');
    expect(released).toBe(true);
  });
});

describe('a card', () => {
  it('S35: comes back, whatever people write', async () => {
    const texts = fc.string({ unit: 'grapheme', maxLength: 300 });
    await fc.assert(
      fc.asyncProperty(texts, texts, async (title, note) => {
        const key = await newKey();
        const card = { ...CARD, title, note };
        const stored = await sealCard(key, card);
        expect(await openCard(await parseKey(key.fragment), stored)).toEqual(card);
      }),
      { numRuns: 50 },
    );
  });

  it('S35: tells a wrong key from damage', async () => {
    const [key, other] = [await newKey(), await newKey()];
    const stored = await sealCard(key, CARD);
    await expect(openCard(other, stored)).rejects.toMatchObject(refusal('wrong-key'));
    for (let bit = 0; bit < stored.length * 8; bit += 5) {
      const changed = stored.slice();
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const code = bit < 128 ? 'wrong-key' : 'damaged';
      await expect(openCard(key, changed)).rejects.toMatchObject(refusal(code));
    }
    for (let cut = 0; cut < stored.length; cut += 7) {
      await expect(openCard(key, stored.subarray(0, cut))).rejects.toMatchObject(
        refusal('damaged'),
      );
    }
    await expect(openCard(key, new Uint8Array(20_000))).rejects.toMatchObject(refusal('damaged'));
  });

  it('S32: is no chunk, and a chunk no card', async () => {
    const key = await newKey();
    const stored = await sealCard(key, CARD);
    await expect(openChunk(key, 0, true, stored.subarray(16))).rejects.toMatchObject(
      refusal('damaged'),
    );
    const chunk = await sealChunk(key, 0, true, Buffer.from(JSON.stringify(CARD)));
    await expect(openCard(key, Buffer.concat([key.id, chunk]))).rejects.toMatchObject(
      refusal('damaged'),
    );
  });

  it('S35: has a limit', async () => {
    await expect(
      sealCard(await newKey(), { ...CARD, note: 'x'.repeat(17_000) }),
    ).rejects.toMatchObject({
      code: 'too-large',
    });
    const longest = { ...CARD, title: '漢'.repeat(200), note: '漢'.repeat(4000) };
    const key = await newKey();
    expect(await openCard(key, await sealCard(key, longest))).toEqual(longest);
  });

  it.each<[string, unknown]>([
    ['null', null],
    ['a list', []],
    ['no title', { ...CARD, title: undefined }],
    ['another kind', { ...CARD, kind: 'disk' }],
    ['a size that is none', { ...CARD, bytes: -1 }],
    ['a time that is none', { ...CARD, createdAt: 'today' }],
    ['a note that is an object', { ...CARD, note: { toString: 1 } }],
  ])('S35: forged by somebody who has a key, %s', async (_, forged) => {
    const key = await newKey();
    const json = Buffer.from(JSON.stringify(forged));
    const stored = Buffer.concat([key.id, await seal(key, { of: 'card' }, json)]);
    await expect(openCard(key, stored)).rejects.toMatchObject(refusal('damaged'));
  });
});
