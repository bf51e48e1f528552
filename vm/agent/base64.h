/* RFC 4648, section 4: bytes as text. */
#ifndef WARREN_BASE64_H
#define WARREN_BASE64_H

#include <stddef.h>
#include <stdint.h>

#define BASE64_LENGTH(bytes) (((bytes) + 2) / 3 * 4)

/* Writes BASE64_LENGTH(length) letters and a NUL. */
void base64_encode(char *into, const uint8_t *bytes, size_t length);

#endif
