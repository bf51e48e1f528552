/* `sync`: a saved state holds only pages that are not zero, so clean caches leave before it is taken. */
#include "kinds.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define DROP_CACHES "/proc/sys/vm/drop_caches"
#define PAGES_AND_INODES "3"

static bool drop_caches(void) {
    int fd = open(DROP_CACHES, O_WRONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    ssize_t written = write(fd, PAGES_AND_INODES, 1);
    int why = errno;
    close(fd);
    errno = why;
    return written == 1;
}

static void sync_open(struct stream *stream, const struct metadata *metadata) {
    (void)metadata;
    sync(); /* only clean pages can be dropped */
    if (!drop_caches()) {
        stream_reset(stream, REASON_REFUSED, DROP_CACHES ": %s", strerrordesc_np(errno));
        return;
    }
    stream_accept(stream);
    stream_readable(stream);
}

const struct kind sync_kind = {
    .name = "sync",
    .pairs_max = METADATA_PAIRS_MAX,
    .open = sync_open,
    .take = kind_ignores_bytes,
    .end = kind_ignores_end,
    .pull = kind_only_ends,
    .close = kind_holds_nothing,
};
