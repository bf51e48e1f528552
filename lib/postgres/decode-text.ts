const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
/** Up to here a loop over ASCII is faster than a call of TextDecoder, in Chromium and in Node. */
const SHORT_BYTES = 32;
const LAST_ASCII = 0x7f;

/** UTF-8 between two indices; what is not UTF-8 becomes U+FFFD. */
export function decodeText(bytes: Uint8Array, start: number, end: number): string {
  if (end - start <= SHORT_BYTES) {
    const text = decodeAscii(bytes, start, end);
    if (text !== undefined) return text;
  }
  return decoder.decode(bytes.subarray(start, end));
}

/** Four characters a step; undefined when one is not ASCII. */
function decodeAscii(bytes: Uint8Array, start: number, end: number): string | undefined {
  let text = '';
  let at = start;
  for (; at + 4 <= end; at += 4) {
    const a = bytes[at] ?? 0;
    const b = bytes[at + 1] ?? 0;
    const c = bytes[at + 2] ?? 0;
    const d = bytes[at + 3] ?? 0;
    if ((a | b | c | d) > LAST_ASCII) return undefined;
    text += String.fromCharCode(a, b, c, d);
  }
  for (; at < end; at++) {
    const byte = bytes[at] ?? 0;
    if (byte > LAST_ASCII) return undefined;
    text += String.fromCharCode(byte);
  }
  return text;
}
