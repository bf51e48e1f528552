import type * as Y from 'yjs';
import { commonLines } from './line-diff';

/** Lines end in \n alone: editors count others as one character, the document as two. */
export function unixLines(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}

/** The beginning of at most `limit` UTF-16 units that cuts no character in two. */
export function wholeCharacters(text: string, limit: number): string {
  return text.length <= limit ? text : text.slice(0, characterStart(text, limit));
}

/** `index`, or the one before where it would cut a character in two: Yjs would spoil both halves. */
export function characterStart(text: string, index: number): number {
  return cutsAt(text, index) ? index - 1 : index;
}

/** Makes a text equal to `target` and leaves alone what is the same, so that cursors and edits of others stay. */
export function replaceText(text: Y.Text, target: string): void {
  const present = text.toString();
  // From the end, so that earlier places stay right.
  for (const { start, end, insert } of edits(present, target).toReversed()) {
    if (end > start) text.delete(start, end - start);
    if (insert !== '') text.insert(start, insert);
  }
}

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly insert: string;
}

/** What turns one text into the other: lines that differ, and within them what stands between equal ends. */
function edits(from: string, to: string): Edit[] {
  const a = linesOf(from);
  const b = linesOf(to);
  const found: Edit[] = [];
  let [i, j, offset] = [0, 0, 0];
  for (const [x, y] of [...commonLines(a, b), [a.length, b.length] as const]) {
    const old = a.slice(i, x).join('');
    const edit = trimmed(old, b.slice(j, y).join(''), offset);
    if (edit) found.push(edit);
    offset += old.length + (a[x]?.length ?? 0);
    [i, j] = [x + 1, y + 1];
  }
  return found;
}

/** Without what is the same at both ends. */
function trimmed(old: string, fresh: string, offset: number): Edit | undefined {
  if (old === fresh) return undefined;
  const limit = Math.min(old.length, fresh.length);
  let head = 0;
  while (head < limit && old.charCodeAt(head) === fresh.charCodeAt(head)) head++;
  head = Math.min(characterStart(old, head), characterStart(fresh, head));
  let tail = 0;
  while (
    tail < limit - head &&
    old.charCodeAt(old.length - 1 - tail) === fresh.charCodeAt(fresh.length - 1 - tail)
  ) {
    tail++;
  }
  if (cutsAt(old, old.length - tail) || cutsAt(fresh, fresh.length - tail)) tail--;
  return {
    start: offset + head,
    end: offset + old.length - tail,
    insert: fresh.slice(head, fresh.length - tail),
  };
}

/** Each with its line end. */
function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** True between the two halves of a character beyond U+FFFF. */
function cutsAt(text: string, index: number): boolean {
  const [before, after] = [text.charCodeAt(index - 1), text.charCodeAt(index)];
  return before >= 0xd800 && before <= 0xdbff && after >= 0xdc00 && after <= 0xdfff;
}
