#include "base64.h"

static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void base64_encode(char *into, const uint8_t *bytes, size_t length) {
    for (size_t at = 0; at < length; at += 3) {
        size_t left = length - at;
        uint32_t group = (uint32_t)bytes[at] << 16;
        if (left > 1)
            group |= (uint32_t)bytes[at + 1] << 8;
        if (left > 2)
            group |= bytes[at + 2];
        *into++ = letters[group >> 18];
        *into++ = letters[group >> 12 & 63];
        *into++ = left > 1 ? letters[group >> 6 & 63] : '=';
        *into++ = left > 2 ? letters[group & 63] : '=';
    }
    *into = 0;
}
