/* Starts a program in a session of its own, with three pipes or on a terminal. */
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

/* T1: `terminal` becomes the controlling terminal of the program's session, and its user's own. */
int spawn_on_terminal(const struct metadata *metadata, int terminal, pid_t *pid);

#endif
