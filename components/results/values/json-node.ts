/** JSON as it was written: numbers keep their digits, objects their order and their double keys. */
export type JsonNode =
  | { readonly kind: 'object'; readonly members: readonly (readonly [string, JsonNode])[] }
  | { readonly kind: 'array'; readonly items: readonly JsonNode[] }
  | { readonly kind: 'string'; readonly text: string }
  /** A number, true, false or null, as written. */
  | { readonly kind: 'word'; readonly text: string };

/** A tree beyond this cannot be read by people, and reading it takes the page's time. */
const LONGEST = 2_000_000;
/** Deeper nesting is shown as text: a reader that calls itself would run out of stack. */
const DEEPEST = 200;

const SPACE = /[ \t\r\n]*/y;
const STRING = /"[^"\\]*(?:\\.[^"\\]*)*"/y;
const WORD = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/** Undefined for what is no JSON, or too much of it. */
export function parseJsonNode(text: string): JsonNode | undefined {
  if (text.length > LONGEST) return undefined;
  const reader = new JsonReader(text);
  const node = reader.value(0);
  return node && reader.isAtEnd() ? node : undefined;
}

class JsonReader {
  private at = 0;

  constructor(private readonly source: string) {}

  isAtEnd(): boolean {
    this.take(SPACE);
    return this.at === this.source.length;
  }

  value(depth: number): JsonNode | undefined {
    if (depth > DEEPEST) return undefined;
    this.take(SPACE);
    const next = this.source[this.at];
    if (next === '{') return this.object(depth);
    if (next === '[') return this.array(depth);
    if (next === '"') {
      const text = this.string();
      return text === undefined ? undefined : { kind: 'string', text };
    }
    const word = this.take(WORD);
    return word === undefined ? undefined : { kind: 'word', text: word };
  }

  private object(depth: number): JsonNode | undefined {
    const members: [string, JsonNode][] = [];
    const whole = this.list('}', () => {
      this.take(SPACE);
      const key = this.string();
      if (key === undefined || !this.takeSign(':')) return false;
      const value = this.value(depth + 1);
      if (value) members.push([key, value]);
      return value !== undefined;
    });
    return whole ? { kind: 'object', members } : undefined;
  }

  private array(depth: number): JsonNode | undefined {
    const items: JsonNode[] = [];
    const whole = this.list(']', () => {
      const item = this.value(depth + 1);
      if (item) items.push(item);
      return item !== undefined;
    });
    return whole ? { kind: 'array', items } : undefined;
  }

  /** What stands between brackets, with commas; false when it is not well-formed. */
  private list(end: string, one: () => boolean): boolean {
    this.at++;
    if (this.takeSign(end)) return true;
    do {
      if (!one()) return false;
    } while (this.takeSign(','));
    return this.takeSign(end);
  }

  private string(): string | undefined {
    const token = this.take(STRING);
    if (token === undefined) return undefined;
    try {
      const parsed: unknown = JSON.parse(token);
      return typeof parsed === 'string' ? parsed : undefined;
    } catch {
      return undefined;
    }
  }

  private takeSign(sign: string): boolean {
    this.take(SPACE);
    if (this.source[this.at] !== sign) return false;
    this.at++;
    return true;
  }

  private take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.source)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }
}
