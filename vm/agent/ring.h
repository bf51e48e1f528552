/*
 * Bytes of one stream that its consumer has not taken yet. Credit bounds them to WINDOW_BYTES (C4).
 * The memory is mapped on first use: most streams are read as fast as they are written and need none.
 */
#ifndef WARREN_RING_H
#define WARREN_RING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct ring {
    uint8_t *bytes; /* NULL until something was put */
    uint32_t put;   /* counters that run on; their difference is the length */
    uint32_t taken;
};

static inline bool ring_is_empty(const struct ring *ring) {
    return ring->put == ring->taken;
}

/* False when the kernel has no memory for it, or the bytes exceed the window. */
bool ring_put(struct ring *ring, const uint8_t *bytes, size_t length);

/* The oldest bytes as far as they lie in one piece. */
const uint8_t *ring_front(const struct ring *ring, size_t *length);
void ring_take(struct ring *ring, size_t length);

void ring_release(struct ring *ring);

#endif
