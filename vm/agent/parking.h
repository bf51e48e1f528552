/* Sockets of idle sessions whose link was lost, kept under their names until a stream asks (rules G1, G3). */
#ifndef WARREN_PARKING_H
#define WARREN_PARKING_H

#include "loop.h"
#include "name.h"

/* Takes the socket over from a source that waits for it; that source is closed then. */
void parking_keep(const struct name *name, struct source *socket);

/* The socket kept under a name, or -1. It is the caller's now and still waited for: loop_change gives it to
 * another source. */
int parking_take(const char *name);

#endif
