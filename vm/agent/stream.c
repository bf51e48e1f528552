#include "stream.h"

#include "bytes.h"
#include "limits.h"
#include "output.h"
#include "ring.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/queue.h>

#define ACCEPT_BYTES 64 /* two pairs: a key of 8 letters, a number of 20 digits, two NULs */

enum phase {
    PHASE_FREE,
    PHASE_OPEN,
    PHASE_RESETTING, /* closed; holds its slot until RESET is written */
};

enum inbound {
    INBOUND_OPEN,
    INBOUND_ENDING, /* the host's END came; bytes before it still wait */
    INBOUND_DEAF,   /* nobody takes the bytes any more: see stream_deafen */
    INBOUND_ENDED,
};

enum outbound {
    OUTBOUND_OPEN,
    OUTBOUND_ENDED,
};

struct stream {
    enum phase phase;
    uint32_t id;
    const struct kind *kind;

    enum inbound inbound;
    uint32_t granted;  /* what the host may still send (C4) */
    uint32_t consumed; /* taken by the kind, not granted back yet (C3) */
    struct ring waiting;

    enum outbound outbound;
    uint32_t credit; /* what we may still send (C1) */
    bool readable;

    bool accept_due;
    size_t accept_length;
    char accept_pairs[ACCEPT_BYTES];
    enum reason reason;
    char text[RESET_TEXT_BYTES];

    bool in_control;
    bool in_data;
    TAILQ_ENTRY(stream) control_entry;
    TAILQ_ENTRY(stream) data_entry;
    LIST_ENTRY(stream) table_entry; /* in its bucket, or among the free */
};

TAILQ_HEAD(turns, stream);
LIST_HEAD(bucket, stream);

static struct stream streams[STREAMS_MAX];
static struct bucket free_streams;
static struct bucket buckets[STREAMS_MAX]; /* ids are odd and grow by two: one stream each, mostly */
static struct turns control_turns;
static struct turns data_turns;
static unsigned resetting; /* slots held by a RESET that is not written yet */
static uint32_t send_window;

static struct bucket *bucket_of(uint32_t id) {
    return &buckets[(id >> 1) % STREAMS_MAX];
}

/* NULL also for a stream we have reset: S4 and S5 ignore what arrives for it. */
static struct stream *find(uint32_t id) {
    struct stream *stream;
    LIST_FOREACH (stream, bucket_of(id), table_entry)
        if (stream->id == id)
            return stream->phase == PHASE_OPEN ? stream : NULL;
    return NULL;
}

static void wants_control(struct stream *stream) {
    if (!stream->in_control) {
        stream->in_control = true;
        TAILQ_INSERT_TAIL(&control_turns, stream, control_entry);
    }
}

static void wants_data(struct stream *stream) {
    if (stream->readable && stream->credit > 0 && !stream->in_data) {
        stream->in_data = true;
        TAILQ_INSERT_TAIL(&data_turns, stream, data_entry);
    }
}

static void leave_control(struct stream *stream) {
    if (stream->in_control) {
        stream->in_control = false;
        TAILQ_REMOVE(&control_turns, stream, control_entry);
    }
}

static void leave_data(struct stream *stream) {
    if (stream->in_data) {
        stream->in_data = false;
        TAILQ_REMOVE(&data_turns, stream, data_entry);
    }
}

static void let_go(struct stream *stream) {
    if (stream->phase == PHASE_OPEN)
        stream->kind->close(stream);
    ring_release(&stream->waiting);
    leave_data(stream);
}

static void free_slot(struct stream *stream) {
    let_go(stream);
    leave_control(stream);
    resetting -= stream->phase == PHASE_RESETTING;
    stream->phase = PHASE_FREE;
    LIST_REMOVE(stream, table_entry);
    LIST_INSERT_HEAD(&free_streams, stream, table_entry);
}

/* S3. Returns whether the stream is still there. */
static bool outlives_its_ends(struct stream *stream) {
    if (stream->inbound != INBOUND_ENDED || stream->outbound != OUTBOUND_ENDED)
        return true;
    free_slot(stream);
    return false;
}

/* ---- for kinds ---- */

unsigned stream_slot(const struct stream *stream) {
    return (unsigned)(stream - streams);
}

void stream_accept(struct stream *stream) {
    stream->accept_due = true;
    wants_control(stream);
}

void stream_accept_pair(struct stream *stream, const char *key, uint64_t number) {
    char *at = stream->accept_pairs + stream->accept_length;
    size_t room = sizeof stream->accept_pairs - stream->accept_length;
    int length = snprintf(at, room, "%s%c%" PRIu64, key, 0, number);
    if (length > 0 && (size_t)length < room)
        stream->accept_length += (size_t)length + 1;
}

