/** Whether at least half of the bytes are equal: then the difference is what compresses better (S15, S16). */
export function mostlyEqual(bytes: Uint8Array, other: Uint8Array): boolean {
  let equal = 0;
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i] === other[i]) equal++;
  }
  return equal * 2 >= bytes.length;
}

/** Replaces `bytes` by their difference from `other`, or a difference by what it was made of. */
export function xorInto(bytes: Uint8Array, other: Uint8Array): void {
  for (let i = 0; i < bytes.length; i++) {
    bytes[i] = (bytes[i] as number) ^ (other[i] as number);
  }
}
