import { MAX_METADATA_BYTES, MAX_PAIRS, MAX_PROGRAM_PAIRS } from './limits';

/** Ordered pairs; a key may repeat (M1). */
export type Metadata = readonly (readonly [key: string, value: string])[];

const KEY = /^[a-z][a-z0-9.-]{0,31}$/;
const NUL = '\0';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Metadata as bytes (M1). Throws RangeError for a bad key, a value with NUL, too many pairs or more
 * than 4,096 bytes: the caller's mistake, found before anything is sent.
 */
export function encodeMetadata(metadata: Metadata): Uint8Array {
  if (metadata.length > maxPairs(metadata)) {
    throw new RangeError(`${metadata.length} pairs of metadata, at most ${maxPairs(metadata)}`);
  }
  let text = '';
  for (const [key, value] of metadata) {
    if (!KEY.test(key)) throw new RangeError(`metadata key ${JSON.stringify(key)}`);
    if (value.includes(NUL)) throw new RangeError(`metadata value of ${key} contains NUL`);
    text += key + NUL + value + NUL;
  }
  const bytes = encoder.encode(text);
  if (bytes.length > MAX_METADATA_BYTES) {
    throw new RangeError(`${bytes.length} bytes of metadata, at most ${MAX_METADATA_BYTES}`);
  }
  return bytes;
}

/** Reads metadata; null when it breaks M1. An empty payload is no pairs. */
export function decodeMetadata(bytes: Uint8Array): Metadata | null {
  if (bytes.length === 0) return [];
  if (bytes.length > MAX_METADATA_BYTES || bytes[bytes.length - 1] !== 0) return null;
  let text: string;
  try {
    text = decoder.decode(bytes);
  } catch {
    return null;
  }
  const parts = text.split(NUL);
  parts.pop();
  if (parts.length % 2 !== 0) return null;
  const pairs: (readonly [string, string])[] = [];
  for (let index = 0; index < parts.length; index += 2) {
    const key = parts[index]!;
    if (!KEY.test(key)) return null;
    pairs.push([key, parts[index + 1]!]);
  }
  return pairs.length <= maxPairs(pairs) ? pairs : null;
}

/** Reads the metadata of OPEN, whose first key must be `kind` (M2); null when it breaks M1 or M2. */
export function decodeOpenMetadata(bytes: Uint8Array): Metadata | null {
  const metadata = decodeMetadata(bytes);
  return metadata?.[0]?.[0] === 'kind' ? metadata : null;
}

/** The first value of a key. */
export function metadataValue(metadata: Metadata, key: string): string | undefined {
  return metadata.find((pair) => pair[0] === key)?.[1];
}

/** All values of a key that may repeat, in order. */
export function metadataValues(metadata: Metadata, key: string): string[] {
  return metadata.filter((pair) => pair[0] === key).map((pair) => pair[1]);
}

function maxPairs(metadata: Metadata): number {
  const first = metadata[0];
  const runsProgram = first?.[0] === 'kind' && (first[1] === 'exec' || first[1] === 'pty');
  return runsProgram ? MAX_PROGRAM_PAIRS : MAX_PAIRS;
}
