#include "console.h"

#include "bytes.h"
#include "limits.h"
#include "link.h"
#include "port.h"
#include "reader.h"

#include <errno.h>
#include <string.h>

#define ATTENTIONS_MAX 64 /* read at once; more of them say nothing more */

static struct port data_port;
static struct port attention_port;
static bool data_is_ready;

static struct reader reader;
static uint8_t input[INPUT_BYTES];
static size_t input_start, input_end;

static bool announced;
static unsigned attentions; /* bytes 'A' whose HELLO has not come yet */
static uint32_t unreported_bytes;
static unsigned unreported_reads;

static void take_attentions(void) {
    uint8_t bytes[ATTENTIONS_MAX];
    unsigned count = 0;
    size_t length = port_read(&attention_port, bytes, sizeof bytes);
    for (size_t i = 0; i < length; i++)
        count += bytes[i] == ATTENTION_BYTE;
    if (count == 0)
        return;
    attentions = (unsigned)least(attentions + count, ATTENTIONS_MAX);
    link_forget();
    reader_seek_hello(&reader);
}

/* K7: from power-on the host cannot know when the driver takes what it writes. Nor may the port take
 * anything from us yet; then it says when. */
static void announce(void) {
    const uint8_t byte = ANNOUNCE_BYTE;
    announced = port_write(&attention_port, &byte, sizeof byte) == sizeof byte;
    port_wants(&attention_port, announced ? EPOLLIN : EPOLLIN | EPOLLOUT);
}

static void on_attention(struct source *source, uint32_t events) {
    (void)source;
    port_note(&attention_port, events);
    if (!announced)
        announce();
    take_attentions();
}

/* Only noted: port 2 must be looked at first, and epoll tells them in any order. */
static void on_data(struct source *source, uint32_t events) {
    (void)source;
    port_note(&data_port, events);
    data_is_ready = true;
}

bool console_open(const char *data_path, const char *attention_path) {
    reader_seek_hello(&reader);
    if (!port_open(&data_port, data_path))
        return false;
    if (port_open(&attention_port, attention_path)) {
        if (port_watch(&data_port, on_data) && port_watch(&attention_port, on_attention)) {
            announce();
            return true;
        }
        loop_close(&attention_port.source);
    }
    int why = errno;
    loop_close(&data_port.source);
    errno = why;
    return false;
}

static void count_read(size_t length) {
    unreported_bytes += (uint32_t)length;
    /* On a device one read is one of the host's chunks. A socket does not keep them apart, so there
     * every read counts as the most it can be, or the host might wait for ever (K2). */
    unreported_reads += data_port.is_stream ? ACK_READS : 1;
}

/* The count starts after the HELLO (K3, K4), with what came behind it in the same reads. */
static void restart_count(void) {
    unreported_bytes = 0;
    unreported_reads = 0;
    if (input_end > input_start)
        count_read(input_end - input_start);
}

/*
 * A HELLO is good only after an attention. The host writes the attention first, but the two ports may
 * be read in the other order; so before a HELLO is called a violation, port 2 is asked once more.
 */
static void on_hello(const struct reader_event *event) {
    if (attentions == 0)
        take_attentions();
    if (attentions > 0) {
        attentions--;
        /* Several attempts of the host may have queued up: the last of them is the one it waits for. */
        link_forget();
        if (memcmp(event->bytes, HELLO_MAGIC, HELLO_MAGIC_BYTES) == 0 && link_begin(event->bytes)) {
            reader.state = READER_IN_HEADER;
            restart_count();
            return;
        }
    } else if (link_is_open()) {
        link_violation("H1: a second HELLO");
    }
    reader_seek_hello(&reader);
}

static void on_event(const struct reader_event *event) {
    bool good = true;
    switch (event->type) {
    case READER_FRAME:
        if (event->header.type == FRAME_HELLO)
            on_hello(event);
        else
            good = link_frame(&event->header, event->bytes);
        break;
    case READER_DATA:
        good = link_data(event->header.stream, event->bytes, event->length);
        break;
    case READER_FAULT:
        link_violation(event->fault);
        break;
    case READER_NEEDS_MORE:
        break;
    }
    if (!good)
        reader_seek_hello(&reader);
}

static void read_frames(void) {
    while (input_start < input_end && link_can_answer()) {
        struct reader_event event;
        input_start += reader_step(&reader, input + input_start, input_end - input_start, &event);
        on_event(&event);
    }
    if (input_start == input_end)
        input_start = input_end = 0;
}

/* A full chunk is most likely followed by another; a short one is the end of a message, which should
 * not wait for one more read that finds nothing. */
static void read_chunks(void) {
    while (input_end < INPUT_BYTES) {
        size_t length = port_read(&data_port, input + input_end, INPUT_BYTES - input_end);
        if (length == 0)
            return;
        input_end += length;
        count_read(length);
        if (length < CHUNK_BYTES)
            return;
    }
}

void console_read(void) {
    read_frames();
    if (!data_is_ready || console_has_input())
        return;
    data_is_ready = false;
    read_chunks();
    read_frames();
}

bool console_has_input(void) {
    return input_start < input_end;
}

size_t console_write(const uint8_t *bytes, size_t length) {
    return port_write(&data_port, bytes, length);
}

void console_wait_for(bool output) {
    uint32_t events = console_has_input() ? 0 : (uint32_t)EPOLLIN;
    if (output)
        events |= EPOLLOUT;
    port_wants(&data_port, events);
}

uint32_t console_unreported(void) {
    return link_is_open() ? unreported_bytes : 0;
}

bool console_ack_is_due(void) {
    return link_is_open() && (unreported_reads >= ACK_READS || unreported_bytes >= ACK_BYTES);
}

void console_reported(void) {
    unreported_bytes = 0;
    unreported_reads = 0;
}
