#include "terminal.h"

#include "bytes.h"
#include "children.h"
#include "spawn.h"
#include "stream.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

/* Attached, the stream reads in its turn and bytes may wait for credit; detached, we read at once. */
#define ATTACHED_EVENTS (EPOLLIN | EPOLLET)
#define DETACHED_EVENTS EPOLLIN

/* After the program's end its descendants may write for ever; its own last words are within this, being
 * all that the kernel's buffers of a pty hold. */
#define LAST_WORDS_BYTES WINDOW_BYTES

#define CHUNK 4096 /* a pty gives no more at once */

struct terminal terminals[TERMINALS_MAX];
static uint32_t ends; /* how many programs have ended */

static bool is_free(const struct terminal *terminal) {
    return terminal->name.text[0] == 0;
}

struct terminal *terminal_named(const char *name) {
    for (unsigned i = 0; i < TERMINALS_MAX; i++)
        if (!is_free(&terminals[i]) && name_is(&terminals[i].name, name))
            return &terminals[i];
    return NULL;
}

/* ---- what the program writes ---- */

/* Without memory for it the terminal works all the same, and shows nothing of what was. */
static void keep(struct terminal *terminal, const uint8_t *bytes, size_t length) {
    struct ring *history = &terminal->history;
    size_t held = history->put - history->taken;
    if (held + length > WINDOW_BYTES)
        ring_take(history, held + length - WINDOW_BYTES);
    ring_put(history, bytes, length);
}

size_t terminal_read(struct terminal *terminal, uint8_t *into, size_t room) {
    room = least(room, CHUNK);
    if (terminal->ended != 0)
        room = least(room, terminal->left_to_read);
    ssize_t got = room > 0 && terminal->master.fd >= 0 ? read(terminal->master.fd, into, room) : 0;
    if (got <= 0)
        return 0;
    if (terminal->ended != 0)
        terminal->left_to_read -= (size_t)got;
    keep(terminal, into, (size_t)got);
    return (size_t)got;
}

static size_t read_for_later(struct terminal *terminal) {
    static uint8_t chunk[CHUNK];
    return terminal_read(terminal, chunk, sizeof chunk);
}

static void on_master(struct source *master, uint32_t events) {
    struct terminal *terminal = master->owner;
    if (terminal->stream == NULL) {
        read_for_later(terminal);
        return;
    }
    if (events & EPOLLIN)
        stream_readable(terminal->stream);
    if (events & EPOLLOUT)
        stream_writable(terminal->stream); /* the stream may be gone after this */
}

/* Nobody reads it any more: what is left of it becomes history, and its descendants are hung up on. */
static void close_ended(struct terminal *terminal) {
    while (read_for_later(terminal) > 0)
        ;
    loop_close(&terminal->master);
    if (terminal->slave >= 0)
        close(terminal->slave);
    terminal->slave = -1;
}

void terminals_exited(pid_t pid, int status) {
    for (unsigned i = 0; i < TERMINALS_MAX; i++) {
        struct terminal *terminal = &terminals[i];
        if (is_free(terminal) || terminal->pid != pid)
            continue;
        terminal->pid = 0;
        terminal->ended = ++ends;
        terminal->exit_code = exit_code_of(status);
        terminal->left_to_read = LAST_WORDS_BYTES;
        if (terminal->stream != NULL)
            stream_readable(terminal->stream);
        else
            close_ended(terminal);
        return;
    }
}

/* ---- what goes to the program ---- */

static void wait_for_room(struct terminal *terminal, bool is_full) {
    if (terminal->is_full == is_full)
        return;
    terminal->is_full = is_full;
    loop_change(&terminal->master, ATTACHED_EVENTS | (is_full ? (uint32_t)EPOLLOUT : 0));
}

size_t terminal_write(struct terminal *terminal, const uint8_t *bytes, size_t length) {
    if (terminal->ended != 0)
        return length;
    ssize_t written = write(terminal->master.fd, bytes, length);
    if (written < 0 && errno != EAGAIN)
        return length;
    size_t taken = written < 0 ? 0 : (size_t)written;
    wait_for_room(terminal, taken < length);
    return taken;
}

