/* `clock`: after a restore the guest's clock stands where the state was saved. */
#include "kinds.h"

#include <errno.h>
#include <string.h>
#include <time.h>

#define MICROSECONDS 1000000

static void clock_open(struct stream *stream, const struct metadata *metadata) {
    const char *text = metadata_value(metadata, "unix-us");
    uint64_t microseconds;
    if (text == NULL || !metadata_number(text, &microseconds)) {
        stream_reset(stream, REASON_PROTOCOL_ERROR, "M3: unix-us is not a number");
        return;
    }
    struct timespec now = {
        .tv_sec = (time_t)(microseconds / MICROSECONDS),
        .tv_nsec = (long)(microseconds % MICROSECONDS * 1000),
    };
    if (clock_settime(CLOCK_REALTIME, &now) < 0) {
        stream_reset(stream, REASON_REFUSED, "%s", strerrordesc_np(errno));
        return;
    }
    stream_accept(stream);
    stream_readable(stream);
}

const struct kind clock_kind = {
    .name = "clock",
    .pairs_max = METADATA_PAIRS_MAX,
    .open = clock_open,
    .take = kind_ignores_bytes,
    .end = kind_ignores_end,
    .pull = kind_only_ends,
    .close = kind_holds_nothing,
};
