/*
 * Cuts the bytes of port 1 into frames, wherever the host cut them (K1). DATA is handed on in pieces as
 * it arrives, so nothing but a control frame's payload is ever collected here. No I/O.
 */
#ifndef WARREN_READER_H
#define WARREN_READER_H

#include "frame.h"

#include <stddef.h>

enum reader_state {
    READER_SEEKS_HELLO, /* K4: discards until a HELLO header and magic */
    READER_IN_HEADER,
    READER_IN_CONTROL, /* collects the payload of anything but DATA */
    READER_IN_DATA,
};

struct reader {
    enum reader_state state;
    struct frame_header header;
    size_t filled; /* bytes of header, payload or HELLO pattern so far */
    size_t left;   /* bytes of DATA still to come */
    uint8_t partial_header[FRAME_HEADER_BYTES];
    uint8_t payload[METADATA_MAX];
};

enum reader_event_type {
    READER_NEEDS_MORE,
    READER_FRAME, /* a whole control frame */
    READER_DATA,  /* a piece of a DATA frame */
    READER_FAULT, /* the rule broken; the reader seeks HELLO from here on */
};

struct reader_event {
    enum reader_event_type type;
    struct frame_header header;
    const uint8_t *bytes; /* the payload, or the piece; valid until the next step */
    size_t length;
    const char *fault;
};

void reader_seek_hello(struct reader *reader);

/* Takes bytes up to the next event and returns how many. */
size_t reader_step(struct reader *reader, const uint8_t *bytes, size_t length, struct reader_event *event);

#endif
