import { firstWord, splitStatements } from '../postgres/statements';
import type { NewCell } from './cells';
import { trimLines } from './file-marks';

/** A dump has thousands of statements; beyond this many cells neighbours are put together. */
const MAX_CELLS = 200;

/** Longer lines are looked at as data only. */
const MAX_COMMAND_LINE = 10_000;

/**
 * The cells of a script that is not ours: statements with no empty line between them are one cell,
 * with the comments before them, and so is a transaction. A comment that opens the script becomes
 * text; lines that psql itself understands, and the data of a COPY, are kept with their own.
 */
export function readForeignSql(script: string): NewCell[] {
  const texts = segments(script.split('\n')).flatMap(groups);
  const [opening, ...rest] = texts;
  const title = opening === undefined ? undefined : commentText(opening);
  const together = gather(title === undefined ? texts : rest);
  const cells = together.map((text): NewCell => ({ kind: 'sql', text }));
  return title === undefined ? cells : [{ kind: 'text', text: title }, ...cells];
}

/** Cuts out what is not SQL: psql's own commands, and COPY with the lines of data up to `\.`. */
function segments(lines: readonly string[]): string[] {
  const found: string[][] = [[]];
  let inCopy = false;
  let previous = '';
  for (const line of lines) {
    const command = isCommand(line, previous);
    if (!inCopy && (command || beginsCopy(line))) found.push([]);
    found.at(-1)?.push(line);
    if (inCopy ? line === '\\.' : command) found.push([]);
    inCopy = inCopy ? line !== '\\.' : beginsCopy(line);
    previous = line;
  }
  return found.map((segment) => segment.join('\n'));
}

/** Only where no statement is open, as far as one line tells. */
function isCommand(line: string, previous: string): boolean {
  return /^\\[a-zA-Z!?]/.test(line) && /^\s*$|^\s*--|^\\|;\s*$/.test(previous);
}

function beginsCopy(line: string): boolean {
  if (line.length > MAX_COMMAND_LINE || !/^copy\s/i.test(line)) return false;
  return /\sfrom\s+stdin\b/i.test(line) && line.trimEnd().endsWith(';');
}

/** Statements that belong together, each group with the comments before it. */
function groups(script: string): string[] {
  const statements = splitStatements(script);
  const cuts: number[] = [];
  let inTransaction = false;
  let previousEnd = 0;
  for (const { start, end } of statements) {
    const gap = script.slice(previousEnd, start);
    if (!inTransaction && /\n[ \t]*\n/.test(gap)) cuts.push(cutOf(gap, previousEnd));
    const word = firstWord(script.slice(start, end));
    if (word === 'begin' || word === 'start') inTransaction = true;
    else if (/^(commit|end|rollback|abort)$/.test(word)) inTransaction = false;
    previousEnd = end;
  }
  return [0, ...cuts]
    .map((cut, i) => trimLines(script.slice(cut, cuts[i]).split('\n')).join('\n'))
    .filter((text) => text !== '');
}

/** Before a first statement the comment of the script ends at an empty line; behind another, its line's end does it. */
function cutOf(gap: string, offset: number): number {
  const cut = offset === 0 ? gap.search(/\S\s*\n[ \t]*\n/) : -1;
  return offset + (cut < 0 ? gap.indexOf('\n') : cut + 1);
}

/** The text of what holds line comments alone. */
function commentText(sql: string): string | undefined {
  const lines = sql.split('\n');
  if (!lines.every((line) => /^\s*(--|$)/.test(line))) return undefined;
  return trimLines(lines.map((line) => line.replace(/^\s*--+ ?/, ''))).join('\n') || undefined;
}

function gather(texts: readonly string[]): string[] {
  const size = Math.ceil(texts.length / MAX_CELLS);
  const found: string[] = [];
  for (let i = 0; i < texts.length; i += size) found.push(texts.slice(i, i + size).join('\n\n'));
  return found;
}
