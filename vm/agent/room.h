/* How much a file system can take. */
#ifndef WARREN_ROOM_H
#define WARREN_ROOM_H

#include <stdbool.h>
#include <stdint.h>

struct room {
    uint64_t free; /* bytes; of a tmpfs never more than the memory that can be spared for it */
    uint64_t total;
};

/* False with errno set. */
bool room_of(int fd, struct room *room);

#endif
