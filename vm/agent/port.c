#include "port.h"

#include "metadata.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define DESCRIPTOR_PREFIX "fd:"

static int adopt(const char *number) {
    uint64_t fd;
    if (!metadata_number(number, &fd) || fd > 1023) {
        errno = EINVAL;
        return -1;
    }
    int flags = fcntl((int)fd, F_GETFL);
    if (flags < 0 || fcntl((int)fd, F_SETFL, flags | O_NONBLOCK) < 0 ||
        fcntl((int)fd, F_SETFD, FD_CLOEXEC) < 0)
        return -1;
    return (int)fd;
}

bool port_open(struct port *port, const char *path) {
    size_t prefix = strlen(DESCRIPTOR_PREFIX);
    int fd = strncmp(path, DESCRIPTOR_PREFIX, prefix) == 0
                 ? adopt(path + prefix)
                 : open(path, O_RDWR | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (fd < 0)
        return false;
    struct stat status;
    *port = (struct port){
        .source = {.fd = fd, .owner = port},
        .is_stream = fstat(fd, &status) == 0 && S_ISSOCK(status.st_mode),
    };
    return true;
}

/* A closed host side is EPOLLHUP for as long as it lasts, which a level-triggered wait would report
 * for ever. Edge-triggered, the port sleeps until the driver wakes it. */
static uint32_t interest(const struct port *port) {
    return port->wants | (port->away ? (uint32_t)EPOLLET : 0);
}

bool port_watch(struct port *port, void (*ready)(struct source *source, uint32_t events)) {
    port->source.ready = ready;
    port->wants = EPOLLIN;
    return loop_add(&port->source, interest(port));
}

void port_wants(struct port *port, uint32_t events) {
    if (port->wants == events)
        return;
    port->wants = events;
    loop_change(&port->source, interest(port));
}

static void set_away(struct port *port, bool away) {
    if (port->away == away)
        return;
    port->away = away;
    loop_change(&port->source, interest(port));
}

void port_note(struct port *port, uint32_t events) {
    set_away(port, (events & (EPOLLHUP | EPOLLERR)) != 0);
}

size_t port_read(struct port *port, uint8_t *into, size_t room) {
    ssize_t length = read(port->source.fd, into, room);
    if (length > 0)
        return (size_t)length;
    if (length == 0 || (errno != EAGAIN && errno != EINTR))
        set_away(port, true);
    return 0;
}

size_t port_write(struct port *port, const uint8_t *bytes, size_t length) {
    ssize_t written = write(port->source.fd, bytes, length);
    return written > 0 ? (size_t)written : 0;
}
