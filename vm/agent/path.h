/* Paths of files as the host gives them: rule D1. */
#ifndef WARREN_PATH_H
#define WARREN_PATH_H

#include "metadata.h"
#include "stream.h"

/* The absolute path in the metadata, or NULL: then the stream has been reset. */
const char *path_read(struct stream *stream, const struct metadata *metadata);

#endif
