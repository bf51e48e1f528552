import { type Token, tokens } from '@/lib/postgres/lexer';

/** A word, a sign, a literal; or a parenthesis with what stands in it. Indices are those of the text. */
export type Item = Leaf | Group;

export interface Leaf {
  readonly kind: 'word' | 'name' | 'sign' | 'literal';
  readonly start: number;
  readonly end: number;
  /** Words as written, but names without their quotes; signs and literals as written. */
  readonly text: string;
  /** What a keyword is compared with: words in lower case, '' for everything else but signs. */
  readonly word: string;
}

export interface Group {
  readonly kind: 'group';
  readonly items: Item[];
}

/** Builds groups out of tokens; a parenthesis that is missing is one that stands at the end. */
class TreeBuilder {
  readonly root: Group = { kind: 'group', items: [] };
  private open: Group[] = [this.root];

  /** The groups around the place reached, outermost first. */
  get path(): readonly Group[] {
    return [...this.open];
  }

  add(token: Token, text: string): void {
    const inner = this.open[this.open.length - 1] ?? this.root;
    if (token.kind === 'open') {
      const group: Group = { kind: 'group', items: [] };
      inner.items.push(group);
      this.open.push(group);
    } else if (token.kind === 'close') {
      // One too many closes nothing.
      if (this.open.length > 1) this.open.pop();
    } else {
      inner.items.push(leaf(token, text));
    }
  }
}

function leaf({ kind, start, end }: Token, whole: string): Leaf {
  const text = whole.slice(start, end);
  if (kind === 'word') return { kind: 'word', start, end, text, word: text.toLowerCase() };
  const first = text.charAt(0);
  if (first === '"') {
    return { kind: 'name', start, end, text: unquoted(text), word: '' };
  }
  const literal = /^(\d|[bBxXnNeE]?'|\$|[uU]&)/.test(text);
  return { kind: literal ? 'literal' : 'sign', start, end, text, word: literal ? '' : text };
}

/** A quoted name as it is in the catalogue; the closing quote may be missing. */
function unquoted(text: string): string {
  const inner = text.length > 1 && text.endsWith('"') ? text.slice(1, -1) : text.slice(1);
  return inner.replaceAll('""', '"');
}

/** How a name that is written like this is looked up: PostgreSQL folds what is not quoted. */
export function nameOf(item: Item | undefined): string | undefined {
  if (item?.kind === 'name') return item.text;
  return item?.kind === 'word' ? item.word : undefined;
}

export function isWord(item: Item | undefined, ...words: string[]): boolean {
  return item?.kind === 'word' && words.includes(item.word);
}

export function isSign(item: Item | undefined, sign: string): boolean {
  return item?.kind === 'sign' && item.text === sign;
}

/** How much of a text is looked at before and after the place: a statement is seldom longer, and lexing 40 KB takes a millisecond. */
const LOOK_BACK = 20_000;
const LOOK_AHEAD = 10_000;

/** The place in a statement that somebody is at. */
export type Spot =
  /** In a comment or a string: there is nothing to say. */
  | { readonly kind: 'nothing' }
  | {
      readonly kind: 'code';
      readonly root: Group;
      /** The groups around the place, outermost first; never empty. */
      readonly path: readonly Group[];
      /** How many items of the innermost group stand before the place. */
      readonly before: number;
      /** What of a word or a quoted name stands before the place already. */
      readonly prefix: string;
      readonly quoted: boolean;
      /** Where the prefix begins, its quote included. */
      readonly from: number;
      /** A parenthesis follows at once. */
      readonly called: boolean;
    };

/** Finds the statement around `offset`, as far as it is written, and the place in it. */
export function findSpot(sql: string, offset: number): Spot {
  const first = windowStart(sql, offset);
  return spotIn(sql.slice(first, offset + LOOK_AHEAD), offset - first, first);
}

/** A text that is too long is looked at from the beginning of a statement, as far as one can tell. */
function windowStart(sql: string, offset: number): number {
  if (offset <= LOOK_BACK) return 0;
  const start = offset - LOOK_BACK;
  const edge = /;[ \t]*\r?\n/g;
  edge.lastIndex = start;
  const found = edge.exec(sql.slice(0, offset));
  return found ? found.index + 1 : start;
}

function spotIn(text: string, at: number, shift: number): Spot {
  const head = text.slice(0, at);
  let statement = [...tokens(head)];
  const last = statement[statement.length - 1];
  if (inComment(head, last?.end ?? 0)) return { kind: 'nothing' };
  let prefix = '';
  let quoted = false;
  if (last && last.end === at) {
    const written = head.slice(last.start);
    if (written.startsWith('"')) {
      if (!isOpenQuote(written)) return { kind: 'nothing' };
      quoted = true;
    } else if (/^[bBxXnNeE]?'/.test(written) || /^[uU]&/.test(written)) {
      return { kind: 'nothing' };
    } else if (written.startsWith('$')) {
      return inBody(text, written, last.start, at, shift);
    } else if (/^\d/.test(written)) {
      return { kind: 'nothing' };
    }
    if (quoted || last.kind === 'word') {
      prefix = quoted ? unquoted(written) : written;
      statement.pop();
    }
  }
  const from = quoted || prefix !== '' ? (last?.start ?? at) : at;
  const end = statement.findLastIndex(({ kind }) => kind === 'semicolon');
  statement = statement.slice(end + 1);

  const tree = new TreeBuilder();
  for (const token of statement) tree.add(token, text);
  const { path } = tree;
  const inner = path[path.length - 1] ?? tree.root;
  const before = inner.items.length;
  const rest = afterPrefix(text, at, quoted);
  for (const token of tokens(text.slice(rest))) {
    if (token.kind === 'semicolon') break;
    tree.add({ kind: token.kind, start: token.start + rest, end: token.end + rest }, text);
  }
  const called = text.charAt(rest) === '(';
  return {
    kind: 'code',
    root: tree.root,
    path,
    before,
    prefix,
    quoted,
    from: from + shift,
    called,
  };
}

/** A dollar-quoted text is most often the body of a function: it is looked into as into a script. */
function inBody(text: string, written: string, start: number, at: number, shift: number): Spot {
  const tag = /^\$[^$]*\$/.exec(written)?.[0];
  // A parameter such as $1, or a tag that is not written yet.
  if (!tag) return { kind: 'nothing' };
  const inside = start + tag.length;
  const closed = written.length >= 2 * tag.length && written.endsWith(tag);
  if (closed) return { kind: 'nothing' };
  const end = text.indexOf(tag, inside);
  const body = text.slice(inside, end < 0 ? text.length : end);
  return spotIn(body, at - inside, shift + inside);
}

/** True when a quoted name has no closing quote yet. */
function isOpenQuote(written: string): boolean {
  return (written.match(/"/g)?.length ?? 0) % 2 === 1;
}

/** After what of the word or the quoted name stands behind the place. */
function afterPrefix(text: string, at: number, quoted: boolean): number {
  const tail = quoted ? /[^"\r\n]*"?/y : /[A-Za-z0-9_$\u0080-\uffff]*/y;
  tail.lastIndex = at;
  return at + (tail.exec(text)?.[0].length ?? 0);
}

/** What stands after the last token is white space and comments; true when one of those is still open. */
function inComment(head: string, lastEnd: number): boolean {
  const blank = head.slice(lastEnd).replace(/--[^\r\n]*[\r\n]|\/\*[\s\S]*?\*\//g, ' ');
  return blank.includes('--') || blank.includes('/*');
}
