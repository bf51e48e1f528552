/* `ptys`: the terminals of the machine in one line of JSON (rule T6). */
#include "bytes.h"
#include "json.h"
#include "kinds.h"
#include "terminal.h"

#include <stdio.h>
#include <string.h>

/* All of an entry but its command: names of keys, a name, two numbers, two truths. */
#define ENTRY_BYTES (160 + COMMAND_BYTES * JSON_BYTES_MAX)
#define LINE_BYTES (TERMINALS_MAX * ENTRY_BYTES + 4)

struct listing {
    size_t length, sent;
    char line[LINE_BYTES];
};

static struct listing listings[STREAMS_MAX];

static struct listing *listing_of(const struct stream *stream) {
    return &listings[stream_slot(stream)];
}

static const char *truth(bool value) {
    return value ? "true" : "false";
}

static size_t write_entry(char *into, size_t room, const struct terminal *terminal) {
    char command[COMMAND_BYTES * JSON_BYTES_MAX + 3];
    json_string(command, sizeof command, terminal->command);
    return (size_t)snprintf(into, room,
                            "{\"terminal\":\"%s\",\"command\":%s,\"cols\":%u,\"rows\":%u,"
                            "\"attached\":%s,\"ended\":%s}",
                            terminal->name.text, command, terminal->window.cols, terminal->window.rows,
                            truth(terminal->stream != NULL), truth(terminal->ended != 0));
}

static void ptys_open(struct stream *stream, const struct metadata *metadata) {
    (void)metadata;
    struct listing *listing = listing_of(stream);
    char *line = listing->line;
    size_t length = 0;
    line[length++] = '[';
    for (unsigned i = 0; i < TERMINALS_MAX; i++) {
        if (terminals[i].name.text[0] == 0)
            continue;
        if (length > 1)
            line[length++] = ',';
        length += write_entry(line + length, LINE_BYTES - length, &terminals[i]);
    }
    line[length++] = ']';
    line[length++] = '\n';
    listing->length = length;
    listing->sent = 0;
    stream_accept(stream);
    stream_readable(stream);
}

static enum pulled ptys_pull(struct stream *stream, uint8_t *into, size_t room, size_t *length) {
    struct listing *listing = listing_of(stream);
    *length = least(listing->length - listing->sent, room);
    memcpy(into, listing->line + listing->sent, *length);
    listing->sent += *length;
    return listing->sent < listing->length ? PULLED_MORE : PULLED_END;
}

const struct kind ptys_kind = {
    .name = "ptys",
    .pairs_max = METADATA_PAIRS_MAX,
    .open = ptys_open,
    .take = kind_ignores_bytes,
    .end = kind_ignores_end,
    .pull = ptys_pull,
    .close = kind_holds_nothing,
};
