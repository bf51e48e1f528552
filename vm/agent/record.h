/* Records, the unit of `exec` and `pty` streams: rule X1. No I/O. */
#ifndef WARREN_RECORD_H
#define WARREN_RECORD_H

#include "wire.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The record from the host that is under way. */
struct record_reader {
    uint8_t header[RECORD_HEADER_BYTES];
    size_t filled;
    unsigned channel;
    size_t left; /* of its payload; 0 means: in the header */
};

/* One byte of a header. True when that is whole: `channel` and `left` are set. */
bool record_reader_header(struct record_reader *reader, uint8_t byte);

void record_header(uint8_t *at, enum channel channel, size_t length);

#define STUB_BYTES 16

/* A whole small record for a credit that has no room for header and byte at once. */
struct record_stub {
    uint8_t bytes[STUB_BYTES];
    size_t length, sent;
};

static inline bool record_stub_is_sent(const struct record_stub *stub) {
    return stub->sent == stub->length;
}

/* The exit record of X3. */
void record_stub_exit(struct record_stub *stub, uint8_t exit_code);

/* Moves what has room; returns how much. */
size_t record_stub_send(struct record_stub *stub, uint8_t *into, size_t room);

#endif
