/** Memory is compared, kept and sent in these units, which are the CPU's. */
export const PAGE_BYTES = 4096;

/** The image's base state that a resting machine is told by its differences from. */
export interface BaseRef {
  /** Its file below the image's folder, e.g. `state-256-1f0c….bin.zst`. */
  readonly file: string;
  readonly bytes: number;
  /** Size after decompression. */
  readonly rawBytes: number;
  /** Lower-case hexadecimal SHA-256 of the file. */
  readonly sha256: string;
  readonly memoryMb: number;
}

/** A machine that does not run: its devices, and its memory by pages. */
export interface RestingMachine {
  readonly memoryMb: number;
  /** A state as v86 writes it, but with an empty main memory. */
  readonly devices: Uint8Array;
  /** A page's 4,096 bytes; undefined for one that is all zeros. `number` counts from 0. */
  page(number: number): Uint8Array | undefined;
}
