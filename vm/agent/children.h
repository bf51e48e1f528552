/* Process 1 inherits every orphan of the machine; all are reaped, and who started one is told. */
#ifndef WARREN_CHILDREN_H
#define WARREN_CHILDREN_H

#include <stdbool.h>
#include <stdint.h>

/* Blocks all signals and takes SIGCHLD from a descriptor. Nothing sent by accident ends the agent. */
bool children_watch(void);

/* X3: of waitpid's status. */
uint8_t exit_code_of(int status);

#endif
