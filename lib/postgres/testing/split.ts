import { concat } from '../concat';

/** Every way to cut bytes in two, the whole first; then byte by byte. */
export function splits(bytes: Uint8Array): Uint8Array[][] {
  const halves = Array.from({ length: bytes.length + 1 }, (_, at) =>
    [bytes.slice(0, at), bytes.slice(at)].filter(({ length }) => length > 0),
  );
  return [...halves, Array.from(bytes, (byte) => Uint8Array.of(byte))];
}

/** Concatenates; for tests that compare what came out with what went in. */
export function join(...chunks: readonly Uint8Array[]): Uint8Array {
  return concat([...chunks, new Uint8Array(0)]);
}
