/* `pty`: a view of a terminal, as records (rules T). */
#include "bytes.h"
#include "kinds.h"
#include "record.h"
#include "terminal.h"

#include <errno.h>
#include <string.h>

#define DEFAULT_COLS 80
#define DEFAULT_ROWS 24

struct view {
    struct terminal *terminal; /* NULL once its end was told, or another stream took it over */
    uint32_t shown;            /* how far into the history */
    bool replays;              /* T4: the history first, what is new after it */

    struct record_reader record;
    uint8_t collected[SIZE_BYTES]; /* of a signal or a size */
    struct record_stub stub;
};

static struct view views[STREAMS_MAX];

static struct view *view_of(const struct stream *stream) {
    return &views[stream_slot(stream)];
}

/* ---- towards the program ---- */

/* T2. The rule broken, or NULL. */
static const char *begin_record(const struct record_reader *record) {
    if (record->left > RECORD_PAYLOAD_MAX)
        return "X1: a record over 32765 bytes";
    switch (record->channel) {
    case CHANNEL_STDIN:
        return NULL;
    case CHANNEL_SIGNAL:
        return record->left == 1 ? NULL : "T2: a signal is one byte";
    case CHANNEL_SIZE:
        return record->left == SIZE_BYTES ? NULL : "T2: a size is four bytes";
    default:
        return "T2: not a channel towards the guest";
    }
}

static bool is_side(uint64_t cells) {
    return cells >= 1 && cells <= COLS_ROWS_MAX;
}

static const char *obey(struct terminal *terminal, unsigned channel, const uint8_t *bytes) {
    if (channel == CHANNEL_SIGNAL) {
        if (bytes[0] == 0 || bytes[0] > SIGNAL_MAX)
            return "T2: not a signal";
        if (terminal != NULL)
            terminal_signal(terminal, bytes[0]);
        return NULL;
    }
    struct window window = {.cols = get_u16(bytes), .rows = get_u16(bytes + 2)};
    if (!is_side(window.cols) || !is_side(window.rows))
        return "T2: cols and rows are 1 to 1000";
    if (terminal != NULL)
        terminal_resize(terminal, window);
    return NULL;
}

static size_t type(struct terminal *terminal, const uint8_t *bytes, size_t length) {
    return terminal == NULL ? length : terminal_write(terminal, bytes, length);
}

static size_t pty_take(struct stream *stream, const uint8_t *bytes, size_t length) {
    struct view *view = view_of(stream);
    struct record_reader *record = &view->record;
    const char *fault = NULL;
    size_t used = 0;
    while (used < length && fault == NULL) {
        if (record->left == 0) {
            if (record_reader_header(record, bytes[used++]))
                fault = begin_record(record);
        } else if (record->channel == CHANNEL_STDIN) {
            size_t wanted = least(record->left, length - used);
            size_t typed = type(view->terminal, bytes + used, wanted);
            record->left -= typed;
            used += typed;
            if (typed < wanted)
                break;
        } else {
            size_t whole = record->channel == CHANNEL_SIGNAL ? 1 : SIZE_BYTES;
            view->collected[whole - record->left] = bytes[used++];
            if (--record->left == 0)
                fault = obey(view->terminal, record->channel, view->collected);
        }
    }
    if (fault != NULL)
        stream_reset(stream, REASON_PROTOCOL_ERROR, "%s", fault);
    return used;
}

/* ---- from the program ---- */

/* The next piece of the history or of what is new, as it comes. */
static size_t read_output(struct view *view, uint8_t *into, size_t room) {
    if (view->replays) {
        const struct ring *history = &view->terminal->history;
        struct ring rest = {.bytes = history->bytes, .put = history->put, .taken = view->shown};
        size_t length = 0;
        const uint8_t *front = ring_is_empty(&rest) ? NULL : ring_front(&rest, &length);
        length = least(length, room);
        if (length > 0) {
            memcpy(into, front, length);
            view->shown += (uint32_t)length;
            return length;
        }
        view->replays = false;
    }
    return terminal_read(view->terminal, into, room);
}

