/* What the reaper tells `exec`. */
#ifndef WARREN_EXEC_H
#define WARREN_EXEC_H

#include <sys/types.h>

/* `status` is waitpid's. Processes nobody runs for a stream are none of its business. */
void exec_exited(pid_t pid, int status);

#endif
