import { type Token, tokens } from './lexer';

/** One statement of a script; indices count UTF-16 units, as JavaScript strings do. */
export interface Statement {
  /** Its first token. */
  readonly start: number;
  /** After its last token; the semicolon is not part of it. */
  readonly end: number;
  /** True when a semicolon ends it. */
  readonly terminated: boolean;
}

/**
 * Splits a script where PostgreSQL would: not in quotes, dollar quotes, comments, parentheses
 * (rules) or `BEGIN ATOMIC … END` bodies. What holds no token is no statement, so the n-th
 * statement is the n-th the server answers.
 */
export function splitStatements(script: string): Statement[] {
  const statements: Statement[] = [];
  let first: Token | undefined;
  let last: Token | undefined;
  let parentheses = 0;
  let body = new BodyDepth();
  const close = (terminated: boolean) => {
    if (first && last) statements.push({ start: first.start, end: last.end, terminated });
    first = undefined;
    last = undefined;
    parentheses = 0;
    body = new BodyDepth();
  };
  for (const token of tokens(script)) {
    if (token.kind === 'semicolon' && parentheses === 0 && body.depth === 0) {
      close(true);
      continue;
    }
    first ??= token;
    last = token;
    if (token.kind === 'open') parentheses++;
    else if (token.kind === 'close') parentheses = Math.max(0, parentheses - 1);
    else if (token.kind === 'word' && parentheses === 0) {
      body.word(script.slice(token.start, token.end).toLowerCase());
    }
  }
  close(false);
  return statements;
}

/** The first word of the first statement in lower case, or '' when it begins otherwise. */
export function firstWord(script: string): string {
  for (const token of tokens(script)) {
    if (token.kind === 'semicolon') continue;
    return token.kind === 'word' ? script.slice(token.start, token.end).toLowerCase() : '';
  }
  return '';
}

/**
 * How deep a word is in the body of an SQL function (`CREATE FUNCTION … BEGIN ATOMIC … END`),
 * counted by BEGIN ATOMIC, CASE and END.
 */
class BodyDepth {
  depth = 0;
  #previous = '';
  readonly #opening: string[] = [];

  word(word: string): void {
    if (this.#opening.length < 4) this.#opening.push(word);
    if (this.#createsRoutine()) {
      if (word === 'atomic' && this.#previous === 'begin') this.depth++;
      else if (word === 'case' && this.depth > 0) this.depth++;
      else if (word === 'end' && this.depth > 0) this.depth--;
    }
    this.#previous = word;
  }

  #createsRoutine(): boolean {
    return /^create (or replace )?(function|procedure)( |$)/.test(this.#opening.join(' '));
  }
}
