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
  const cutter = new StatementCutter(script);
  for (const token of tokens(script)) {
    const ended = cutter.take(token);
    if (ended) statements.push(ended);
  }
  const open = cutter.close();
  if (open) statements.push(open);
  return statements;
}

/** Gathers tokens into statements. */
export class StatementCutter {
  readonly #script: string;
  #first: Token | undefined;
  #last: Token | undefined;
  #parentheses = 0;
  #body = new BodyDepth();

  constructor(script: string) {
    this.#script = script;
  }

  /** True when the next token would be a statement's first. */
  get isBetween(): boolean {
    return this.#first === undefined;
  }

  /** True where a semicolon would end the statement. */
  get mayEnd(): boolean {
    return this.#parentheses === 0 && this.#body.depth === 0;
  }

  /** The statement that this token ends, if it does. */
  take(token: Token): Statement | undefined {
    if (token.kind === 'semicolon' && this.mayEnd) return this.#end(true);
    this.#first ??= token;
    this.#last = token;
    if (token.kind === 'open') this.#parentheses++;
    else if (token.kind === 'close') this.#parentheses = Math.max(0, this.#parentheses - 1);
    else if (token.kind === 'word' && this.#parentheses === 0) {
      this.#body.word(this.#script.slice(token.start, token.end).toLowerCase());
    }
    return undefined;
  }

  /** Ends what has begun, without a semicolon. */
  close(): Statement | undefined {
    return this.#end(false);
  }

  #end(terminated: boolean): Statement | undefined {
    const first = this.#first;
    const last = this.#last;
    this.#first = undefined;
    this.#last = undefined;
    this.#parentheses = 0;
    this.#body = new BodyDepth();
    return first && last && { start: first.start, end: last.end, terminated };
  }
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
