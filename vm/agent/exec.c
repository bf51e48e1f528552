/* `exec`: a program with stdin, stdout, stderr and its exit code, as records (rules X). */
#include "exec.h"

#include "bytes.h"
#include "children.h"
#include "kinds.h"
#include "limits.h"
#include "loop.h"
#include "record.h"
#include "spawn.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

struct outlet {
    struct source pipe;
    enum channel channel;
    bool readable;
    bool hung_up; /* the last writer is gone: read on until the end shows */
};

enum life {
    RUNNING,
    EXITED,   /* reaped; its pipes may still hold bytes */
    REPORTED, /* the exit record is made */
};

struct program {
    pid_t pid;
    enum life life;
    uint8_t exit_code;

    struct source input;
    bool input_is_full; /* waits for room to write */

    struct outlet outlets[2];
    unsigned turn; /* the outlet to read next */

    struct record_reader record;
    struct record_stub stub;
};

static struct program programs[STREAMS_MAX];

static struct program *program_of(const struct stream *stream) {
    return &programs[stream_slot(stream)];
}

/* ---- towards the program ---- */

static void wait_for_room(struct program *program, bool is_full) {
    if (program->input_is_full == is_full)
        return;
    program->input_is_full = is_full;
    loop_change(&program->input, EPOLLET | (is_full ? (uint32_t)EPOLLOUT : 0));
}

static void on_input(struct source *input, uint32_t events) {
    (void)events;
    stream_writable(input->owner);
}

/* A program that reads no more is no fault: like a shell, we let the rest of its input go. */
static size_t write_input(struct program *program, const uint8_t *bytes, size_t length) {
    if (program->input.fd < 0)
        return length;
    ssize_t written = write(program->input.fd, bytes, length);
    if (written < 0 && errno != EAGAIN) {
        loop_close(&program->input);
        return length;
    }
    size_t taken = written < 0 ? 0 : (size_t)written;
    wait_for_room(program, taken < length);
    return taken;
}

/* X2. The rule broken, or NULL. */
static const char *begin_record(struct program *program) {
    const struct record_reader *record = &program->record;
    if (record->left > RECORD_PAYLOAD_MAX)
        return "X1: a record over 32765 bytes";
    if (record->channel != CHANNEL_STDIN && record->channel != CHANNEL_SIGNAL)
        return "X2: not a channel towards the guest";
    if (record->channel == CHANNEL_SIGNAL && record->left != 1)
        return "X2: a signal is one byte";
    if (record->left == 0)
        loop_close(&program->input);
    return NULL;
}

static const char *deliver_signal(struct program *program, unsigned number) {
    if (number == 0 || number > SIGNAL_MAX)
        return "X2: not a signal";
    if (program->life == RUNNING)
        kill(-program->pid, (int)number);
    return NULL;
}

static size_t exec_take(struct stream *stream, const uint8_t *bytes, size_t length) {
    struct program *program = program_of(stream);
    struct record_reader *record = &program->record;
    const char *fault = NULL;
    size_t used = 0;
    while (used < length && fault == NULL) {
        if (record->left == 0) {
            if (record_reader_header(record, bytes[used++]))
                fault = begin_record(program);
        } else if (record->channel == CHANNEL_SIGNAL) {
            fault = deliver_signal(program, bytes[used++]);
            record->left = 0;
        } else {
            size_t wanted = least(record->left, length - used);
            size_t written = write_input(program, bytes + used, wanted);
            record->left -= written;
            used += written;
            if (written < wanted)
                break;
        }
    }
    if (fault != NULL)
        stream_reset(stream, REASON_PROTOCOL_ERROR, "%s", fault);
    return used;
}

static void exec_end(struct stream *stream) {
    loop_close(&program_of(stream)->input);
}

/* ---- from the program ---- */

static void on_outlet(struct source *pipe, uint32_t events) {
    struct stream *stream = pipe->owner;
    struct program *program = program_of(stream);
    struct outlet *outlet = &program->outlets[pipe == &program->outlets[1].pipe];
    outlet->readable = true;
    if (events & (EPOLLHUP | EPOLLERR))
        outlet->hung_up = true;
    stream_readable(stream);
}

