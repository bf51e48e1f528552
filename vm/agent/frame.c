#include "frame.h"

#include "bytes.h"

#include <stdbool.h>

struct shape {
    uint16_t shortest;
    uint16_t longest;
    bool of_link; /* F3: lives on stream 0 and nowhere else */
};

static const struct shape shapes[] = {
    [FRAME_HELLO] = {HELLO_BYTES, HELLO_BYTES, true},
    [FRAME_OPEN] = {0, METADATA_MAX, false},
    [FRAME_ACCEPT] = {0, METADATA_MAX, false},
    [FRAME_DATA] = {1, FRAME_PAYLOAD_MAX, false},
    [FRAME_CREDIT] = {4, 4, false},
    [FRAME_END] = {0, 0, false},
    [FRAME_RESET] = {2, 2 + TEXT_MAX, false},
    [FRAME_PING] = {PING_BYTES, PING_BYTES, true},
    [FRAME_PONG] = {PING_BYTES, PING_BYTES, true},
    [FRAME_GOODBYE] = {6, 6 + TEXT_MAX, true},
    [FRAME_ACK] = {4, 4, true},
};

struct frame_header frame_header_decode(const uint8_t from[FRAME_HEADER_BYTES]) {
    return (struct frame_header){
        .type = from[0],
        .flags = from[1],
        .length = get_u16(from + 2),
        .stream = get_u32(from + 4),
    };
}

void frame_header_encode(uint8_t to[FRAME_HEADER_BYTES], enum frame_type type, size_t length,
                         uint32_t stream) {
    to[0] = (uint8_t)type;
    to[1] = 0;
    put_u16(to + 2, (uint16_t)length);
    put_u32(to + 4, stream);
}

const char *frame_header_fault(const struct frame_header *header) {
    if (header->length > FRAME_PAYLOAD_MAX)
        return "F2: length over 32768";
    if (header->flags != 0)
        return "F2: flags not 0";
    if (header->type < FRAME_HELLO || header->type > FRAME_ACK)
        return "F4: unknown type";

    const struct shape *shape = &shapes[header->type];
    if (shape->of_link != (header->stream == 0))
        return shape->of_link ? "F3: a frame of the link on a stream" : "F3: stream 0";
    if (header->length < shape->shortest || header->length > shape->longest)
        return "F4: length does not fit the type";
    return NULL;
}
