/* Text as JSON has it. */
#ifndef WARREN_JSON_H
#define WARREN_JSON_H

#include <stddef.h>

#define JSON_BYTES_MAX 6 /* of one byte of text, escaped */

/* Writes UTF-8 text between quotes, and a NUL; `size` is at least strlen * JSON_BYTES_MAX + 3. Returns the
 * length. */
size_t json_string(char *into, size_t size, const char *text);

#endif
