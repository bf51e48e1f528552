/* Names that the host gives to what outlives the link: rules T1 and G1. */
#ifndef WARREN_NAME_H
#define WARREN_NAME_H

#include "wire.h"

#include <stdbool.h>
#include <string.h>

struct name {
    char text[NAME_MAX_BYTES + 1]; /* empty: none */
};

static inline bool name_is(const struct name *name, const char *text) {
    return strcmp(name->text, text) == 0;
}

/* False when the text is not [a-z0-9]{1,32}. */
static inline bool name_read(struct name *name, const char *text) {
    size_t length = strlen(text);
    if (length == 0 || length > NAME_MAX_BYTES ||
        strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789") != length)
        return false;
    memcpy(name->text, text, length + 1);
    return true;
}

#endif
