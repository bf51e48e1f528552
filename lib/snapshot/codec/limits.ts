/** Every number of the snapshot file with its unit and reason. Rules are those of docs/snapshot.md. */

/** S10: the first 8 bytes, ASCII. */
export const MAGIC = 'WARRENSN';

/** S10: the version written; older ones are read (`READERS`). */
export const VERSION = 1;

/** S10: magic, version u16. */
export const OPENING_BYTES = 10;

/** S11: reserved u16, length of the header u32, id of the snapshot. */
export const PREAMBLE_BYTES = 22;

/** S11: makes each file's chain of hashes its own. */
export const ID_BYTES = 16;

/** S11: the header's JSON: a note of 4,000 characters that all need six bytes, and room. */
export const MAX_HEADER_BYTES = 65_536;

/** S12, in UTF-16 units: a line. */
export const MAX_TITLE_LENGTH = 200;

/** S12, in UTF-16 units: a page of text. */
export const MAX_NOTE_LENGTH = 4_000;

/** S13: type u8, method u8, reserved u16, raw length u32, stored length u32. */
export const PIECE_HEAD_BYTES = 12;

/** S14: the first half of SHA-256: nobody finds two pieces with the same 128 bits by chance. */
export const HASH_BYTES = 16;

/** S13: the most a piece holds: 256 pages with what tells about them. It bounds what a piece costs to check. */
export const MAX_PIECE_BYTES = 1024 * 1024 + 4096;

/** S16: pages a piece may have. */
export const MAX_PAGES_PER_PIECE = 256;

/** Pages in the pieces we write: two of them are in memory at a time, and deflate looks back 32 KB only. */
export const PAGES_PER_PIECE = 128;

/** How devices, notebook and dump are cut. */
export const CUT_BYTES = 512 * 1024;

/** S15: the image has 1.8 MB; files written to the guest's root, and not to its tmpfs, add to it. */
export const MAX_DEVICES_BYTES = 256 * 1024 * 1024;

/** S17: as much as a notebook's room keeps. */
export const MAX_NOTEBOOK_BYTES = 64 * 1024 * 1024;

/** S18: more does not fit a machine of 1 GB when it is restored. */
export const MAX_DUMP_BYTES = 1024 * 1024 * 1024;

/** What inflate is given at a time: deflate makes at most 1,032 times as much of it before we can stop. */
export const INFLATE_STEP_BYTES = 16_384;