void terminal_resize(struct terminal *terminal, struct window window) {
    struct winsize size = {.ws_col = window.cols, .ws_row = window.rows};
    terminal->window = window;
    if (terminal->ended == 0)
        ioctl(terminal->master.fd, TIOCSWINSZ, &size);
}

void terminal_signal(struct terminal *terminal, int number) {
    if (terminal->ended != 0)
        return;
    pid_t foreground = tcgetpgrp(terminal->master.fd);
    kill(-terminal->pid, number);
    if (foreground > 0 && foreground != terminal->pid)
        kill(-foreground, number);
}

/* ---- life ---- */

void terminal_attach(struct terminal *terminal, struct stream *stream) {
    terminal->stream = stream;
    terminal->is_full = false;
    if (terminal->master.fd >= 0)
        loop_change(&terminal->master, ATTACHED_EVENTS);
}

void terminal_detach(struct terminal *terminal) {
    terminal->stream = NULL;
    if (terminal->ended != 0)
        close_ended(terminal);
    else
        loop_change(&terminal->master, DETACHED_EVENTS);
}

void terminal_forget(struct terminal *terminal) {
    loop_close(&terminal->master);
    if (terminal->slave >= 0)
        close(terminal->slave);
    ring_release(&terminal->history);
    *terminal = (struct terminal){.master.fd = -1, .slave = -1};
}

/* T6: one that has ended and that nobody has looked at since makes way before a new one is refused. */
static struct terminal *free_place(void) {
    struct terminal *first = NULL;
    for (unsigned i = 0; i < TERMINALS_MAX; i++) {
        struct terminal *terminal = &terminals[i];
        if (is_free(terminal))
            return terminal;
        if (terminal->ended != 0 && terminal->stream == NULL &&
            (first == NULL || terminal->ended < first->ended))
            first = terminal;
    }
    if (first != NULL)
        terminal_forget(first);
    return first;
}

/* A pty whose line discipline knows that a character may have several bytes. 0, or why not. */
static int open_pty(struct terminal *terminal, struct window window) {
    struct winsize size = {.ws_col = window.cols, .ws_row = window.rows};
    struct termios modes;
    int master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    terminal->master = (struct source){.fd = master, .ready = on_master, .owner = terminal};
    terminal->slave = -1;
    if (master < 0 || fcntl(master, F_SETFL, O_RDWR | O_NONBLOCK) < 0 || unlockpt(master) < 0)
        return errno;
    terminal->slave = ioctl(master, TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (terminal->slave < 0 || tcgetattr(terminal->slave, &modes) < 0)
        return errno;
    modes.c_iflag |= IUTF8;
    if (tcsetattr(terminal->slave, TCSANOW, &modes) < 0 || ioctl(master, TIOCSWINSZ, &size) < 0)
        return errno;
    return 0;
}

/* The last part of the program's path, cut between characters. */
static void name_command(struct terminal *terminal, const struct metadata *metadata) {
    const char *program = metadata_value(metadata, "arg");
    const char *slash = strrchr(program, '/');
    const char *from = slash == NULL ? program : slash + 1;
    size_t length = strnlen(from, COMMAND_BYTES - 1);
    while (length > 0 && ((unsigned char)from[length] & 0xc0) == 0x80)
        length--;
    memcpy(terminal->command, from, length);
    terminal->command[length] = 0;
}

struct terminal *terminal_start(const struct metadata *metadata, const struct name *name,
                                struct window window, int *why) {
    struct terminal *terminal = free_place();
    if (terminal == NULL) {
        *why = EBUSY;
        return NULL;
    }
    *why = open_pty(terminal, window);
    if (*why == 0)
        *why = spawn_on_terminal(metadata, terminal->slave, &terminal->pid);
    if (*why == 0 && !loop_add(&terminal->master, DETACHED_EVENTS)) {
        *why = errno;
        kill(-terminal->pid, SIGKILL);
    }
    if (*why != 0) {
        terminal_forget(terminal);
        return NULL;
    }
    terminal->name = *name;
    terminal->window = window;
    name_command(terminal, metadata);
    return terminal;
}
