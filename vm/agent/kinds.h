/* What a stream may lead to: the table of rule M3. */
#ifndef WARREN_KINDS_H
#define WARREN_KINDS_H

#include "stream.h"

extern const struct kind pg_kind;
extern const struct kind exec_kind;
extern const struct kind clock_kind;
extern const struct kind entropy_kind;
extern const struct kind health_kind;
extern const struct kind sync_kind;
extern const struct kind pty_kind;
extern const struct kind ptys_kind;
extern const struct kind put_kind;
extern const struct kind get_kind;
extern const struct kind list_kind;

/* NULL when there is none. */
const struct kind *kind_named(const char *name);

/* For kinds that read nothing from the host. */
size_t kind_ignores_bytes(struct stream *stream, const uint8_t *bytes, size_t length);
void kind_ignores_end(struct stream *stream);
void kind_holds_nothing(struct stream *stream);

/* For kinds that send nothing: once readable, END. */
enum pulled kind_only_ends(struct stream *stream, uint8_t *into, size_t room, size_t *length);

#endif
