/*
 * `entropy`: machines restored from one state would all draw the same random numbers. What the host sends
 * is mixed into the kernel's pool and, at END, the generator is seeded from it anew.
 */
#include "bytes.h"
#include "kinds.h"
#include "limits.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/random.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define MIXED_AT_ONCE 512 /* bytes of one ioctl; the kernel's pool holds 32 */

/* struct rand_pool_info with room behind it. */
struct mixture {
    int entropy_count; /* in bits */
    int buf_size;
    uint8_t bytes[MIXED_AT_ONCE];
};
_Static_assert(offsetof(struct mixture, bytes) == offsetof(struct rand_pool_info, buf),
               "the kernel reads it as struct rand_pool_info");

static int pools[STREAMS_MAX];

static void entropy_open(struct stream *stream, const struct metadata *metadata) {
    (void)metadata;
    int pool = open("/dev/random", O_RDWR | O_CLOEXEC);
    pools[stream_slot(stream)] = pool;
    if (pool < 0)
        stream_reset(stream, REASON_REFUSED, "/dev/random: %s", strerrordesc_np(errno));
    else
        stream_accept(stream);
}

static bool mix(int pool, const uint8_t *bytes, size_t length) {
    struct mixture mixture = {.entropy_count = (int)length * 8, .buf_size = (int)length};
    memcpy(mixture.bytes, bytes, length);
    return ioctl(pool, RNDADDENTROPY, &mixture) == 0;
}

static size_t entropy_take(struct stream *stream, const uint8_t *bytes, size_t length) {
    for (size_t at = 0; at < length; at += MIXED_AT_ONCE) {
        if (!mix(pools[stream_slot(stream)], bytes + at, least(length - at, MIXED_AT_ONCE))) {
            stream_reset(stream, REASON_REFUSED, "RNDADDENTROPY: %s", strerrordesc_np(errno));
            break;
        }
    }
    return length;
}

static void entropy_end(struct stream *stream) {
    if (ioctl(pools[stream_slot(stream)], RNDRESEEDCRNG) < 0)
        stream_reset(stream, REASON_REFUSED, "RNDRESEEDCRNG: %s", strerrordesc_np(errno));
    else
        stream_readable(stream);
}

static void entropy_close(struct stream *stream) {
    int pool = pools[stream_slot(stream)];
    if (pool >= 0)
        close(pool);
}

const struct kind entropy_kind = {
    .name = "entropy",
    .pairs_max = METADATA_PAIRS_MAX,
    .open = entropy_open,
    .take = entropy_take,
    .end = entropy_end,
    .pull = kind_only_ends,
    .close = entropy_close,
};
