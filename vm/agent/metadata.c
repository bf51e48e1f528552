#include "metadata.h"

#include <string.h>

static bool is_key(const char *key) {
    size_t length = strnlen(key, METADATA_KEY_MAX + 1);
    if (length == 0 || length > METADATA_KEY_MAX || key[0] < 'a' || key[0] > 'z')
        return false;
    return strspn(key, "abcdefghijklmnopqrstuvwxyz0123456789.-") == length;
}

/* RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF. */
static bool is_utf8(const uint8_t *at) {
    while (*at != 0) {
        uint32_t lead = *at++;
        unsigned more;
        uint32_t code, smallest;
        if (lead < 0x80)
            continue;
        if (lead >= 0xc2 && lead < 0xe0)
            more = 1, code = lead & 0x1f, smallest = 0x80;
        else if (lead >= 0xe0 && lead < 0xf0)
            more = 2, code = lead & 0x0f, smallest = 0x800;
        else if (lead >= 0xf0 && lead < 0xf5)
            more = 3, code = lead & 0x07, smallest = 0x10000;
        else
            return false;
        while (more-- > 0) {
            if ((*at & 0xc0) != 0x80)
                return false;
            code = code << 6 | (*at++ & 0x3f);
        }
        if (code < smallest || code > 0x10ffff || (code >= 0xd800 && code < 0xe000))
            return false;
    }
    return true;
}

const char *metadata_read(struct metadata *metadata, const uint8_t *payload, size_t length) {
    metadata->count = 0;
    if (length == 0)
        return "M2: no kind";
    /* With a NUL at the very end, every string that begins inside the payload also ends inside it. */
    if (payload[length - 1] != 0)
        return "M1: the last value does not end";

    const char *at = (const char *)payload;
    const char *end = at + length;
    while (at < end) {
        struct pair pair = {.key = at};
        at += strlen(at) + 1;
        if (at == end)
            return "M1: a key without a value";
        pair.value = at;
        at += strlen(at) + 1;
        if (!is_key(pair.key))
            return "M1: not a key";
        if (!is_utf8((const uint8_t *)pair.value))
            return "M1: not UTF-8";
        if (metadata->count == METADATA_PAIRS_EXEC)
            return "M1: too many pairs";
        metadata->pairs[metadata->count++] = pair;
    }
    if (strcmp(metadata->pairs[0].key, "kind") != 0)
        return "M2: the first key is not kind";
    return NULL;
}

const char *metadata_value(const struct metadata *metadata, const char *key) {
    for (unsigned i = 0; i < metadata->count; i++)
        if (strcmp(metadata->pairs[i].key, key) == 0)
            return metadata->pairs[i].value;
    return NULL;
}

bool metadata_number(const char *text, uint64_t *number) {
    uint64_t value = 0;
    if (*text == 0)
        return false;
    for (; *text != 0; text++) {
        if (*text < '0' || *text > '9')
            return false;
        if (__builtin_mul_overflow(value, 10, &value) ||
            __builtin_add_overflow(value, (uint64_t)(*text - '0'), &value))
            return false;
    }
    *number = value;
    return true;
}
