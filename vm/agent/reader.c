#include "reader.h"

#include "bytes.h"

#include <string.h>

/* K4: the header of a HELLO and its magic. No byte of it but the first is 0x01, so a mismatch restarts
 * the search with that very byte and needs no further look back. */
static const uint8_t hello_pattern[FRAME_HEADER_BYTES + HELLO_MAGIC_BYTES] = {
    FRAME_HELLO, 0, HELLO_BYTES, 0, 0, 0, 0, 0, 'W', 'A', 'R', 'R', 'E', 'N', 'M', 'X',
};

void reader_seek_hello(struct reader *reader) {
    reader->state = READER_SEEKS_HELLO;
    reader->filled = 0;
}

static void expect_header(struct reader *reader) {
    reader->state = READER_IN_HEADER;
    reader->filled = 0;
}

static size_t seek_hello(struct reader *reader, const uint8_t *bytes, size_t length) {
    size_t used = 0;
    while (used < length && reader->filled < sizeof hello_pattern) {
        uint8_t byte = bytes[used++];
        if (byte != hello_pattern[reader->filled])
            reader->filled = 0;
        if (byte == hello_pattern[reader->filled])
            reader->filled++;
    }
    if (reader->filled == sizeof hello_pattern) {
        reader->header = frame_header_decode(hello_pattern);
        memcpy(reader->payload, hello_pattern + FRAME_HEADER_BYTES, HELLO_MAGIC_BYTES);
        reader->filled = HELLO_MAGIC_BYTES;
        reader->state = READER_IN_CONTROL;
    }
    return used;
}

static size_t collect(uint8_t *into, size_t *filled, size_t wanted, const uint8_t *bytes, size_t length) {
    size_t piece = least(wanted - *filled, length);
    memcpy(into + *filled, bytes, piece);
    *filled += piece;
    return piece;
}

static size_t read_header(struct reader *reader, const uint8_t *bytes, size_t length,
                          struct reader_event *event) {
    size_t used = collect(reader->partial_header, &reader->filled, FRAME_HEADER_BYTES, bytes, length);
    if (reader->filled < FRAME_HEADER_BYTES)
        return used;

    reader->header = frame_header_decode(reader->partial_header);
    const char *fault = frame_header_fault(&reader->header);
    if (fault != NULL) {
        reader_seek_hello(reader);
        event->type = READER_FAULT;
        event->fault = fault;
    } else if (reader->header.type == FRAME_DATA) {
        reader->state = READER_IN_DATA;
        reader->left = reader->header.length;
    } else {
        reader->state = READER_IN_CONTROL;
        reader->filled = 0;
    }
    return used;
}

static size_t read_control(struct reader *reader, const uint8_t *bytes, size_t length,
                           struct reader_event *event) {
    size_t wanted = reader->header.length;
    size_t used;
    if (reader->filled == 0 && length >= wanted) {
        event->bytes = bytes; /* all here: no copy */
        used = wanted;
    } else {
        used = collect(reader->payload, &reader->filled, wanted, bytes, length);
        if (reader->filled < wanted)
            return used;
        event->bytes = reader->payload;
    }
    event->type = READER_FRAME;
    event->header = reader->header;
    event->length = wanted;
    expect_header(reader);
    return used;
}

static size_t read_data(struct reader *reader, const uint8_t *bytes, size_t length,
                        struct reader_event *event) {
    size_t piece = least(reader->left, length);
    event->type = READER_DATA;
    event->header = reader->header;
    event->bytes = bytes;
    event->length = piece;
    reader->left -= piece;
    if (reader->left == 0)
        expect_header(reader);
    return piece;
}

size_t reader_step(struct reader *reader, const uint8_t *bytes, size_t length, struct reader_event *event) {
    size_t used = 0;
    event->type = READER_NEEDS_MORE;

    /* An empty payload (END) is complete without another byte, so a header may be followed by its frame
     * even where the input ends. */
    while (event->type == READER_NEEDS_MORE) {
        enum reader_state before = reader->state;
        const uint8_t *at = bytes + used;
        size_t left = length - used;
        switch (before) {
        case READER_SEEKS_HELLO:
            used += seek_hello(reader, at, left);
            break;
        case READER_IN_HEADER:
            used += read_header(reader, at, left, event);
            break;
        case READER_IN_CONTROL:
            used += read_control(reader, at, left, event);
            break;
        case READER_IN_DATA:
            if (left == 0)
                return used;
            used += read_data(reader, at, left, event);
            break;
        }
        if (reader->state == before && event->type == READER_NEEDS_MORE)
            return used;
    }
    return used;
}
