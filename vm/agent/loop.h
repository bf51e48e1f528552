/* One epoll instance and what it waits for. */
#ifndef WARREN_LOOP_H
#define WARREN_LOOP_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/epoll.h>

/*
 * Sources are static, so an event that was fetched in the same turn in which its source was closed and
 * its slot used anew is at worst a spurious wake-up; all descriptors are non-blocking and bear that.
 */
struct source {
    int fd; /* -1 when closed */
    void (*ready)(struct source *source, uint32_t events);
    void *owner;
};

#define LOOP_FOR_EVER (-1)
#define LOOP_NO_WAIT 0

bool loop_start(void);

/* False with errno set; the descriptor stays the caller's. */
bool loop_add(struct source *source, uint32_t events);
void loop_change(struct source *source, uint32_t events);

/* Forgets the source and closes its descriptor; idempotent. */
void loop_close(struct source *source);

void loop_turn(int timeout_ms);

#endif
