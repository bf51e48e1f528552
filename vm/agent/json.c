#include "json.h"

#include <stdio.h>

size_t json_string(char *into, size_t size, const char *text) {
    size_t length = 0;
    into[length++] = '"';
    for (; *text != 0 && length + JSON_BYTES_MAX + 2 <= size; text++) {
        unsigned char byte = (unsigned char)*text;
        if (byte < 0x20 || byte == 0x7f)
            length += (size_t)snprintf(into + length, JSON_BYTES_MAX + 1, "\\u%04x", byte);
        else {
            if (byte == '"' || byte == '\\')
                into[length++] = '\\';
            into[length++] = (char)byte;
        }
    }
    into[length++] = '"';
    into[length] = 0;
    return length;
}
