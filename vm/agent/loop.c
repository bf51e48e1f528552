#include "loop.h"

#include <unistd.h>

#define LOOP_EVENTS_MAX 64 /* what does not fit comes in the next turn */

static int loop_fd = -1;

bool loop_start(void) {
    loop_fd = epoll_create1(EPOLL_CLOEXEC);
    return loop_fd >= 0;
}

static int control(int operation, struct source *source, uint32_t events) {
    struct epoll_event event = {.events = events, .data.ptr = source};
    return epoll_ctl(loop_fd, operation, source->fd, &event);
}

bool loop_add(struct source *source, uint32_t events) {
    return control(EPOLL_CTL_ADD, source, events) == 0;
}

void loop_change(struct source *source, uint32_t events) {
    control(EPOLL_CTL_MOD, source, events);
}

void loop_close(struct source *source) {
    if (source->fd < 0)
        return;
    /* Nobody else holds these descriptors, so closing one also takes it out of the epoll set. */
    close(source->fd);
    source->fd = -1;
}

void loop_turn(int timeout_ms) {
    struct epoll_event events[LOOP_EVENTS_MAX];
    int count = epoll_wait(loop_fd, events, LOOP_EVENTS_MAX, timeout_ms);
    for (int i = 0; i < count; i++) {
        struct source *source = events[i].data.ptr;
        if (source->fd >= 0)
            source->ready(source, events[i].events);
    }
}
