/**
 * A file name or path of the guest as a string that loses nothing. Linux's names are bytes; bytes that are not UTF-8
 * stand as lone surrogates U+DC80 to U+DCFF, one a byte, as in Python (PEP 383).
 */
export type FileName = string;

/** Linux's limit for one name. */
const MAX_NAME_BYTES = 255;
/** Rule D1 of docs/protocol.md. */
export const MAX_PATH_BYTES = 4_000;

const ESCAPE_BASE = 0xdc00;
const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;
const LONE_SURROGATES = new RegExp(LONE_SURROGATE, 'g');

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export function nameFromBytes(bytes: Uint8Array): FileName {
  try {
    return decoder.decode(bytes);
  } catch {
    return lenient(bytes);
  }
}

/** The bytes of a name; inverse of `nameFromBytes`. A surrogate that stands for no byte becomes U+FFFD. */
export function bytesOfName(name: FileName): Uint8Array {
  if (isUtf8Name(name)) return encoder.encode(name);
  const parts: number[] = [];
  let from = 0;
  for (const { 0: unit, index } of name.matchAll(LONE_SURROGATES)) {
    parts.push(...encoder.encode(name.slice(from, index)));
    const byte = unit.charCodeAt(0) - ESCAPE_BASE;
    parts.push(...(byte >= 0x80 && byte <= 0xff ? [byte] : encoder.encode('\uFFFD')));
    from = index + 1;
  }
  parts.push(...encoder.encode(name.slice(from)));
  return Uint8Array.from(parts);
}

/** True for a name that can travel as text (rules D1 and M1). */
export function isUtf8Name(name: FileName): boolean {
  return !LONE_SURROGATE.test(name);
}

/** Why a name cannot be given to a file or folder, as a sentence; undefined when it can. */
export function nameProblem(name: FileName): string | undefined {
  if (name === '') return 'A name is needed.';
  if (name === '.' || name === '..') return 'This name means a folder itself; choose another one.';
  if (name.includes('/')) return 'A name cannot hold a slash.';
  if (name.includes('\0')) return 'A name cannot hold a zero byte.';
  if (!isUtf8Name(name)) return 'The name is not valid Unicode.';
  const { length } = bytesOfName(name);
  if (length > MAX_NAME_BYTES) {
    return `The name takes ${length} bytes; the machine allows ${MAX_NAME_BYTES}.`;
  }
  return undefined;
}

/** Whole UTF-8 characters as they are, every other byte escaped. */
function lenient(bytes: Uint8Array): FileName {
  let name = '';
  for (let at = 0; at < bytes.length; ) {
    const length = sequenceLength(bytes[at]!);
    const character = length > 0 ? wholeCharacter(bytes.subarray(at, at + length)) : undefined;
    name += character ?? String.fromCharCode(ESCAPE_BASE + bytes[at]!);
    at += character === undefined ? 1 : length;
  }
  return name;
}

function sequenceLength(first: number): number {
  if (first < 0x80) return 1;
  if (first >= 0xc2 && first < 0xe0) return 2;
  if (first >= 0xe0 && first < 0xf0) return 3;
  return first >= 0xf0 && first < 0xf5 ? 4 : 0;
}

function wholeCharacter(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}
