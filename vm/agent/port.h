/*
 * One port of the virtio console: a character device in the guest (/dev/vport0p1), an inherited
 * descriptor (`fd:3`) in tests. Both are read and written alike.
 */
#ifndef WARREN_PORT_H
#define WARREN_PORT_H

#include "loop.h"

#include <stddef.h>

struct port {
    struct source source;
    uint32_t wants; /* EPOLLIN and EPOLLOUT, as far as someone waits for them */
    bool away;      /* the host's side is closed */
    bool is_stream; /* a socket: one read may hold many of the host's chunks */
};

/* Opens the path or adopts the descriptor. False with errno set. */
bool port_open(struct port *port, const char *path);

/* Begins to wait; `ready` gets the events. */
bool port_watch(struct port *port, void (*ready)(struct source *source, uint32_t events));
void port_wants(struct port *port, uint32_t events);

/* How many bytes moved; 0 when none can for now. */
size_t port_read(struct port *port, uint8_t *into, size_t room);
size_t port_write(struct port *port, const uint8_t *bytes, size_t length);

/* For `ready`: takes note of whether the host's side is there. */
void port_note(struct port *port, uint32_t events);

#endif
