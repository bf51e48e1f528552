import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SEALED_CHUNK_BYTES } from '../../lib/snapshot/seal/limits';
import {
  chunkLength,
  chunksOf,
  keyOf,
  missingRanges,
  parseChunkNumber,
  parseKey,
  toRanges,
} from './chunks';

describe('the chunks of a snapshot', () => {
  it('have together as many bytes as it has', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 * SEALED_CHUNK_BYTES }), (bytes) => {
        const plan = { bytes, chunks: chunksOf(bytes) };
        const lengths = Array.from({ length: plan.chunks }, (_, n) => chunkLength(plan, n) ?? 0);
        expect(lengths.reduce((sum, length) => sum + length, 0)).toBe(bytes);
        expect(Math.min(...lengths)).toBeGreaterThan(0);
        expect(Math.max(...lengths)).toBeLessThanOrEqual(SEALED_CHUNK_BYTES);
        expect(chunkLength(plan, plan.chunks)).toBeUndefined();
      }),
    );
  });

  it.each([-1, 0.5, Number.NaN, 2 ** 60, 3])('has no chunk %d', (number) => {
    expect(chunkLength({ bytes: 3 * SEALED_CHUNK_BYTES, chunks: 3 }, number)).toBeUndefined();
  });

  it.each(['', '-1', '01', '1e3', '0x1', ' 1', '1.0', '1000000', '١'])(
    'has no number %j',
    (text) => {
      expect(parseChunkNumber(text)).toBeUndefined();
    },
  );

  it('have keys that sort as their numbers and can be read again', () => {
    const numbers = [0, 9, 10, 99, 100, 65_535, 999_999];
    const keys = numbers.map((number) => keyOf('abcdefghijkl', number));
    expect([...keys].sort()).toEqual(keys);
    expect(keys.map((key) => parseKey(key)?.number)).toEqual(numbers);
    expect(parseKey('snapshots/abc/000001')).toBeUndefined();
    expect(parseKey('snapshots/abcdefghijkl/1')).toBeUndefined();
  });

  it('are each either received or missing', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 50 }), (there) => {
        const numbers = there.flatMap((isThere, number) => (isThere ? [number] : []));
        const received = toRanges(numbers);
        const missing = missingRanges(received, there.length);
        const expand = (ranges: typeof received) =>
          ranges.flatMap(([first, last]) =>
            Array.from({ length: last - first + 1 }, (_, n) => first + n),
          );
        expect(expand(received)).toEqual(numbers);
        expect([...expand(received), ...expand(missing)].sort((a, b) => a - b)).toEqual([
          ...there.keys(),
        ]);
      }),
    );
  });
});
