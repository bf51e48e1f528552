/*
 * Streams: ids, credit in both directions, half-close and reset (rules S and C). What a stream leads to
 * is its kind; a kind moves bytes and knows nothing of frames.
 */
#ifndef WARREN_STREAM_H
#define WARREN_STREAM_H

#include "metadata.h"
#include "wire.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct stream;

enum pulled {
    PULLED_MORE, /* there may be more: give this stream another turn */
    PULLED_ALL,  /* nothing now; the kind calls stream_readable when that changes */
    PULLED_END,  /* there will never be more: END */
};

struct kind {
    const char *name;
    unsigned pairs_max; /* M1 */

    /* Calls stream_accept or stream_reset, at once or later. */
    void (*open)(struct stream *stream, const struct metadata *metadata);

    /* Consumes bytes from the host and returns how many; fewer means: wait until stream_writable. */
    size_t (*take)(struct stream *stream, const uint8_t *bytes, size_t length);

    /* The host's END, after every byte before it was taken. */
    void (*end)(struct stream *stream);

    /* Produces up to `room` bytes for the host right where the frame is being built. */
    enum pulled (*pull)(struct stream *stream, uint8_t *into, size_t room, size_t *length);

    /* Lets go of what the stream holds. Called once for each stream that was opened. */
    void (*close)(struct stream *stream);

    /* The link is lost (K4): takes out what shall outlive it, before `close`. NULL: nothing does. */
    void (*lose)(struct stream *stream);
};

/* For kinds */

/* The stream's place in the table, below STREAMS_MAX: where a kind keeps its own state. */
unsigned stream_slot(const struct stream *stream);

void stream_accept(struct stream *stream);

/* Before stream_accept: a pair of the metadata that ACCEPT carries; at most two, with keys of 8 letters. */
void stream_accept_pair(struct stream *stream, const char *key, uint64_t number);

void stream_reset(struct stream *stream, enum reason reason, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* `pull` would now find something. */
void stream_readable(struct stream *stream);

/* `take` would now make progress. */
void stream_writable(struct stream *stream);

/* True while bytes from the host wait for the kind to take them. */
bool stream_is_backed_up(const struct stream *stream);

/*
 * The consumer is gone, though the host may not know yet. What is under way is absorbed, so that the
 * consumer's last words still reach the host; but none of it is granted back, and a host that spends
 * the rest of its credit after our END is told by RESET `unreachable`.
 */
void stream_deafen(struct stream *stream);

/* For the link: what the host's frames do. Ids that are not open are ignored (S5). */

void streams_start(uint32_t send_window);
void streams_open(uint32_t id, const struct kind *kind, const struct metadata *metadata);
bool streams_full(void); /* S6 */
/* False while a slot is only waiting for its RESET to be written: too early to call the table full. */
bool streams_can_open(void);
void streams_data(uint32_t id, const uint8_t *bytes, size_t length);
void streams_credit(uint32_t id, uint32_t bytes);
void streams_end(uint32_t id);
void streams_forget(uint32_t id); /* the host's RESET (S4) */
void streams_forget_all(void);

/* For the output: writes what streams have to say into the batch, as far as it has room. */

void streams_write_control(void);
void streams_write_data(void);
bool streams_have_output(void);

#endif
