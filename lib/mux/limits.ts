/** Every number of the mux with its unit and its reason. Rules are those of docs/protocol.md. */

/** F1: `type` u8, `flags` u8, `length` u16, `stream` u32. */
export const HEADER_BYTES = 8;

/** F2: the longest payload a peer may send; it bounds what a half-received frame costs us. */
export const MAX_PAYLOAD_BYTES = 32_768;

/** P1: what one stream sends before the next has its turn: at 10 MB/s a keystroke waits 1.6 ms. */
export const TURN_BYTES = 16_384;

/** F4: payload of HELLO. */
export const HELLO_BYTES = 24;

/** F4: payload of PING and PONG. */
export const PING_BYTES = 8;

/** H4: the nonce in HELLO. */
export const NONCE_BYTES = 8;

/** H2. */
export const PROTOCOL_VERSION = 1;

/** F4: metadata of OPEN and ACCEPT. */
export const MAX_METADATA_BYTES = 4_096;

/** M1: pairs of metadata for all kinds but `exec`. */
export const MAX_PAIRS = 16;

/** M1: an `exec` lists its arguments and environment. */
export const MAX_PROGRAM_PAIRS = 64;

/** F4: text of RESET and GOODBYE in UTF-8: a sentence, not a log. */
export const MAX_REASON_TEXT_BYTES = 512;

/** C5: the most credit a stream may have; it fits a signed 32-bit integer in C. */
export const MAX_CREDIT_BYTES = 2_147_483_647;

/** H3: the largest window, so that one stream never makes a peer buffer more than 16 MiB. */
export const MAX_WINDOW_BYTES = 16_777_216;

/** H3: our own window: 100 MB/s at 2.5 ms round trip, 5 MB/s at 50 ms. Costs nothing while idle. */
export const DEFAULT_WINDOW_BYTES = 262_144;

/** C3: credit goes back once this part of the window was consumed. */
export const CREDIT_BATCH_DIVISOR = 4;

/** S6: PostgreSQL takes 100 connections; ten times that leaves room for what programs dial. */
export const DEFAULT_MAX_STREAMS = 1_024;

/** S1: ids are u32 and never used again. */
export const MAX_STREAM_ID = 0xffff_ffff;

/** P2: PINGs, ours unanswered or the peer's still to be answered. */
export const MAX_PENDING_PINGS = 10;

/** P4: RESETs that wait because the peer reads nothing while it opens streams: about 2 MB of memory. */
export const MAX_PENDING_RESETS = 16_384;

/** Bytes handed to a transport at once: four turns; long enough that a system call pays. */
export const BATCH_BYTES = 65_536;

/** A batch holds at least the longest control frame. */
export const MIN_BATCH_BYTES = HEADER_BYTES + MAX_METADATA_BYTES;

/** A received chunk is worked off in slices, so that answers leave before the next slice adds more. */
export const RECEIVE_SLICE_BYTES = 65_536;

/** `Duplex.write` returns false above this: two reads of a fast socket. */
export const HIGH_WATER_BYTES = 131_072;

/** `drain` comes at or below this, while there is still something to send. */
export const LOW_WATER_BYTES = 32_768;

/** Queued chunks up to this are copied together, so a chunk's overhead never outweighs its bytes. */
export const COALESCE_BYTES = 1_024;

/** A queued chunk that uses less than this part of its buffer is copied, so the buffer can go. */
export const RETAIN_DIVISOR = 8;

/** Room for small chunks that are copied together. */
export const COALESCE_BLOCK_BYTES = 8_192;
