#include "ring.h"

#include "bytes.h"
#include "limits.h"

#include <string.h>
#include <sys/mman.h>

_Static_assert((WINDOW_BYTES & (WINDOW_BYTES - 1)) == 0, "positions are masked");

static size_t position(uint32_t counter) {
    return counter & (WINDOW_BYTES - 1);
}

bool ring_put(struct ring *ring, const uint8_t *bytes, size_t length) {
    if (length > WINDOW_BYTES - (ring->put - ring->taken))
        return false;
    if (ring->bytes == NULL) {
        void *memory = mmap(NULL, WINDOW_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (memory == MAP_FAILED)
            return false;
        ring->bytes = memory;
    }
    size_t at = position(ring->put);
    size_t first = least(length, WINDOW_BYTES - at);
    memcpy(ring->bytes + at, bytes, first);
    memcpy(ring->bytes, bytes + first, length - first);
    ring->put += (uint32_t)length;
    return true;
}

const uint8_t *ring_front(const struct ring *ring, size_t *length) {
    size_t at = position(ring->taken);
    *length = least(ring->put - ring->taken, WINDOW_BYTES - at);
    return ring->bytes + at;
}

void ring_take(struct ring *ring, size_t length) {
    ring->taken += (uint32_t)length;
}

void ring_release(struct ring *ring) {
    if (ring->bytes != NULL)
        munmap(ring->bytes, WINDOW_BYTES);
    *ring = (struct ring){0};
}