void stream_reset(struct stream *stream, enum reason reason, const char *format, ...) {
    if (stream->phase != PHASE_OPEN)
        return;
    let_go(stream);
    stream->phase = PHASE_RESETTING;
    resetting++;
    stream->reason = reason;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(stream->text, sizeof stream->text, format, arguments);
    va_end(arguments);
    wants_control(stream);
}

void stream_readable(struct stream *stream) {
    stream->readable = stream->phase == PHASE_OPEN && stream->outbound == OUTBOUND_OPEN;
    wants_data(stream);
}

bool stream_is_backed_up(const struct stream *stream) {
    return !ring_is_empty(&stream->waiting);
}

static void reset_if_still_sending(struct stream *stream) {
    if (stream->inbound == INBOUND_DEAF && stream->outbound == OUTBOUND_ENDED && stream->granted == 0)
        stream_reset(stream, REASON_UNREACHABLE, "the other end closed and takes no more bytes");
}

void stream_deafen(struct stream *stream) {
    ring_release(&stream->waiting);
    if (stream->inbound == INBOUND_OPEN) {
        stream->inbound = INBOUND_DEAF;
        reset_if_still_sending(stream);
    } else if (stream->inbound == INBOUND_ENDING) {
        stream->inbound = INBOUND_ENDED;
        outlives_its_ends(stream);
    }
}

static bool takes_bytes(const struct stream *stream) {
    return stream->phase == PHASE_OPEN &&
           (stream->inbound == INBOUND_OPEN || stream->inbound == INBOUND_ENDING);
}

static size_t let_take(struct stream *stream, const uint8_t *bytes, size_t length) {
    size_t taken = stream->kind->take(stream, bytes, length);
    if (!takes_bytes(stream))
        return length;
    stream->consumed += (uint32_t)taken;
    /* After its END the host has no use for credit. */
    if (stream->consumed >= GRANT_BYTES && stream->inbound == INBOUND_OPEN)
        wants_control(stream);
    return taken;
}

static void end_if_all_is_taken(struct stream *stream) {
    if (stream->phase != PHASE_OPEN || stream->inbound != INBOUND_ENDING || stream_is_backed_up(stream))
        return;
    stream->inbound = INBOUND_ENDED;
    stream->kind->end(stream);
    if (stream->phase == PHASE_OPEN)
        outlives_its_ends(stream);
}

void stream_writable(struct stream *stream) {
    while (takes_bytes(stream) && stream_is_backed_up(stream)) {
        size_t length;
        const uint8_t *front = ring_front(&stream->waiting, &length);
        size_t taken = let_take(stream, front, length);
        if (!takes_bytes(stream))
            return;
        ring_take(&stream->waiting, taken);
        if (taken < length)
            return;
    }
    end_if_all_is_taken(stream);
}

/* ---- for the link ---- */

void streams_start(uint32_t window) {
    send_window = window;
}

bool streams_full(void) {
    return LIST_EMPTY(&free_streams);
}

bool streams_can_open(void) {
    return !streams_full() || resetting == 0;
}

void streams_open(uint32_t id, const struct kind *kind, const struct metadata *metadata) {
    struct stream *stream = LIST_FIRST(&free_streams);
    LIST_REMOVE(stream, table_entry);
    *stream = (struct stream){
        .phase = PHASE_OPEN,
        .id = id,
        .kind = kind,
        .granted = WINDOW_BYTES,
        .credit = send_window,
    };
    LIST_INSERT_HEAD(bucket_of(id), stream, table_entry);
    kind->open(stream, metadata);
}

void streams_data(uint32_t id, const uint8_t *bytes, size_t length) {
    struct stream *stream = find(id);
    if (stream == NULL)
        return;
    if (stream->inbound == INBOUND_ENDING || stream->inbound == INBOUND_ENDED) {
        stream_reset(stream, REASON_DATA_AFTER_END, "S5: DATA after END");
        return;
    }
    if (length > stream->granted) {
        stream_reset(stream, REASON_CREDIT_EXCEEDED, "C4: DATA beyond the credit granted");
        return;
    }
    stream->granted -= (uint32_t)length;
    if (stream->inbound == INBOUND_DEAF) {
        reset_if_still_sending(stream);
        return;
    }
    size_t taken = stream_is_backed_up(stream) ? 0 : let_take(stream, bytes, length);
    if (taken < length && takes_bytes(stream) && !ring_put(&stream->waiting, bytes + taken, length - taken))
        stream_reset(stream, REASON_BUSY, "the machine has no memory to hold the stream's bytes");
}

