/** What splitting a script needs to know of a token. */
export type TokenKind = 'word' | 'open' | 'close' | 'semicolon' | 'other';

/** Indices count UTF-16 units; comments and white space are no tokens. */
export interface Token {
  readonly kind: TokenKind;
  readonly start: number;
  readonly end: number;
}

/** PostgreSQL takes every byte above 0x7f for a letter. */
const WORD = /[A-Za-z_\u0080-\uffff][A-Za-z0-9_$\u0080-\uffff]*/y;
const SPACE = /[ \t\n\r\f\v]+/y;
const LINE_COMMENT = /--[^\n\r]*/y;
const NUMBER = /\d[\d_]*(\.\d[\d_]*)?/y;
const DOLLAR_TAG = /\$([A-Za-z_\u0080-\uffff][A-Za-z0-9_\u0080-\uffff]*)?\$/y;
const PARAMETER = /\$\d+/y;
/** E'', B'', X'', N'', U&'' and U&"" are one token with their prefix. */
const PREFIXED_QUOTE = /(?:[bBxXnN]|[uU]&)?'|(?:[uU]&)?"|[eE]'/y;

const PUNCTUATION: Record<string, TokenKind> = {
  '(': 'open',
  ')': 'close',
  ';': 'semicolon',
};

/**
 * Cuts SQL into tokens as PostgreSQL's lexer does, with `standard_conforming_strings` on. What is
 * left open (a quote, a comment) reaches to the end.
 * @param from where to begin, outside of any token
 */
export function* tokens(sql: string, from = 0): Generator<Token> {
  let at = from;
  while (at < sql.length) {
    const blank = skipBlank(sql, at);
    if (blank > at) {
      at = blank;
      continue;
    }
    const { kind, end } = tokenAt(sql, at);
    yield { kind, start: at, end };
    at = end;
  }
}

/** After white space or one comment at `at`; `at` itself when there is neither. */
function skipBlank(sql: string, at: number): number {
  const blank = match(SPACE, sql, at) ?? match(LINE_COMMENT, sql, at);
  if (blank !== undefined) return blank;
  return sql.startsWith('/*', at) ? skipBlockComment(sql, at) : at;
}

function tokenAt(sql: string, at: number): { kind: TokenKind; end: number } {
  const quote = match(PREFIXED_QUOTE, sql, at);
  if (quote !== undefined) return { kind: 'other', end: skipQuoted(sql, at, quote) };
  const word = match(WORD, sql, at);
  if (word !== undefined) return { kind: 'word', end: word };
  const tag = match(DOLLAR_TAG, sql, at);
  if (tag !== undefined) return { kind: 'other', end: skipTo(sql, sql.slice(at, tag), tag) };
  const plain = match(NUMBER, sql, at) ?? match(PARAMETER, sql, at) ?? at + 1;
  return { kind: PUNCTUATION[sql.charAt(at)] ?? 'other', end: plain };
}

/** Comments nest. */
function skipBlockComment(sql: string, start: number): number {
  const edge = /\/\*|\*\//g;
  edge.lastIndex = start;
  let depth = 0;
  for (let found = edge.exec(sql); found; found = edge.exec(sql)) {
    depth += found[0] === '/*' ? 1 : -1;
    if (depth === 0) return edge.lastIndex;
  }
  return sql.length;
}

/** @param start of the token with its prefix @param inside after the opening quote */
function skipQuoted(sql: string, start: number, inside: number): number {
  const quote = sql.charAt(inside - 1);
  const escapes = quote === "'" && /[eE]/.test(sql.charAt(start));
  let at = inside;
  for (;;) {
    const end = escapes ? skipEscaped(sql, at) : skipTo(sql, quote, at);
    if (sql.charAt(end - 1) !== quote || end === at) return end;
    if (sql.charAt(end) === quote) {
      at = end + 1;
      continue;
    }
    const continued = quote === "'" ? skipToContinuation(sql, end) : undefined;
    if (continued === undefined) return end;
    at = continued;
  }
}

/** A string goes on after white space and line comments that hold a line's end, and a quote. */
function skipToContinuation(sql: string, closed: number): number | undefined {
  let at = closed;
  for (;;) {
    const blank = match(SPACE, sql, at) ?? match(LINE_COMMENT, sql, at);
    if (blank === undefined) break;
    at = blank;
  }
  return sql.charAt(at) === "'" && /[\n\r]/.test(sql.slice(closed, at)) ? at + 1 : undefined;
}

/** After the next quote that no backslash escapes. */
function skipEscaped(sql: string, start: number): number {
  for (let at = start; at < sql.length; at++) {
    const char = sql.charAt(at);
    if (char === '\\') at++;
    else if (char === "'") return at + 1;
  }
  return sql.length;
}

/** After the next `needle`, or the end. */
function skipTo(sql: string, needle: string, from: number): number {
  const found = sql.indexOf(needle, from);
  return found < 0 ? sql.length : found + needle.length;
}

/** The end of a sticky expression's match at `at`. */
function match(expression: RegExp, sql: string, at: number): number | undefined {
  expression.lastIndex = at;
  return expression.test(sql) ? expression.lastIndex : undefined;
}
