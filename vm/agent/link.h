/*
 * The link: HELLO, PING, GOODBYE, and the frames of streams up to their table (rules H, S1, S5, S6, P2,
 * V1, K5). It is either waiting for the host to begin (K4) or open.
 */
#ifndef WARREN_LINK_H
#define WARREN_LINK_H

#include "frame.h"

#include <stdbool.h>
#include <stddef.h>

void link_start(void);
bool link_is_open(void);

/* K4: forgets every stream and what was about to be sent, and waits for HELLO. */
void link_forget(void);

/* The HELLO that follows an attention. False when it is no good: the link waits for another. */
bool link_begin(const uint8_t hello[HELLO_BYTES]);

/* One control frame. False when it was a violation: the link said GOODBYE and waits (K5). */
bool link_frame(const struct frame_header *header, const uint8_t *payload);
bool link_data(uint32_t stream, const uint8_t *bytes, size_t length);
void link_violation(const char *rule);

/* False while the answers to refused or failed OPENs fill their places: read no more frames until they
 * are sent. */
bool link_can_answer(void);

/* For the output. True when HELLO was among what was written. */
bool link_write_control(void);
bool link_has_output(void);

#endif
