/* `get`: the bytes of a regular file (rule D3), read right into the frames that carry them. */
#include "bytes.h"
#include "kinds.h"
#include "limits.h"
#include "path.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct reading {
    int fd;
    uint64_t left; /* of what ACCEPT has promised */
};

static struct reading readings[STREAMS_MAX];

static struct reading *reading_of(const struct stream *stream) {
    return &readings[stream_slot(stream)];
}

static void get_open(struct stream *stream, const struct metadata *metadata) {
    struct reading *reading = reading_of(stream);
    *reading = (struct reading){.fd = -1};
    const char *path = path_read(stream, metadata);
    if (path == NULL)
        return;
    const char *text = metadata_value(metadata, "offset");
    uint64_t offset = 0;
    if (text != NULL && !metadata_number(text, &offset)) {
        stream_reset(stream, REASON_PROTOCOL_ERROR, "D3: offset is not a number");
        return;
    }
    /* A pipe without a writer does not hold us up, and a terminal does not become ours. */
    struct stat status;
    reading->fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (reading->fd < 0 || fstat(reading->fd, &status) < 0) {
        stream_reset(stream, REASON_REFUSED, "%s", strerrordesc_np(errno));
        return;
    }
    if (!S_ISREG(status.st_mode)) {
        const char *what = S_ISDIR(status.st_mode) ? strerrordesc_np(EISDIR) : "Not a regular file";
        stream_reset(stream, REASON_REFUSED, "%s", what);
        return;
    }
    uint64_t size = (uint64_t)status.st_size;
    if (offset > size || lseek(reading->fd, (off_t)offset, SEEK_SET) < 0) {
        stream_reset(stream, REASON_REFUSED, "D3: offset is behind the end of the file");
        return;
    }
    reading->left = size - offset;
    stream_accept_pair(stream, "size", size);
    stream_accept(stream);
    stream_readable(stream);
}

static enum pulled get_pull(struct stream *stream, uint8_t *into, size_t room, size_t *length) {
    struct reading *reading = reading_of(stream);
    if (reading->left == 0)
        return PULLED_END;
    size_t wanted = reading->left < room ? (size_t)reading->left : room;
    ssize_t got = read(reading->fd, into, wanted);
    if (got <= 0) {
        const char *why = got < 0 ? strerrordesc_np(errno) : "D3: the file has become shorter";
        stream_reset(stream, REASON_REFUSED, "%s", why);
        return PULLED_ALL;
    }
    *length = (size_t)got;
    reading->left -= (uint64_t)got;
    return reading->left == 0 ? PULLED_END : PULLED_MORE;
}

static void get_close(struct stream *stream) {
    struct reading *reading = reading_of(stream);
    if (reading->fd >= 0)
        close(reading->fd);
    reading->fd = -1;
}

const struct kind get_kind = {
    .name = "get",
    .pairs_max = METADATA_PAIRS_MAX,
    .open = get_open,
    .take = kind_ignores_bytes,
    .end = kind_ignores_end,
    .pull = get_pull,
    .close = get_close,
};
