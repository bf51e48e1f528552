#include "session.h"

#include "bytes.h"

#include <string.h>

#define STARTUP_TYPE 0 /* the startup packet has no type; ours for it */

#define READY_FOR_QUERY 'Z'

void session_start(struct session *session) {
    *session = (struct session){
        .from_host = {.header = {STARTUP_TYPE}, .filled = 1},
        .is_unsettled = true,
    };
}

void session_resume(struct session *session) {
    *session = (struct session){0};
}

static uint32_t length_field(const struct walk *walk) {
    const uint8_t *at = walk->header + 1;
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

static bool is_between_messages(const struct walk *walk) {
    return walk->filled == 0;
}

/* Up to the end of one message. True when it was reached: its type is the header's first byte. */
static bool walk_message(struct session *session, struct walk *walk, const uint8_t **at, const uint8_t *end) {
    if (walk->filled < MESSAGE_HEADER_BYTES) {
        size_t piece = least(MESSAGE_HEADER_BYTES - walk->filled, (size_t)(end - *at));
        memcpy(walk->header + walk->filled, *at, piece);
        walk->filled += piece;
        *at += piece;
        if (walk->filled < MESSAGE_HEADER_BYTES)
            return false;
        uint32_t length = length_field(walk);
        session->is_lost |= length < MESSAGE_HEADER_BYTES - 1;
        walk->left = length - (MESSAGE_HEADER_BYTES - 1);
    }
    size_t piece = least(walk->left, (size_t)(end - *at));
    walk->left -= (uint32_t)piece;
    *at += piece;
    if (walk->left > 0)
        return false;
    walk->filled = 0;
    return true;
}

static void on_host_message(struct session *session) {
    switch (session->from_host.header[0]) {
    case STARTUP_TYPE:
    case 'Q': /* Query */
    case 'S': /* Sync */
    case 'F': /* FunctionCall */
        session->awaited++;
        session->is_unsettled = false;
        break;
    case 'd': /* CopyData */
    case 'c': /* CopyDone */
    case 'f': /* CopyFail */
    case 'p': /* a password: like those, part of what is answered by the ReadyForQuery already asked for */
        break;
    default:
        session->is_unsettled = true;
    }
}

void session_from_host(struct session *session, const uint8_t *bytes, size_t length) {
    const uint8_t *end = bytes + length;
    while (bytes < end && !session->is_lost)
        if (walk_message(session, &session->from_host, &bytes, end))
            on_host_message(session);
}

void session_from_server(struct session *session, const uint8_t *bytes, size_t length) {
    const uint8_t *end = bytes + length;
    while (bytes < end && !session->is_lost) {
        if (!walk_message(session, &session->from_server, &bytes, end) ||
            session->from_server.header[0] != READY_FOR_QUERY)
            continue;
        /* A server that answers what nobody asked may be anything. */
        session->is_lost = session->awaited == 0;
        session->awaited -= !session->is_lost;
    }
}

bool session_is_idle(const struct session *session) {
    return !session->is_lost && !session->is_unsettled && session->awaited == 0 &&
           is_between_messages(&session->from_host) && is_between_messages(&session->from_server);
}
