#include "link.h"

#include "bytes.h"
#include "kinds.h"
#include "limits.h"
#include "output.h"
#include "stream.h"

#include <string.h>

enum state {
    LINK_WAITING, /* K4: for attention and HELLO */
    LINK_OPEN,
};

struct refusal {
    uint32_t stream;
    enum reason reason;
    const char *text;
};

/* What is to be sent, beside what the streams have. */
struct due {
    bool hello;
    uint8_t nonce[NONCE_BYTES];
    bool goodbye;
    enum reason goodbye_reason;
    const char *goodbye_text;
    uint8_t pongs[PINGS_QUEUED_MAX][PING_BYTES];
    unsigned pong_count;
    struct refusal refusals[REFUSALS_MAX];
    unsigned refusal_count;
};

static enum state state;
static uint32_t last_id; /* S1: ids only grow; also tells ids that were from ids that never were (S5) */
static struct due due;

void link_start(void) {
    streams_forget_all();
}

bool link_is_open(void) {
    return state == LINK_OPEN;
}

bool link_can_answer(void) {
    return due.refusal_count < REFUSALS_MAX && streams_can_open();
}

static void wait_for_host(void) {
    state = LINK_WAITING;
    last_id = 0;
    due = (struct due){0};
    streams_forget_all();
}

void link_forget(void) {
    wait_for_host();
    output_drop();
}

/* Frames already in the batch go out whole, so the host can still read the GOODBYE behind them. */
static void say_goodbye(enum reason reason, const char *text) {
    wait_for_host();
    due.goodbye = true;
    due.goodbye_reason = reason;
    due.goodbye_text = text;
}

void link_violation(const char *rule) {
    say_goodbye(REASON_PROTOCOL_ERROR, rule);
}

bool link_begin(const uint8_t hello[HELLO_BYTES]) {
    const uint8_t *rest = hello + HELLO_MAGIC_BYTES;
    uint16_t version = get_u16(rest);
    uint16_t reserved = get_u16(rest + 2);
    uint32_t window = get_u32(rest + 4);

    if (version != HELLO_VERSION) {
        say_goodbye(REASON_VERSION, "H2: this agent speaks version 1");
        return false;
    }
    if (reserved != 0 || window == 0 || window > WINDOW_MAX) {
        link_violation(reserved != 0 ? "F4: reserved not 0" : "H3: window not 1 to 16777216");
        return false;
    }
    state = LINK_OPEN;
    streams_start(window);
    due.hello = true;
    memcpy(due.nonce, rest + 8, NONCE_BYTES);
    return true;
}

static void refuse(uint32_t stream, enum reason reason, const char *text) {
    due.refusals[due.refusal_count++] = (struct refusal){stream, reason, text};
}

/* NULL, or the rule broken. */
static const char *open_stream(uint32_t id, const uint8_t *payload, size_t length) {
    static struct metadata metadata; /* too large for the stack, used only until `open` returns */

    if (id % 2 == 0)
        return "S1: an even id from the client";
    if (id <= last_id)
        return "S1: an id not above the last";
    last_id = id;
    if (streams_full()) {
        refuse(id, REASON_TOO_MANY_STREAMS, "S6: 256 streams are open");
        return NULL;
    }
    const char *fault = metadata_read(&metadata, payload, length);
    if (fault != NULL) {
        refuse(id, REASON_PROTOCOL_ERROR, fault);
        return NULL;
    }
    const struct kind *kind = kind_named(metadata.pairs[0].value);
    if (kind == NULL)
        refuse(id, REASON_UNKNOWN_KIND, "M3: unknown kind");
    else if (metadata.count > kind->pairs_max)
        refuse(id, REASON_PROTOCOL_ERROR, "M1: too many pairs");
    else
        streams_open(id, kind, &metadata);
    return NULL;
}

static bool was_opened(uint32_t id) {
    return id % 2 == 1 && id <= last_id;
}

