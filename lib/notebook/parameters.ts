import { type Token, tokens } from '../postgres/lexer';
import { isParameterName } from './parameter-name';
import type { InputChoice } from './types';

/** A `:name` in a statement's text, with the colon; indices count UTF-16 units. */
export interface Parameter {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

export type Filled =
  | {
      readonly kind: 'filled';
      readonly sql: string;
      /** An index of `sql` as one of the text with `:name`; within a value, where its `:name` begins. */
      toOriginal(index: number): number;
    }
  /** These have no value. */
  | { readonly kind: 'missing'; readonly names: readonly string[] }
  /** The value holds a NUL character, which PostgreSQL has not in text. */
  | { readonly kind: 'refused'; readonly name: string };

/**
 * The parameters of a script: a colon and, right after it, a name. Not in strings, quoted names,
 * comments and dollar quotes; not `::`, `:=` and `:'x'`; and not a slice's colon: directly between
 * the brackets of a subscript, `a[1:n]` and `a[:n]` are slices, and a parameter there is written in
 * parentheses, `a[(:n)]`. The brackets of `ARRAY[:a, :b]` are no subscript.
 */
export function parameterNames(sql: string): Parameter[] {
  const found: Parameter[] = [];
  const brackets = new Brackets();
  let colon: Token | undefined;
  let previous = '';
  for (const token of tokens(sql)) {
    const text = sql.slice(token.start, token.end);
    const adjacent = colon !== undefined && colon.end === token.start;
    if (text === ':') {
      // Two of them are a cast, and the second begins nothing.
      colon = adjacent ? undefined : token;
      if (adjacent) previous = '::';
      continue;
    }
    if (colon && adjacent && token.kind === 'word' && isParameterName(text) && !brackets.slices) {
      found.push({ name: text, start: colon.start, end: token.end });
    }
    colon = undefined;
    brackets.next(text, previous);
    previous = text;
  }
  return found;
}

/** Which bracket is the innermost open one. */
class Brackets {
  readonly #open: ('(' | 'subscript' | 'array')[] = [];

  get slices(): boolean {
    return this.#open.at(-1) === 'subscript';
  }

  next(token: string, previous: string): void {
    if (token === '(') this.#open.push('(');
    else if (token === '[') this.#open.push(this.#begins(previous) ? 'array' : 'subscript');
    else if (token === ')' || token === ']') this.#open.pop();
    else if (token === ';') this.#open.length = 0;
  }

  /** Rows of an array of several dimensions have no word before them. */
  #begins(previous: string): boolean {
    const inArray = this.#open.at(-1) === 'array' && (previous === '[' || previous === ',');
    return inArray || previous.toLowerCase() === 'array';
  }
}

/**
 * Puts values where the parameters are, as literals: quoted so that no value can end its quotes,
 * whatever `standard_conforming_strings` is. A number that an input of type `number` asks for is
 * written bare, so that `:a / :b` divides. `::date` and the like after a parameter say its type.
 */
export function fillParameters(
  sql: string,
  values: ReadonlyMap<string, string>,
  inputs: readonly InputChoice[] = [],
): Filled {
  const parameters = parameterNames(sql);
  const missing = new Set(parameters.map(({ name }) => name).filter((name) => !values.has(name)));
  if (missing.size > 0) return { kind: 'missing', names: [...missing] };
  const numbers = new Set(inputs.filter(({ type }) => type === 'number').map(({ name }) => name));
  const pieces: Piece[] = [];
  let filled = '';
  let copied = 0;
  for (const { name, start, end } of parameters) {
    const value = values.get(name) ?? '';
    if (value.includes('\0')) return { kind: 'refused', name };
    filled += sql.slice(copied, start);
    const literal = apart(sql, start, end, numbers.has(name) ? number(value) : quote(value));
    pieces.push({
      start: filled.length,
      end: filled.length + literal.length,
      from: start,
      to: end,
    });
    filled += literal;
    copied = end;
  }
  filled += sql.slice(copied);
  return { kind: 'filled', sql: filled, toOriginal: (index) => original(pieces, index) };
}

/** A literal of the filled text, and the `:name` it stands for. */
interface Piece {
  readonly start: number;
  readonly end: number;
  readonly from: number;
  readonly to: number;
}

function original(pieces: readonly Piece[], index: number): number {
  const piece = pieces.findLast(({ start }) => start <= index);
  if (!piece) return index;
  return index < piece.end ? piece.from : index - piece.end + piece.to;
}

/** As PostgreSQL's quote_literal: E'' where a backslash could mean something. */
function quote(value: string): string {
  const doubled = value.replaceAll("'", "''");
  return value.includes('\\') ? `E'${doubled.replaceAll('\\', '\\\\')}'` : `'${doubled}'`;
}

/** Bare when it is a number and nothing else; in parentheses when negative: two minus signs begin a comment. */
function number(value: string): string {
  const trimmed = value.trim();
  if (!/^-?(\d+(\.\d+)?|\.\d+)([eE][+-]?\d+)?$/.test(trimmed)) return quote(value);
  return trimmed.startsWith('-') ? `(${trimmed})` : trimmed;
}

/** Keeps the literal from growing into one token, or one string, with its neighbours. */
function apart(sql: string, start: number, end: number, literal: string): string {
  const before = /[\w$'"&\u0080-\uffff.]$/.test(sql.charAt(start - 1)) ? ' ' : '';
  const after = /^[\w$'"\u0080-\uffff.]/.test(sql.charAt(end)) ? ' ' : '';
  return before + literal + after;
}
