/* Frames as bytes: rules F1 to F4. No state, no I/O. */
#ifndef WARREN_FRAME_H
#define WARREN_FRAME_H

#include "wire.h"

#include <stddef.h>
#include <stdint.h>

struct frame_header {
    uint8_t type;
    uint8_t flags;
    uint16_t length;
    uint32_t stream;
};

struct frame_header frame_header_decode(const uint8_t from[FRAME_HEADER_BYTES]);
void frame_header_encode(uint8_t to[FRAME_HEADER_BYTES], enum frame_type type, size_t length,
                         uint32_t stream);

/* The rule a header breaks, in words; NULL for a good one. */
const char *frame_header_fault(const struct frame_header *header);

#endif
