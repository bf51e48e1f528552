export const ENCODINGS = ['utf-8', 'windows-1252', 'utf-16le', 'utf-16be'] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** How an encoding is called on the page. */
export const ENCODING_NAMES: Record<Encoding, string> = {
  'utf-8': 'UTF-8',
  'windows-1252': 'Windows-1252 (Western Europe)',
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16, big endian',
};

/** Of the letters of a Latin text in UTF-16, nearly every second byte is zero; in no other text is one. */
const ZERO_SHARE = 0.3;

/**
 * What a file's beginning is most likely written in. Bytes that are no UTF-8 are taken for Windows-1252, which can be
 * anything, so `certain` is false for that.
 * @param whole true when the sample is the whole file, so that it may not end within a character
 */
export function detectEncoding(
  sample: Uint8Array,
  whole: boolean,
): { readonly encoding: Encoding; readonly certain: boolean } {
  const [first, second] = sample;
  if (first === 0xff && second === 0xfe) return { encoding: 'utf-16le', certain: true };
  if (first === 0xfe && second === 0xff) return { encoding: 'utf-16be', certain: true };
  const [even, odd] = zeroes(sample);
  const half = sample.length / 2;
  if (odd > half * ZERO_SHARE && even < odd / 10) return { encoding: 'utf-16le', certain: true };
  if (even > half * ZERO_SHARE && odd < even / 10) return { encoding: 'utf-16be', certain: true };
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(sample, { stream: !whole });
    return { encoding: 'utf-8', certain: true };
  } catch {
    return { encoding: 'windows-1252', certain: false };
  }
}

function zeroes(sample: Uint8Array): [even: number, odd: number] {
  const counts: [number, number] = [0, 0];
  for (let i = 0; i < sample.length; i++) if (sample[i] === 0) counts[i % 2 === 0 ? 0 : 1]++;
  return counts;
}
