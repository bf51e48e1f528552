/** A text no update holds by chance: two characters, then when it was typed. */
const SIGN = '~^';
/** Tenths of a millisecond in base 36: four digits reach 167 s, beyond any run. */
const DIGITS = 4;
const TENTHS_PER_MS = 10;
const SIGN_BYTES = [...SIGN].map((character) => character.charCodeAt(0));

/**
 * What a typist types: it tells when, so that each reader knows at once how long it was on the way.
 * @param atMs since the beginning of the run
 */
export function markerAt(atMs: number): string {
  const tenths = Math.round(atMs * TENTHS_PER_MS);
  return SIGN + tenths.toString(36).padStart(DIGITS, '0');
}

/** When the markers in an update's bytes were typed, in ms since the beginning of the run. */
export function findMarkers(bytes: Uint8Array): number[] {
  const found: number[] = [];
  const [first, second] = SIGN_BYTES;
  const last = bytes.length - SIGN_BYTES.length - DIGITS;
  for (let at = 0; at <= last; at++) {
    if (bytes[at] !== first || bytes[at + 1] !== second) continue;
    const digits = String.fromCharCode(
      ...bytes.subarray(at + SIGN_BYTES.length, at + SIGN_BYTES.length + DIGITS),
    );
    if (/^[0-9a-z]+$/.test(digits)) found.push(Number.parseInt(digits, 36) / TENTHS_PER_MS);
  }
  return found;
}
