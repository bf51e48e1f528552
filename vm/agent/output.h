/*
 * What goes to the host: a batch of whole frames, written by one write() a turn, because entering the
 * emulated kernel and its device is what costs. Nothing is queued behind it: everything else waits where it
 * comes from, in a pipe, in PostgreSQL's socket, or as a flag of its stream.
 */
#ifndef WARREN_OUTPUT_H
#define WARREN_OUTPUT_H

#include "wire.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Payload bytes a frame could have in this batch; 0 when not even its header fits. */
size_t output_room(void);

/* Where the payload of the next frame goes, at most output_room() bytes. */
uint8_t *output_payload(void);

/* Ends the frame whose payload was put there. */
void output_frame(enum frame_type type, uint32_t stream, size_t length);

/* Fills a batch, unless the last one is not away yet, and writes once. */
void output_flush(void);

/* K4: forgets what was about to be sent. */
void output_drop(void);

/* The host takes nothing more for now; the port tells when it does. */
bool output_is_blocked(void);

/* There is something to send, at once. */
bool output_is_due(void);

#endif
