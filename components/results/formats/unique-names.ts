/** Columns' names made different from each other: a result may have `count` twice, an object or a table may not. */
export function uniqueNames(names: readonly string[]): string[] {
  const taken = new Set(names);
  const used = new Set<string>();
  return names.map((name) => {
    let unique = name;
    for (let n = 2; used.has(unique); n++) {
      const next = `${name}_${n}`;
      if (!taken.has(next)) unique = next;
    }
    used.add(unique);
    return unique;
  });
}
