#include "parking.h"

#include "limits.h"

#include <poll.h>

/* What PostgreSQL says meanwhile (a notification) waits in the socket; only its end matters. */
#define PARKED_EVENTS EPOLLRDHUP

struct parked {
    struct name name;
    struct source socket;
    uint64_t since; /* counts parkings; 0: the place is free */
};

static struct parked places[PARKED_MAX];
static uint64_t parkings;

static bool is_free(const struct parked *parked) {
    return parked->since == 0;
}

static void let_go(struct parked *parked) {
    loop_close(&parked->socket);
    parked->since = 0;
}

/* Asked of the socket: an event may be of the socket that had the place before, or not have come yet. */
static bool has_ended(int fd) {
    struct pollfd state = {.fd = fd, .events = POLLRDHUP};
    return poll(&state, 1, 0) > 0;
}

static void on_end(struct source *socket, uint32_t events) {
    (void)events;
    if (has_ended(socket->fd))
        let_go(socket->owner);
}

static struct parked *named(const char *name) {
    for (unsigned i = 0; i < PARKED_MAX; i++)
        if (!is_free(&places[i]) && name_is(&places[i].name, name))
            return &places[i];
    return NULL;
}

static struct parked *place_to_use(void) {
    struct parked *oldest = &places[0];
    for (unsigned i = 1; i < PARKED_MAX; i++)
        if (places[i].since < oldest->since)
            oldest = &places[i];
    if (!is_free(oldest))
        let_go(oldest);
    return oldest;
}

void parking_keep(const struct name *name, struct source *socket) {
    struct parked *parked = place_to_use();
    *parked = (struct parked){
        .name = *name,
        .socket = {.fd = socket->fd, .ready = on_end, .owner = parked},
        .since = ++parkings,
    };
    socket->fd = -1;
    loop_change(&parked->socket, PARKED_EVENTS);
}

int parking_take(const char *name) {
    struct parked *parked = named(name);
    if (parked == NULL)
        return -1;
    if (has_ended(parked->socket.fd)) {
        let_go(parked);
        return -1;
    }
    int fd = parked->socket.fd;
    parked->socket.fd = -1;
    parked->since = 0;
    return fd;
}
