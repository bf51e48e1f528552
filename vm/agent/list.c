/* `list`: the entries of a directory, one line of JSON each (rule D4). */
#include "base64.h"
#include "bytes.h"
#include "json.h"
#include "kinds.h"
#include "limits.h"
#include "passwd.h"
#include "path.h"
#include "room.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define ENTRIES_BYTES 2048 /* read at once; the longest entry has 280 */
#define LINE_BYTES (BASE64_LENGTH(NAME_MAX) + USER_BYTES * JSON_BYTES_MAX + 160)

struct listing {
    int fd;
    _Alignas(struct dirent64) char entries[ENTRIES_BYTES];
    size_t filled, at;
    char line[LINE_BYTES];
    size_t length, sent;
};

static struct listing listings[STREAMS_MAX];

static struct listing *listing_of(const struct stream *stream) {
    return &listings[stream_slot(stream)];
}

/* Most directories have one owner: /etc/passwd is read again only for another. */
static const char *owner_as_json(uid_t uid, bool is_known) {
    static uid_t last;
    static char owner[USER_BYTES * JSON_BYTES_MAX + 3];
    if (!is_known || uid != last || owner[0] == 0) {
        char name[USER_BYTES];
        passwd_name(uid, name);
        json_string(owner, sizeof owner, name);
        last = uid;
    }
    return owner;
}

static const char *type_of(mode_t mode) {
    if (S_ISREG(mode))
        return "file";
    if (S_ISDIR(mode))
        return "directory";
    return S_ISLNK(mode) ? "link" : "other";
}

/* False for an entry that is gone by now, and for the directory itself and the one above. */
static bool write_line(struct listing *listing, const char *name) {
    struct stat status;
    if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
        return false;
    if (fstatat(listing->fd, name, &status, AT_SYMLINK_NOFOLLOW) < 0)
        return false;
    char encoded[BASE64_LENGTH(NAME_MAX) + 1];
    base64_encode(encoded, (const uint8_t *)name, strnlen(name, NAME_MAX));
    listing->length =
        (size_t)snprintf(listing->line, sizeof listing->line,
                         "{\"name\":\"%s\",\"type\":\"%s\",\"size\":%" PRIu64
                         ",\"mode\":%u,\"mtime\":%" PRId64 ",\"user\":%s}\n",
                         encoded, type_of(status.st_mode), (uint64_t)status.st_size, status.st_mode & 07777u,
                         (int64_t)status.st_mtim.tv_sec, owner_as_json(status.st_uid, true));
    listing->sent = 0;
    return true;
}

/* 1 when there is a line, 0 at the end of the directory, -1 with errno. */
static int next_line(struct listing *listing) {
    for (;;) {
        if (listing->at == listing->filled) {
            ssize_t got = getdents64(listing->fd, listing->entries, sizeof listing->entries);
            if (got <= 0)
                return (int)got;
            listing->filled = (size_t)got;
            listing->at = 0;
        }
        const struct dirent64 *entry = (const struct dirent64 *)(listing->entries + listing->at);
        listing->at += entry->d_reclen;
        if (write_line(listing, entry->d_name))
            return 1;
    }
}

static void list_open(struct stream *stream, const struct metadata *metadata) {
    struct listing *listing = listing_of(stream);
    listing->fd = -1;
    listing->filled = listing->at = listing->length = listing->sent = 0;
    const char *path = path_read(stream, metadata);
    if (path == NULL)
        return;
    struct room room;
    listing->fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (listing->fd < 0 || !room_of(listing->fd, &room)) {
        stream_reset(stream, REASON_REFUSED, "%s", strerrordesc_np(errno));
        return;
    }
    owner_as_json(0, false); /* /etc/passwd may have changed since */
    stream_accept_pair(stream, "free", room.free);
    stream_accept_pair(stream, "total", room.total);
    stream_accept(stream);
    stream_readable(stream);
}

static enum pulled list_pull(struct stream *stream, uint8_t *into, size_t room, size_t *length) {
    struct listing *listing = listing_of(stream);
    while (*length < room) {
        if (listing->sent == listing->length) {
            int found = next_line(listing);
            if (found < 0)
                stream_reset(stream, REASON_REFUSED, "%s", strerrordesc_np(errno));
            if (found <= 0)
                return PULLED_END;
        }
        size_t piece = least(listing->length - listing->sent, room - *length);
        memcpy(into + *length, listing->line + listing->sent, piece);
        listing->sent += piece;
        *length += piece;
    }
    return PULLED_MORE;
}

static void list_close(struct stream *stream) {
    struct listing *listing = listing_of(stream);
    if (listing->fd >= 0)
        close(listing->fd);
    listing->fd = -1;
}

const struct kind list_kind = {
    .name = "list",
    .pairs_max = METADATA_PAIRS_MAX,
    .open = list_open,
    .take = kind_ignores_bytes,
    .end = kind_ignores_end,
    .pull = list_pull,
    .close = list_close,
};