void streams_credit(uint32_t id, uint32_t bytes) {
    struct stream *stream = find(id);
    if (stream == NULL)
        return;
    if (bytes > CREDIT_MAX - stream->credit) {
        stream_reset(stream, REASON_CREDIT_OVERFLOW, "C5: credit over 2147483647");
        return;
    }
    stream->credit += bytes;
    wants_data(stream);
}

void streams_end(uint32_t id) {
    struct stream *stream = find(id);
    if (stream == NULL)
        return;
    switch (stream->inbound) {
    case INBOUND_OPEN:
        stream->inbound = INBOUND_ENDING;
        end_if_all_is_taken(stream);
        break;
    case INBOUND_DEAF:
        stream->inbound = INBOUND_ENDED;
        outlives_its_ends(stream);
        break;
    case INBOUND_ENDING:
    case INBOUND_ENDED:
        stream_reset(stream, REASON_DATA_AFTER_END, "S5: a second END");
        break;
    }
}

void streams_forget(uint32_t id) {
    struct stream *stream = find(id);
    if (stream != NULL)
        free_slot(stream);
}

void streams_forget_all(void) {
    TAILQ_INIT(&control_turns);
    TAILQ_INIT(&data_turns);
    resetting = 0;
    LIST_INIT(&free_streams);
    for (unsigned i = 0; i < STREAMS_MAX; i++)
        LIST_INIT(&buckets[i]);
    for (unsigned i = STREAMS_MAX; i-- > 0;) {
        struct stream *stream = &streams[i];
        stream->in_control = false;
        stream->in_data = false;
        if (stream->phase == PHASE_OPEN && stream->kind->lose != NULL)
            stream->kind->lose(stream);
        let_go(stream);
        stream->phase = PHASE_FREE;
        LIST_INSERT_HEAD(&free_streams, stream, table_entry);
    }
}

/* ---- for the output ---- */

/* All of a stream's control frames at their longest: ACCEPT, CREDIT, or RESET in their place. */
#define CONTROL_ROOM (FRAME_HEADER_BYTES + 2 + RESET_TEXT_BYTES)
_Static_assert(2 * FRAME_HEADER_BYTES + ACCEPT_BYTES + 4 <= CONTROL_ROOM, "ACCEPT and CREDIT fit");

static void write_reset(struct stream *stream) {
    uint8_t *payload = output_payload();
    size_t length = strlen(stream->text);
    put_u16(payload, (uint16_t)stream->reason);
    memcpy(payload + 2, stream->text, length);
    output_frame(FRAME_RESET, stream->id, 2 + length);
    free_slot(stream);
}

static void write_accept_and_credit(struct stream *stream) {
    if (stream->accept_due) {
        stream->accept_due = false;
        memcpy(output_payload(), stream->accept_pairs, stream->accept_length);
        output_frame(FRAME_ACCEPT, stream->id, stream->accept_length);
    }
    if (stream->consumed >= GRANT_BYTES && stream->inbound == INBOUND_OPEN) {
        put_u32(output_payload(), stream->consumed);
        output_frame(FRAME_CREDIT, stream->id, 4);
        stream->granted += stream->consumed;
        stream->consumed = 0;
    }
}

void streams_write_control(void) {
    while (!TAILQ_EMPTY(&control_turns) && output_room() >= CONTROL_ROOM) {
        struct stream *stream = TAILQ_FIRST(&control_turns);
        leave_control(stream);
        if (stream->phase == PHASE_RESETTING)
            write_reset(stream);
        else
            write_accept_and_credit(stream);
    }
}

/* A turn of DATA also keeps place for END; a smaller remainder of the batch is not worth a frame. */
#define DATA_ROOM_MIN 1024

static void write_turn(struct stream *stream) {
    size_t room = least(output_room() - FRAME_HEADER_BYTES, DATA_PAYLOAD_MAX);
    size_t length = 0;
    enum pulled pulled = stream->kind->pull(stream, output_payload(), least(room, stream->credit), &length);
    if (stream->phase != PHASE_OPEN)
        return;
    if (length > 0) {
        output_frame(FRAME_DATA, stream->id, length);
        stream->credit -= (uint32_t)length;
    }
    stream->readable = pulled == PULLED_MORE;
    wants_data(stream);
    if (pulled == PULLED_END) {
        output_frame(FRAME_END, stream->id, 0);
        stream->outbound = OUTBOUND_ENDED;
        if (outlives_its_ends(stream))
            reset_if_still_sending(stream);
    }
}

void streams_write_data(void) {
    while (!TAILQ_EMPTY(&data_turns) && output_room() >= DATA_ROOM_MIN) {
        struct stream *stream = TAILQ_FIRST(&data_turns);
        leave_data(stream);
        write_turn(stream);
    }
}

bool streams_have_output(void) {
    return !TAILQ_EMPTY(&data_turns) || !TAILQ_EMPTY(&control_turns);
}
