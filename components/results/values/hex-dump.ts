const LINE_BYTES = 16;

export interface HexLine {
  /** Of its first byte, in hexadecimal. */
  readonly offset: string;
  /** Pairs of digits, in two groups of eight. */
  readonly hex: string;
  /** The bytes as ASCII; what is not printable is a dot. */
  readonly ascii: string;
}

/** How many bytes a bytea has in PostgreSQL's hex format; undefined for the older escape format. */
export function byteCount(text: string): number | undefined {
  return /^\\x(?:[\da-f]{2})*$/.test(text) ? (text.length - 2) / 2 : undefined;
}

/** The first bytes of a bytea in hex format, 16 a line. */
export function hexLines(text: string, limit: number): HexLine[] {
  const lines: HexLine[] = [];
  const end = Math.min(text.length, 2 + 2 * limit);
  for (let at = 2; at < end; at += 2 * LINE_BYTES) {
    const pairs = text.slice(at, Math.min(end, at + 2 * LINE_BYTES)).match(/../g) ?? [];
    lines.push({
      offset: ((at - 2) / 2).toString(16).padStart(6, '0'),
      hex: `${pairs.slice(0, 8).join(' ')}  ${pairs.slice(8).join(' ')}`.trimEnd(),
      ascii: pairs.map(asciiOf).join(''),
    });
  }
  return lines;
}

function asciiOf(pair: string): string {
  const code = Number.parseInt(pair, 16);
  return code >= 0x20 && code < 0x7f ? String.fromCharCode(code) : '.';
}
