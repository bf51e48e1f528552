const numbers = new WeakMap<object, number>();
let last = 0;

/** A number of its own for each object, to tell React that another one has taken its place. */
export function identityOf(object: object): number {
  const known = numbers.get(object);
  if (known !== undefined) return known;
  numbers.set(object, ++last);
  return last;
}
