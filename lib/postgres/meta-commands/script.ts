import { tokens } from '../lexer';
import { StatementCutter } from '../statements';

/** A part of a script in order; indices count UTF-16 units. */
export interface ScriptPart {
  /** `meta`: a line that begins with a backslash, as psql's commands do. */
  readonly kind: 'sql' | 'meta';
  readonly start: number;
  /** After its last character; a statement's semicolon and a line's end are not part of it. */
  readonly end: number;
}

/**
 * Splits a script into statements and meta-commands. A meta-command is a line that begins with a backslash where a
 * statement could begin or end: no SQL has a backslash outside of quotes, so such a line also ends a statement that
 * lacks its semicolon. In strings, dollar quotes, comments, parentheses and function bodies a backslash is text.
 */
export function splitScript(script: string): ScriptPart[] {
  const parts: ScriptPart[] = [];
  const cutter = new StatementCutter(script);
  const add = (statement: { start: number; end: number } | undefined) => {
    if (statement) parts.push({ kind: 'sql', start: statement.start, end: statement.end });
  };
  let from: number | undefined = 0;
  while (from !== undefined) {
    let next: number | undefined;
    for (const token of tokens(script, from)) {
      if (script[token.start] === '\\' && startsMeta(script, token.start, cutter)) {
        add(cutter.close());
        const line = lineEnd(script, token.start);
        parts.push({ kind: 'meta', start: token.start, end: trimmedEnd(script, line) });
        next = line;
        break;
      }
      add(cutter.take(token));
    }
    from = next;
  }
  add(cutter.close());
  return parts;
}

function startsMeta(script: string, at: number, cutter: StatementCutter): boolean {
  if (cutter.isBetween) return true;
  return cutter.mayEnd && isFirstOfLine(script, at);
}

function isFirstOfLine(script: string, at: number): boolean {
  for (let index = at - 1; index >= 0; index--) {
    const char = script.charAt(index);
    if (char === '\n' || char === '\r') return true;
    if (char !== ' ' && char !== '\t') return false;
  }
  return true;
}

function lineEnd(script: string, from: number): number {
  const found = script.slice(from).search(/[\n\r]/);
  return found < 0 ? script.length : from + found;
}

function trimmedEnd(script: string, end: number): number {
  let at = end;
  while (/[ \t\f\v]/.test(script.charAt(at - 1))) at--;
  return at;
}
