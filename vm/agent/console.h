/*
 * The two ports of the virtio console: frames on port 1 with their ACKs (K1 to K3), the attention line
 * on port 2 (K4).
 */
#ifndef WARREN_CONSOLE_H
#define WARREN_CONSOLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* False with errno set: a port is not there. */
bool console_open(const char *data_path, const char *attention_path);

/* Reads what port 1 has, up to a turn's worth, and acts on its frames. */
void console_read(void);

/* Frames already read wait until answers have been sent. */
bool console_has_input(void);

/* One write; returns how much the port took. */
size_t console_write(const uint8_t *bytes, size_t length);

/* Waits for what can be acted on: input unless frames are waiting, room for output if it is blocked. */
void console_wait_for(bool output);

/* K3: bytes read and not yet reported; an ACK for them should not wait when it is due. */
uint32_t console_unreported(void);
bool console_ack_is_due(void);
void console_reported(void);

#endif
