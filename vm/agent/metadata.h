/* Metadata of an OPEN: rules M1 and M2. */
#ifndef WARREN_METADATA_H
#define WARREN_METADATA_H

#include "wire.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct pair {
    const char *key;
    const char *value;
};

/* Points into the payload it was read from. */
struct metadata {
    struct pair pairs[METADATA_PAIRS_EXEC];
    unsigned count;
};

/* The rule the payload breaks, in words; NULL when `metadata` holds it. */
const char *metadata_read(struct metadata *metadata, const uint8_t *payload, size_t length);

/* The first value of a key, or NULL. */
const char *metadata_value(const struct metadata *metadata, const char *key);

/* Decimal digits and nothing else. */
bool metadata_number(const char *text, uint64_t *number);

#endif
