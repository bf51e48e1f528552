#include "kinds.h"

#include <string.h>

static const struct kind *const kinds[] = {
    &pg_kind,  &exec_kind, &clock_kind, &entropy_kind, &health_kind, &sync_kind,
    &pty_kind, &ptys_kind, &put_kind,   &get_kind,     &list_kind,
};

const struct kind *kind_named(const char *name) {
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i]->name, name) == 0)
            return kinds[i];
    return NULL;
}

size_t kind_ignores_bytes(struct stream *stream, const uint8_t *bytes, size_t length) {
    (void)stream, (void)bytes;
    return length;
}

void kind_ignores_end(struct stream *stream) {
    (void)stream;
}

void kind_holds_nothing(struct stream *stream) {
    (void)stream;
}

enum pulled kind_only_ends(struct stream *stream, uint8_t *into, size_t room, size_t *length) {
    (void)stream, (void)into, (void)room, (void)length;
    return PULLED_END;
}
