import { describe, expect, it } from 'vitest';
import { mapPool, together } from './pool';

describe('mapPool', () => {
  it('keeps the order of results and never runs more than its width', async () => {
    let running = 0;
    let most = 0;
    const results = await mapPool([30, 1, 2, 3, 4], 2, async (item) => {
      running++;
      most = Math.max(most, running);
      for (let turn = 0; turn < item; turn++) await Promise.resolve();
      running--;
      return item * 2;
    });
    expect(results).toEqual([60, 2, 4, 6, 8]);
    expect(most).toBe(2);
  });

  it('begins nothing after a failure', async () => {
    const begun: number[] = [];
    const pool = mapPool([1, 2, 3], 1, async (item) => {
      begun.push(item);
      if (item === 2) throw new Error('second');
    });
    await expect(pool).rejects.toThrow('second');
    expect(begun).toEqual([1, 2]);
  });

  it('does nothing for nothing', async () => {
    expect(await mapPool([], 4, () => Promise.reject(new Error('never')))).toEqual([]);
  });
});

describe('together', () => {
  it('keeps the order of results', async () => {
    expect(await together([Promise.resolve(1), Promise.resolve('two')])).toEqual([1, 'two']);
  });

  it('waits for the others before it tells of a failure', async () => {
    let ended = false;
    const slow = new Promise<void>((resolve) => setTimeout(resolve, 5)).then(() => {
      ended = true;
    });
    await expect(together([Promise.reject(new Error('first')), slow])).rejects.toThrow('first');
    expect(ended).toBe(true);
  });
});
