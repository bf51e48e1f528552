/** As many at a time as pages of a class open at once; more would measure the crowd at the door. */
const GROUP = 25;

/** Does `work` for each, some at a time. */
export async function inGroups<T, R>(
  items: readonly T[],
  work: (item: T, index: number) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  for (let start = 0; start < items.length; start += GROUP) {
    const group = items.slice(start, start + GROUP);
    results.push(...(await Promise.all(group.map((item, index) => work(item, start + index)))));
  }
  return results;
}
