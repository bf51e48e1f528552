import type { Span } from './editor-surface';

const WORD = /[\p{L}\p{N}_$.]+/uy;

/** What to underline for an error at an index: the word that stands there, else one character, else the last one. */
export function errorSpan(text: string, index: number): Span {
  const start = Math.max(0, Math.min(index, text.length));
  WORD.lastIndex = start;
  const word = WORD.exec(text);
  if (word) return { start, end: start + word[0].length };
  if (start < text.length && text[start] !== '\n') return { start, end: start + 1 };
  return { start: Math.max(0, start - 1), end: start };
}

/** Line and column from 1, as an editor counts. */
export function lineAndColumn(text: string, index: number): { line: number; column: number } {
  const before = text.slice(0, index).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
