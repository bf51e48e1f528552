/*
 * Where a named session of PostgreSQL stands, read off the messages of both sides: whether it is idle, so
 * that it may be handed to a later stream (rule G2). Nothing is kept of the messages. No I/O.
 */
#ifndef WARREN_SESSION_H
#define WARREN_SESSION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MESSAGE_HEADER_BYTES 5 /* type u8 | length u32, big-endian, of itself and the rest */

/* Walks over messages, however they are cut. */
struct walk {
    uint8_t header[MESSAGE_HEADER_BYTES];
    size_t filled;
    uint32_t left; /* of the message's rest */
};

struct session {
    struct walk from_host;
    struct walk from_server;
    uint64_t awaited;  /* ReadyForQuery that the host has asked for and not yet got */
    bool is_unsettled; /* the host's last message asks for no ReadyForQuery */
    bool is_lost;      /* not PostgreSQL's messages: never idle again */
};

/* Before the startup packet. */
void session_start(struct session *session);
/* Of a socket that was idle. */
void session_resume(struct session *session);

void session_from_host(struct session *session, const uint8_t *bytes, size_t length);
void session_from_server(struct session *session, const uint8_t *bytes, size_t length);

bool session_is_idle(const struct session *session);

#endif
