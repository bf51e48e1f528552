/* Starts a program in a session of its own, with three pipes. */
#ifndef WARREN_SPAWN_H
#define WARREN_SPAWN_H

#include "metadata.h"

#include <stdbool.h>
#include <sys/types.h>

/* The near ends of the pipes: ours, non-blocking. */
struct child {
    pid_t pid; /* also its process group */
    int input;
    int output;
    int error;
};

/* Rule X3: 0, or the errno why it did not start; then nothing is left open. */
int spawn(const struct metadata *metadata, struct child *child);

#endif
