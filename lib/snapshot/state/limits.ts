/** Every number of v86's states with its reason. Rules are those of docs/snapshot.md. */

/** S1: the first word, as a signed integer of 32 bits. */
export const STATE_MAGIC = 0x8676_8676 | 0;

/** S1: the version v86 0.5 writes; it reads no other either. */
export const STATE_VERSION = 6;

/** S1: magic, version, length of the state, length of its JSON. */
export const STATE_HEADER_BYTES = 16;

/** S2: 140,000 files of the 9p file system; the image has 2,200. It bounds what parsing a hostile one costs. */
export const MAX_STATE_JSON_BYTES = 16 * 1024 * 1024;

/** S2: v86 nests its devices 6 deep; it walks them by recursion, and so do we. */
export const MAX_STATE_DEPTH = 64;

/** S3: what v86 can address is a page less than 2 GB. */
export const MAX_MEMORY_MB = 2047;

export const BYTES_PER_MB = 1024 * 1024;
