/** An array as PostgreSQL writes it, taken apart. */
export interface ArrayText {
  /** The number of the first element; 1 unless the array says otherwise. */
  readonly first: number;
  readonly items: readonly ArrayItem[];
}

/** Null is NULL. */
export type ArrayItem = string | null | ArrayText;

/** PostgreSQL allows no more dimensions. */
const DIMENSIONS = 6;

/**
 * Takes apart what `array_out` writes: `{1,NULL,"a b",{2}}`, `[0:1]={1,2}`. Undefined when it is not well-formed.
 * @param delimiter `;` for arrays of box, `,` for all others
 */
export function parseArrayText(text: string, delimiter = ','): ArrayText | undefined {
  const bounds = /^((?:\[-?\d+:-?\d+\])+)=/.exec(text);
  const firsts = [...(bounds?.[1] ?? '').matchAll(/\[(-?\d+):/g)].map(([, first]) => Number(first));
  const reader = new ArrayReader(text, bounds?.[0].length ?? 0, delimiter, firsts);
  const array = reader.array(0);
  return array && reader.atEnd ? array : undefined;
}

class ArrayReader {
  constructor(
    private readonly source: string,
    private at: number,
    private readonly delimiter: string,
    private readonly firsts: readonly number[],
  ) {}

  get atEnd(): boolean {
    return this.at === this.source.length;
  }

  array(depth: number): ArrayText | undefined {
    if (depth >= DIMENSIONS || !this.take('{')) return undefined;
    const items: ArrayItem[] = [];
    const first = this.firsts[depth] ?? 1;
    if (this.take('}')) return { first, items };
    do {
      const item = this.item(depth);
      if (item === undefined) return undefined;
      items.push(item);
    } while (this.take(this.delimiter));
    return this.take('}') ? { first, items } : undefined;
  }

  private item(depth: number): ArrayItem | undefined {
    const next = this.source[this.at];
    if (next === '{') return this.array(depth + 1);
    if (next === '"') return this.quoted();
    const from = this.at;
    while (this.at < this.source.length && !this.endsItem(this.source[this.at])) {
      this.at += this.source[this.at] === '\\' ? 2 : 1;
    }
    const text = this.source.slice(from, this.at);
    if (text === '') return undefined;
    return text === 'NULL' ? null : text.replace(/\\(.)/gs, '$1');
  }

  private endsItem(character: string | undefined): boolean {
    return character === this.delimiter || character === '}' || character === '{';
  }

  private quoted(): string | undefined {
    const end = this.endOfQuoted();
    if (end === undefined) return undefined;
    const text = this.source.slice(this.at + 1, end);
    this.at = end + 1;
    return text.includes('\\') ? text.replace(/\\(.)/gs, '$1') : text;
  }

  private endOfQuoted(): number | undefined {
    for (let at = this.at + 1; at < this.source.length; at++) {
      if (this.source[at] === '"') return at;
      if (this.source[at] === '\\') at++;
    }
    return undefined;
  }

  private take(character: string): boolean {
    if (this.source[this.at] !== character) return false;
    this.at++;
    return true;
  }
}