/* One record; its whole length, or 0 when there is nothing now. */
static size_t read_record(struct view *view, uint8_t *into, size_t room) {
    size_t length =
        read_output(view, into + RECORD_HEADER_BYTES, least(room - RECORD_HEADER_BYTES, RECORD_PAYLOAD_MAX));
    if (length == 0)
        return 0;
    record_header(into, CHANNEL_STDOUT, length);
    return RECORD_HEADER_BYTES + length;
}

static enum pulled pty_pull(struct stream *stream, uint8_t *into, size_t room, size_t *length) {
    struct view *view = view_of(stream);
    struct record_stub *stub = &view->stub;

    if (record_stub_is_sent(stub) && view->terminal != NULL) {
        bool is_roomy = room > STUB_BYTES;
        size_t got = read_record(view, is_roomy ? into : stub->bytes, is_roomy ? room : STUB_BYTES);
        if (got == 0 && view->terminal->ended == 0)
            return PULLED_ALL;
        if (got > 0 && is_roomy) {
            *length = got;
            return PULLED_MORE;
        }
        stub->sent = 0;
        stub->length = got;
        if (got == 0) {
            record_stub_exit(stub, view->terminal->exit_code);
            terminal_forget(view->terminal);
            view->terminal = NULL;
        }
    }
    *length = record_stub_send(stub, into, room);
    return record_stub_is_sent(stub) && view->terminal == NULL ? PULLED_END : PULLED_MORE;
}

/* ---- life ---- */

/* NULL, or the rule that is broken. */
static const char *read_side(const struct metadata *metadata, const char *key, uint16_t *cells) {
    const char *text = metadata_value(metadata, key);
    uint64_t number = *cells;
    if (text != NULL && !metadata_number(text, &number))
        number = 0;
    *cells = (uint16_t)number;
    return is_side(number) ? NULL : "T1: cols and rows are 1 to 1000";
}

static void attach(struct stream *stream, struct terminal *terminal) {
    struct view *view = view_of(stream);
    if (terminal->stream != NULL)
        stream_reset(terminal->stream, REASON_REPLACED, "T7: another stream took the terminal over");
    *view = (struct view){.terminal = terminal, .shown = terminal->history.taken, .replays = true};
    terminal_attach(terminal, stream);
    stream_accept(stream);
    stream_readable(stream);
}

static void start(struct stream *stream, const struct metadata *metadata, const struct name *name) {
    struct window window = {.cols = DEFAULT_COLS, .rows = DEFAULT_ROWS};
    const char *fault = read_side(metadata, "cols", &window.cols);
    if (fault == NULL)
        fault = read_side(metadata, "rows", &window.rows);
    if (fault != NULL) {
        stream_reset(stream, REASON_PROTOCOL_ERROR, "%s", fault);
        return;
    }
    int why;
    struct terminal *terminal = terminal_start(metadata, name, window, &why);
    if (terminal != NULL)
        attach(stream, terminal);
    else if (why == EBUSY)
        stream_reset(stream, REASON_BUSY, "T6: 16 terminals are open");
    else
        stream_reset(stream, REASON_REFUSED, "%s", strerrordesc_np(why));
}

static void pty_open(struct stream *stream, const struct metadata *metadata) {
    const char *text = metadata_value(metadata, "terminal");
    struct name name;
    *view_of(stream) = (struct view){0};
    if (text == NULL || !name_read(&name, text)) {
        stream_reset(stream, REASON_PROTOCOL_ERROR, "T1: terminal is not 1 to 32 of a-z and 0-9");
        return;
    }
    struct terminal *terminal = terminal_named(name.text);
    if (terminal == NULL) {
        start(stream, metadata, &name);
        return;
    }
    stream_accept_pair(stream, "attached", 1);
    attach(stream, terminal);
}

/* T5 */
static void pty_close(struct stream *stream) {
    struct view *view = view_of(stream);
    if (view->terminal != NULL)
        terminal_detach(view->terminal);
    view->terminal = NULL;
}

const struct kind pty_kind = {
    .name = "pty",
    .pairs_max = METADATA_PAIRS_EXEC,
    .open = pty_open,
    .take = pty_take,
    .end = kind_ignores_end,
    .pull = pty_pull,
    .close = pty_close,
};