/* Reads one record into `into`; its whole length, or 0 when the outlet has nothing now. */
static size_t read_record(struct outlet *outlet, uint8_t *into, size_t room) {
    size_t wanted = room - RECORD_HEADER_BYTES;
    ssize_t got = read(outlet->pipe.fd, into + RECORD_HEADER_BYTES, wanted);
    if (got <= 0) {
        outlet->readable = false;
        if (got == 0 || errno != EAGAIN)
            loop_close(&outlet->pipe);
        return 0;
    }
    if ((size_t)got < wanted && !outlet->hung_up)
        outlet->readable = false;
    record_header(into, outlet->channel, (size_t)got);
    return RECORD_HEADER_BYTES + (size_t)got;
}

static size_t read_outlets(struct program *program, uint8_t *into, size_t room) {
    for (int tries = 0; tries < 2; tries++) {
        struct outlet *outlet = &program->outlets[program->turn];
        program->turn ^= 1;
        size_t length = outlet->readable ? read_record(outlet, into, room) : 0;
        if (length > 0)
            return length;
    }
    return 0;
}

static bool has_readable_outlet(const struct program *program) {
    return program->outlets[0].readable || program->outlets[1].readable;
}

static enum pulled exec_pull(struct stream *stream, uint8_t *into, size_t room, size_t *length) {
    struct program *program = program_of(stream);
    struct record_stub *stub = &program->stub;

    if (record_stub_is_sent(stub)) {
        if (room > STUB_BYTES && (*length = read_outlets(program, into, room)) > 0)
            return PULLED_MORE;
        stub->sent = 0;
        stub->length = read_outlets(program, stub->bytes, STUB_BYTES);
    }
    /* Descendants may hold the pipes open for ever: the program's own exit is what counts, and what
     * it wrote is all in the pipes by then. */
    if (stub->length == 0 && program->life == EXITED && !has_readable_outlet(program)) {
        program->life = REPORTED;
        record_stub_exit(stub, program->exit_code);
    }
    *length = record_stub_send(stub, into, room);
    if (!record_stub_is_sent(stub))
        return PULLED_MORE;
    if (program->life == REPORTED)
        return PULLED_END;
    return has_readable_outlet(program) || program->life == EXITED ? PULLED_MORE : PULLED_ALL;
}

static struct stream *stream_of(const struct program *program) {
    return program->input.owner;
}

void exec_exited(pid_t pid, int status) {
    for (unsigned slot = 0; slot < STREAMS_MAX; slot++) {
        struct program *program = &programs[slot];
        if (program->pid != pid)
            continue;
        program->pid = 0;
        program->life = EXITED;
        program->exit_code = exit_code_of(status);
        for (int i = 0; i < 2; i++)
            program->outlets[i].readable = program->outlets[i].pipe.fd >= 0;
        stream_readable(stream_of(program));
        return;
    }
}

/* ---- life ---- */

static void open_outlet(struct outlet *outlet, struct stream *stream, enum channel channel, int fd) {
    *outlet = (struct outlet){
        .pipe = {.fd = fd, .ready = on_outlet, .owner = stream},
        .channel = channel,
    };
}

static void exec_open(struct stream *stream, const struct metadata *metadata) {
    struct program *program = program_of(stream);
    struct child child = {.input = -1, .output = -1, .error = -1};
    int why = spawn(metadata, &child);

    *program = (struct program){
        .pid = why == 0 ? child.pid : 0,
        .input = {.fd = child.input, .ready = on_input, .owner = stream},
    };
    open_outlet(&program->outlets[0], stream, CHANNEL_STDOUT, child.output);
    open_outlet(&program->outlets[1], stream, CHANNEL_STDERR, child.error);
    if (why != 0) {
        stream_reset(stream, REASON_REFUSED, "%s", strerrordesc_np(why));
        return;
    }
    if (!loop_add(&program->input, EPOLLET) || !loop_add(&program->outlets[0].pipe, EPOLLIN | EPOLLET) ||
        !loop_add(&program->outlets[1].pipe, EPOLLIN | EPOLLET)) {
        stream_reset(stream, REASON_INTERNAL, "epoll: %s", strerrordesc_np(errno));
        return;
    }
    stream_accept(stream);
}

/* X4, and likewise when the link is lost: nobody could ever stop the program again. */
static void exec_close(struct stream *stream) {
    struct program *program = program_of(stream);
    if (program->pid > 0)
        kill(-program->pid, SIGKILL);
    program->pid = 0;
    loop_close(&program->input);
    loop_close(&program->outlets[0].pipe);
    loop_close(&program->outlets[1].pipe);
}

const struct kind exec_kind = {
    .name = "exec",
    .pairs_max = METADATA_PAIRS_EXEC,
    .open = exec_open,
    .take = exec_take,
    .end = exec_end,
    .pull = exec_pull,
    .close = exec_close,
};
