import { describe, expect, it } from 'vitest';
import { ByteQueue } from './byte-queue';
import { Random } from './random';
import { concat, pattern } from './testing';

describe('a queue of bytes', () => {
  it.each(Array.from({ length: 20 }, (_, seed) => seed))(
    'keeps bytes in order, seed %i',
    (seed) => {
      const random = new Random(seed);
      const queue = new ByteQueue();
      let written = 0;
      let read = 0;
      for (let step = 0; step < 2_000; step += 1) {
        if (random.chance(0.55)) {
          const length = random.between(0, random.pick([1, 100, 1_500, 20_000]));
          const slack = random.pick([0, 0, 10, length * 20]);
          const buffer = new Uint8Array(length + slack);
          buffer.set(pattern(seed, written, length));
          queue.push(buffer.subarray(0, length));
          written += length;
        } else if (random.chance(0.5)) {
          const chunk = queue.shift() ?? new Uint8Array(0);
          expect(Buffer.compare(chunk, pattern(seed, read, chunk.length))).toBe(0);
          read += chunk.length;
        } else {
          const count = random.between(0, queue.length);
          const target = new Uint8Array(count + 3);
          queue.take(count, target, 3);
          expect(Buffer.compare(target.subarray(3), pattern(seed, read, count))).toBe(0);
          read += count;
        }
        expect(queue.length).toBe(written - read);
      }
    },
  );

  it('keeps a large chunk as it is', () => {
    const queue = new ByteQueue();
    const chunk = new Uint8Array(16_384);
    queue.push(Uint8Array.of(1));
    queue.push(chunk);
    queue.shift();
    expect(queue.shift()?.buffer).toBe(chunk.buffer);
  });

  it('does not keep a large buffer alive for a sliver of it', () => {
    const queue = new ByteQueue();
    const large = new Uint8Array(1_048_576);
    queue.push(Uint8Array.of(0));
    for (let at = 0; at < 100; at += 1) queue.push(large.subarray(at * 4_096, at * 4_096 + 2_048));
    const chunks: Uint8Array[] = [];
    for (let chunk = queue.shift(); chunk; chunk = queue.shift()) chunks.push(chunk);
    expect(concat(chunks).length).toBe(1 + 100 * 2_048);
    expect(chunks.filter(({ buffer }) => buffer === large.buffer)).toEqual([]);
    expect(chunks.reduce((sum, { buffer }) => sum + buffer.byteLength, 0)).toBeLessThan(400_000);
  });

  it('puts many single bytes together', () => {
    const queue = new ByteQueue();
    for (let count = 0; count < 10_000; count += 1) queue.push(Uint8Array.of(count));
    let chunks = 0;
    while (queue.shift()) chunks += 1;
    expect(chunks).toBeLessThan(5);
  });
});
