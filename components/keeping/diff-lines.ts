import { commonLines } from '@/lib/notebook/line-diff';

/** A line of a text that changed. */
export interface DiffLine {
  readonly kind: 'same' | 'removed' | 'added';
  readonly line: string;
}

/** How one text becomes another, line by line, with as many equal lines as there can be. Very different texts are replaced. */
export function diffLines(from: string, to: string): readonly DiffLine[] {
  const before = from.split('\n');
  const after = to.split('\n');
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let end = 0;
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  return [
    ...lines('same', before.slice(0, start)),
    ...diffMiddle(before.slice(start, before.length - end), after.slice(start, after.length - end)),
    ...lines('same', before.slice(before.length - end)),
  ];
}

function diffMiddle(before: readonly string[], after: readonly string[]): DiffLine[] {
  const found: DiffLine[][] = [];
  let [b, a] = [0, 0];
  for (const [keptBefore, keptAfter] of commonLines(before, after)) {
    found.push(lines('removed', before.slice(b, keptBefore)));
    found.push(lines('added', after.slice(a, keptAfter)));
    found.push(lines('same', before.slice(keptBefore, keptBefore + 1)));
    [b, a] = [keptBefore + 1, keptAfter + 1];
  }
  found.push(lines('removed', before.slice(b)), lines('added', after.slice(a)));
  return found.flat();
}

function lines(kind: DiffLine['kind'], texts: readonly string[]): DiffLine[] {
  return texts.map((line) => ({ kind, line }));
}
