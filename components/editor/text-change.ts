/** One replacement in a text. Indexes count UTF-16 units, as Y.Text does. */
export interface TextChange {
  readonly index: number;
  readonly removed: number;
  readonly inserted: string;
}

/** A step of a Y.Text's event. */
export interface DeltaStep {
  readonly retain?: number | undefined;
  readonly insert?: unknown;
  readonly delete?: number | undefined;
}

/**
 * The replacement that made `after` of `before`; undefined when they are the same.
 * @param caret where the cursor stands in `after`: among equal letters it tells which one was typed
 */
export function textChange(before: string, after: string, caret: number): TextChange | undefined {
  if (before === after) return undefined;
  const shorter = Math.min(before.length, after.length);
  let suffix = 0;
  const mostSuffix = Math.min(shorter, Math.max(0, after.length - caret));
  while (suffix < mostSuffix && before.at(-1 - suffix) === after.at(-1 - suffix)) suffix++;
  let prefix = 0;
  while (prefix < shorter - suffix && before[prefix] === after[prefix]) prefix++;
  // What stands after the cursor may have been typed as well: a paste before the cursor's return, a browser's undo.
  while (suffix < shorter - prefix && before.at(-1 - suffix) === after.at(-1 - suffix)) suffix++;
  // Half of a surrogate pair is no text.
  if (prefix > 0 && isHighSurrogate(before.charCodeAt(prefix - 1))) prefix--;
  if (suffix > 0 && isLowSurrogate(before.charCodeAt(before.length - suffix))) suffix--;
  return {
    index: prefix,
    removed: before.length - suffix - prefix,
    inserted: after.slice(prefix, after.length - suffix),
  };
}

/** Where an index is after somebody else's change. What is inserted right at it comes after it. */
export function shiftedIndex(index: number, delta: readonly DeltaStep[]): number {
  let at = 0;
  let shifted = index;
  for (const { retain, insert, delete: removed } of delta) {
    if (at >= shifted) break;
    if (retain) {
      at += retain;
    } else if (typeof insert === 'string') {
      at += insert.length;
      shifted += insert.length;
    } else if (removed) {
      shifted = Math.max(at, shifted - removed);
    }
  }
  return shifted;
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}
