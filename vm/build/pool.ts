/**
 * Runs `work` for each item, at most `width` at a time, and returns the results in the order of the items.
 * Rejects with the first failure; no further items are begun then.
 */
export async function mapPool<Item, Result>(
  items: readonly Item[],
  width: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results = new Array<Result>(items.length);
  const queue = items.entries();
  let failed = false;
  const lane = async () => {
    for (const [index, item] of queue) {
      if (failed) return;
      try {
        results[index] = await work(item);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, lane));
  return results;
}

/** Waits for all of them even when one fails, so that nothing is left running; rejects then with the first failure. */
export async function together<Results extends readonly unknown[]>(
  works: readonly [...{ [K in keyof Results]: Promise<Results[K]> }],
): Promise<Results> {
  await Promise.allSettled(works);
  return (await Promise.all(works)) as unknown as Results;
}
