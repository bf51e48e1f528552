import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ChunkRange, missingChunks } from './chunk-list';

test('without a word of the server all chunks are missing', () => {
  expect(missingChunks(3, [])).toEqual([0, 1, 2]);
  expect(missingChunks(0, [])).toEqual([]);
});

test('ranges count both ends and may overlap', () => {
  expect(
    missingChunks(8, [
      [0, 2],
      [5, 5],
      [1, 3],
    ]),
  ).toEqual([4, 6, 7]);
});

test('what makes no sense is ignored, and what goes too far is cut', () => {
  const odd: ChunkRange[] = [
    [-1, 2],
    [0.5, 1],
    [Number.NaN, 3],
    [3, 1],
    [4, 1e9],
  ];
  expect(missingChunks(6, odd)).toEqual([0, 1, 2, 3]);
});

test('a chunk is missing exactly when no range holds it', () => {
  const number = fc.integer({ min: 0, max: 40 });
  fc.assert(
    fc.property(number, fc.array(fc.tuple(number, number)), (count, received) => {
      const missing = new Set(missingChunks(count, received));
      for (let chunk = 0; chunk < count; chunk++) {
        const held = received.some(([from, to]) => from <= chunk && chunk <= to);
        expect(missing.has(chunk)).toBe(!held);
      }
      expect(missing.size).toBeLessThanOrEqual(count);
    }),
  );
});