static const char *stream_frame(const struct frame_header *header, const uint8_t *payload) {
    if (header->type == FRAME_OPEN)
        return open_stream(header->stream, payload, header->length);
    if (header->type == FRAME_ACCEPT)
        return "S2: ACCEPT of a stream the agent did not open";
    if (!was_opened(header->stream))
        return "S5: a stream that was never opened";

    switch (header->type) {
    case FRAME_CREDIT: {
        uint32_t bytes = get_u32(payload);
        if (bytes == 0 || bytes > CREDIT_MAX)
            return "F4: CREDIT of 0 or over 2147483647";
        streams_credit(header->stream, bytes);
        break;
    }
    case FRAME_END:
        streams_end(header->stream);
        break;
    case FRAME_RESET:
        streams_forget(header->stream);
        break;
    }
    return NULL;
}

static const char *link_level_frame(const struct frame_header *header, const uint8_t *payload) {
    switch (header->type) {
    case FRAME_HELLO:
        return "H1: a second HELLO";
    case FRAME_PING:
        if (due.pong_count == PINGS_QUEUED_MAX)
            return "P2: more than 10 PINGs unanswered";
        memcpy(due.pongs[due.pong_count++], payload, PING_BYTES);
        break;
    default:
        /* PONG: we sent no PING. GOODBYE: we open no streams (P3). ACK: the host need not count. */
        break;
    }
    return NULL;
}

bool link_frame(const struct frame_header *header, const uint8_t *payload) {
    const char *fault =
        header->stream == 0 ? link_level_frame(header, payload) : stream_frame(header, payload);
    if (fault != NULL)
        link_violation(fault);
    return fault == NULL;
}

bool link_data(uint32_t stream, const uint8_t *bytes, size_t length) {
    if (!was_opened(stream)) {
        link_violation("S5: a stream that was never opened");
        return false;
    }
    streams_data(stream, bytes, length);
    return true;
}

/* ---- for the output ---- */

/* The longest of them: a GOODBYE, whose text is one of the rules above. */
#define LINK_CONTROL_ROOM 128

static void write_hello(void) {
    uint8_t *payload = output_payload();
    memcpy(payload, HELLO_MAGIC, HELLO_MAGIC_BYTES);
    put_u16(payload + 8, HELLO_VERSION);
    put_u16(payload + 10, 0);
    put_u32(payload + 12, WINDOW_BYTES);
    memcpy(payload + 16, due.nonce, NONCE_BYTES);
    output_frame(FRAME_HELLO, 0, HELLO_BYTES);
}

static void write_goodbye(void) {
    uint8_t *payload = output_payload();
    size_t length = strnlen(due.goodbye_text, LINK_CONTROL_ROOM - FRAME_HEADER_BYTES - 6);
    put_u16(payload, (uint16_t)due.goodbye_reason);
    put_u32(payload + 2, 0);
    memcpy(payload + 6, due.goodbye_text, length);
    output_frame(FRAME_GOODBYE, 0, 6 + length);
}

static void write_refusal(const struct refusal *refusal) {
    uint8_t *payload = output_payload();
    size_t length = strnlen(refusal->text, LINK_CONTROL_ROOM - FRAME_HEADER_BYTES - 2);
    put_u16(payload, (uint16_t)refusal->reason);
    memcpy(payload + 2, refusal->text, length);
    output_frame(FRAME_RESET, refusal->stream, 2 + length);
}

/* An empty batch takes all of it: 10 PONGs, 64 refusals and the rest are below 11 KiB. */
bool link_write_control(void) {
    bool hello = due.hello;
    if (due.hello) {
        due.hello = false;
        write_hello();
    }
    if (due.goodbye) {
        due.goodbye = false;
        write_goodbye();
    }
    for (unsigned i = 0; i < due.pong_count; i++) {
        memcpy(output_payload(), due.pongs[i], PING_BYTES);
        output_frame(FRAME_PONG, 0, PING_BYTES);
    }
    due.pong_count = 0;
    for (unsigned i = 0; i < due.refusal_count; i++)
        write_refusal(&due.refusals[i]);
    due.refusal_count = 0;
    return hello;
}

bool link_has_output(void) {
    return due.hello || due.goodbye || due.pong_count > 0 || due.refusal_count > 0;
}
