#include "output.h"

#include "bytes.h"
#include "console.h"
#include "frame.h"
#include "limits.h"
#include "link.h"
#include "stream.h"

#define ACK_FRAME_BYTES (FRAME_HEADER_BYTES + 4)

/* The first bytes are kept free: whether an ACK goes along is known only when all else is there, and
 * it belongs in front (P1). */
static uint8_t batch[BATCH_BYTES];
static size_t batch_start, batch_end;
static bool blocked;

size_t output_room(void) {
    size_t left = BATCH_BYTES - batch_end;
    return left > FRAME_HEADER_BYTES ? left - FRAME_HEADER_BYTES : 0;
}

uint8_t *output_payload(void) {
    return batch + batch_end + FRAME_HEADER_BYTES;
}

void output_frame(enum frame_type type, uint32_t stream, size_t length) {
    frame_header_encode(batch + batch_end, type, length, stream);
    batch_end += FRAME_HEADER_BYTES + length;
}

static void put_ack_in_front(void) {
    batch_start = 0;
    frame_header_encode(batch, FRAME_ACK, 4, 0);
    put_u32(batch + FRAME_HEADER_BYTES, console_unreported());
    console_reported();
}

static void fill(void) {
    batch_start = batch_end = ACK_FRAME_BYTES;
    bool hello = link_write_control();
    streams_write_control();
    streams_write_data();

    /* In front of our HELLO an ACK would be discarded (K4). */
    bool something = batch_end > batch_start;
    if (!hello && console_unreported() > 0 && (something || console_ack_is_due()))
        put_ack_in_front();
}

static bool batch_is_away(void) {
    return batch_start == batch_end;
}

void output_flush(void) {
    if (batch_is_away())
        fill();
    if (!batch_is_away())
        batch_start += console_write(batch + batch_start, batch_end - batch_start);
    blocked = !batch_is_away();
}

void output_drop(void) {
    batch_start = batch_end = 0;
    blocked = false;
}

bool output_is_blocked(void) {
    return blocked;
}

bool output_is_due(void) {
    return link_has_output() || streams_have_output() || console_ack_is_due();
}
