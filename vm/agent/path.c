#include "path.h"

#include <string.h>

const char *path_read(struct stream *stream, const struct metadata *metadata) {
    const char *path = metadata_value(metadata, "path");
    if (path != NULL && path[0] == '/' && strlen(path) <= PATH_BYTES_MAX)
        return path;
    stream_reset(stream, REASON_PROTOCOL_ERROR, "D1: path is not absolute, or over 4000 bytes");
    return NULL;
}
