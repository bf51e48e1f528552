/* Process 1 inherits every orphan of the machine; all are reaped, and exec is told of its own. */
#ifndef WARREN_CHILDREN_H
#define WARREN_CHILDREN_H

#include <stdbool.h>

/* Blocks all signals and takes SIGCHLD from a descriptor. Nothing sent by accident ends the agent. */
bool children_watch(void);

#endif
