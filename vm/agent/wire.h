/*
 * The mux protocol, version 1, as the guest speaks it: docs/protocol.md in numbers.
 * Every constant of the wire is here and nowhere else; the letters are that page's rules.
 *
 *     frame   type u8 | flags u8 = 0 | length u16 | stream u32 | payload        little-endian (F1)
 *
 * The flow on the console:
 *
 *     agent  announces itself: 'R' (port 2)                after power-on (K7)
 *     host   attention 'A' (port 2), HELLO (port 1)        begins, and begins again at any time (K4)
 *     agent  HELLO with the same nonce
 *     host   OPEN pg   DATA …   CREDIT …   END             odd ids that only grow (S1)
 *     agent  ACCEPT    DATA …   CREDIT …   END             and ACK for what it read from port 1 (K3)
 */
#ifndef WARREN_WIRE_H
#define WARREN_WIRE_H

#define FRAME_HEADER_BYTES 8
#define FRAME_PAYLOAD_MAX 32768 /* F2 */
#define DATA_PAYLOAD_MAX 16384  /* P1: what one turn of a stream may send, so a keystroke never waits long */
#define METADATA_MAX 4096       /* F4: payload of OPEN and ACCEPT */
#define TEXT_MAX 512            /* F4: text of RESET and GOODBYE */

enum frame_type {
    FRAME_HELLO = 1,    /* magic 8 | version u16 | reserved u16 = 0 | window u32 | nonce 8 */
    FRAME_OPEN = 2,     /* metadata */
    FRAME_ACCEPT = 3,   /* metadata, may be empty */
    FRAME_DATA = 4,     /* 1 to 32,768 bytes */
    FRAME_CREDIT = 5,   /* bytes u32 */
    FRAME_END = 6,      /* empty: half-close */
    FRAME_RESET = 7,    /* code u16 | text */
    FRAME_PING = 8,     /* 8 opaque bytes */
    FRAME_PONG = 9,     /* the bytes of the PING */
    FRAME_GOODBYE = 10, /* code u16 | retryAfterMs u32 | text */
    FRAME_ACK = 11,     /* bytes u32: how many more bytes were read from port 1 (K3) */
};

#define HELLO_MAGIC "WARRENMX"
#define HELLO_MAGIC_BYTES 8
#define HELLO_BYTES 24
#define HELLO_VERSION 1 /* H2 */
#define NONCE_BYTES 8
#define WINDOW_MAX 16777216u   /* H3 */
#define CREDIT_MAX 2147483647u /* C5: 2^31 - 1 */
#define PING_BYTES 8
#define PINGS_QUEUED_MAX 10 /* P2 */

#define METADATA_KEY_MAX 32    /* M1 */
#define METADATA_PAIRS_MAX 16  /* M1 */
#define METADATA_PAIRS_EXEC 64 /* M1: argv and environment */

/* The console: K2, K3 and below */
#define ATTENTION_BYTE 'A' /* K4 */
#define ANNOUNCE_BYTE 'R'  /* K7 */
#define CHUNK_BYTES 4096   /* one receive buffer of the virtio port, and so one read */
#define ACK_READS 4
#define ACK_BYTES 8192

/* X1, X2, X3, T2: channel u8 | length u16 | bytes */
#define RECORD_HEADER_BYTES 3
#define RECORD_PAYLOAD_MAX 32765
enum channel {
    CHANNEL_STDIN = 0,
    CHANNEL_STDOUT = 1,
    CHANNEL_STDERR = 2,
    CHANNEL_SIGNAL = 3,
    CHANNEL_EXIT = 4,
    CHANNEL_SIZE = 5, /* T2: cols u16 | rows u16 */
};
#define SIGNAL_MAX 64
#define SIZE_BYTES 4

#define NAME_MAX_BYTES 32   /* T1, G1: of terminals and sessions */
#define COLS_ROWS_MAX 1000  /* T1 */
#define PATH_BYTES_MAX 4000 /* D1 */

/* V2 */
enum reason {
    REASON_OK = 0,
    REASON_PROTOCOL_ERROR = 1,
    REASON_TOO_MANY_STREAMS = 2,
    REASON_REFUSED = 3,
    REASON_UNREACHABLE = 4,
    REASON_DATA_AFTER_END = 5,
    REASON_CREDIT_EXCEEDED = 6,
    REASON_CREDIT_OVERFLOW = 7,
    REASON_LINK_LOST = 8,
    REASON_REVOKED = 9,
    REASON_REPLACED = 10,
    REASON_TIMEOUT = 11,
    REASON_TOO_LARGE = 12,
    REASON_RESTORED = 13,
    REASON_SHUTTING_DOWN = 14,
    REASON_VERSION = 15,
    REASON_INTERNAL = 16,
    REASON_UNKNOWN_KIND = 17,
    REASON_BUSY = 18,
};

#endif
