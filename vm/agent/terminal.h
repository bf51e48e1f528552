/*
 * The terminals of the machine: programs on ptys, which outlive the streams that look at them (rules T).
 * What each wrote last is kept, so that whoever attaches sees where it stands.
 */
#ifndef WARREN_TERMINAL_H
#define WARREN_TERMINAL_H

#include "limits.h"
#include "loop.h"
#include "metadata.h"
#include "name.h"
#include "ring.h"

#include <sys/types.h>

struct stream;

#define COMMAND_BYTES 32 /* of the program's name, as `ptys` tells it */

struct window {
    uint16_t cols, rows;
};

struct terminal {
    struct name name; /* empty: the place is free */
    char command[COMMAND_BYTES];
    struct window window;

    struct source master;
    bool is_full;        /* waits for room to write */
    int slave;           /* ours too, so that the master never hangs up */
    pid_t pid;           /* 0 once reaped */
    uint32_t ended;      /* 0 while the program runs, then how many had ended by then */
    uint8_t exit_code;   /* once it has ended */
    size_t left_to_read; /* once it has ended */

    struct ring history;   /* T4 */
    struct stream *stream; /* attached, or NULL */
};

/* All places, free ones too. */
extern struct terminal terminals[TERMINALS_MAX];

/* NULL when there is none. */
struct terminal *terminal_named(const char *name);

/* T1: runs the metadata's program in a new terminal. NULL with why: an errno, EBUSY for T6. */
struct terminal *terminal_start(const struct metadata *metadata, const struct name *name,
                                struct window window, int *why);

/* From now on terminal_read reads what the program writes, when the stream has its turn. Nobody may be
 * attached. */
void terminal_attach(struct terminal *terminal, struct stream *stream);
/* T5: what it writes from now on only goes to the history. */
void terminal_detach(struct terminal *terminal);

/* What the program wrote, which also goes to the history; 0 when there is nothing now. */
size_t terminal_read(struct terminal *terminal, uint8_t *into, size_t room);
/* Returns how much was taken; the attached stream hears when there is room again. */
size_t terminal_write(struct terminal *terminal, const uint8_t *bytes, size_t length);

void terminal_resize(struct terminal *terminal, struct window window);
void terminal_signal(struct terminal *terminal, int number);

/* Closes a terminal whose program has ended. */
void terminal_forget(struct terminal *terminal);

/* `status` is waitpid's. Processes that have no terminal of ours are none of its business. */
void terminals_exited(pid_t pid, int status);

#endif
