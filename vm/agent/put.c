/* `put`: a file that is there whole or not at all (rule D2). */
#include "bytes.h"
#include "kinds.h"
#include "limits.h"
#include "passwd.h"
#include "path.h"
#include "room.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define DEFAULT_MODE 0644
#define MODE_MAX 07777
#define DRAFT_BYTES 32
#define DRAFT_TRIES 100 /* names that an agent of an earlier boot may have left */
#define ROOM_BYTES                                                                                           \
    (4 * 1024 * 1024) /* how often a file of unknown size asks whether there is room for more */

struct writing {
    int folder; /* of the file; an O_PATH */
    int fd;     /* of the draft, -1 when there is none */
    char name[NAME_MAX + 1];
    char draft[DRAFT_BYTES];
    bool has_size;
    uint64_t size;
    uint64_t written;
    uint64_t room; /* bytes that may be written before room is asked for again */
};

static struct writing writings[STREAMS_MAX];

static struct writing *writing_of(const struct stream *stream) {
    return &writings[stream_slot(stream)];
}

static void refuse(struct stream *stream, int why) {
    stream_reset(stream, REASON_REFUSED, "%s", strerrordesc_np(why));
}

/* ---- the draft ---- */

/* 0, or why the folder of the path cannot be entered or the rest of it names no file. */
static int open_folder(struct writing *writing, const char *path) {
    char folder[PATH_BYTES_MAX + 1];
    const char *name = strrchr(path, '/') + 1;
    size_t length = strlen(name);
    if (length > NAME_MAX)
        return ENAMETOOLONG;
    if (length == 0 || strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
        return EISDIR;
    memcpy(writing->name, name, length + 1);
    snprintf(folder, sizeof folder, "%.*s", (int)(name - path), path);
    writing->folder = open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
    return writing->folder < 0 ? errno : 0;
}

/* Only a file or a link gives way to a file. */
static int check_old(const struct writing *writing) {
    struct stat status;
    if (fstatat(writing->folder, writing->name, &status, AT_SYMLINK_NOFOLLOW) < 0)
        return errno == ENOENT ? 0 : errno;
    if (S_ISDIR(status.st_mode))
        return EISDIR;
    return S_ISREG(status.st_mode) || S_ISLNK(status.st_mode) ? 0 : EEXIST;
}

static int check_room(const struct writing *writing, uint64_t bytes) {
    struct room room;
    if (!room_of(writing->folder, &room))
        return errno;
    return bytes > room.free ? ENOSPC : 0;
}

static int open_draft(struct writing *writing) {
    static unsigned number;
    for (int tries = 0; tries < DRAFT_TRIES; tries++) {
        snprintf(writing->draft, sizeof writing->draft, ".warren-put-%u", number++);
        writing->fd = openat(writing->folder, writing->draft,
                             O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
        if (writing->fd >= 0)
            return 0;
        if (errno != EEXIST)
            return errno;
    }
    return EEXIST;
}

static void drop_draft(struct writing *writing) {
    if (writing->fd >= 0) {
        close(writing->fd);
        unlinkat(writing->folder, writing->draft, 0);
    }
    if (writing->folder >= 0)
        close(writing->folder);
    writing->fd = writing->folder = -1;
}

static int put_in_place(struct writing *writing) {
    int why = check_old(writing);
    if (why != 0)
        return why;
    if (renameat(writing->folder, writing->draft, writing->folder, writing->name) < 0)
        return errno;
    close(writing->fd);
    writing->fd = -1;
    return 0;
}

/* ---- the stream ---- */

struct wishes {
    mode_t mode;
    bool has_owner;
    struct account owner;
};

/* NULL, or the rule that is broken. */
static const char *read_wishes(const struct metadata *metadata, struct wishes *wishes,
                               struct writing *writing) {
    const char *size = metadata_value(metadata, "size");
    const char *mode = metadata_value(metadata, "mode");
    *wishes = (struct wishes){.mode = DEFAULT_MODE};
    writing->has_size = size != NULL;
    if (size != NULL && !metadata_number(size, &writing->size))
        return "D2: size is not a number";
    if (mode != NULL) {
        char *end;
        unsigned long bits = strtoul(mode, &end, 8);
        if (mode[0] < '0' || mode[0] > '7' || *end != 0 || bits > MODE_MAX)
            return "D2: mode is not 0 to 7777 in octal";
        wishes->mode = (mode_t)bits;
    }
    return NULL;
}

static int begin(struct writing *writing, const char *path, const struct wishes *wishes) {
    int why = open_folder(writing, path);
    if (why == 0)
        why = check_old(writing);
    if (why == 0)
        why = check_room(writing, writing->size);
    if (why == 0)
        why = open_draft(writing);
    if (why != 0)
        return why;
    writing->room = writing->size;
    if (wishes->has_owner && fchown(writing->fd, wishes->owner.uid, wishes->owner.gid) < 0)
        return errno;
    /* After the owner, whose change would take the upper bits away. */
    return fchmod(writing->fd, wishes->mode) < 0 ? errno : 0;
}

static void put_open(struct stream *stream, const struct metadata *metadata) {
    struct writing *writing = writing_of(stream);
    struct wishes wishes;
    writing->folder = writing->fd = -1;
    writing->size = writing->written = writing->room = 0;
    const char *path = path_read(stream, metadata);
    if (path == NULL)
        return;
    const char *fault = read_wishes(metadata, &wishes, writing);
    if (fault != NULL) {
        stream_reset(stream, REASON_PROTOCOL_ERROR, "%s", fault);
        return;
    }
    const char *user = metadata_value(metadata, "user");
    wishes.has_owner = user != NULL;
    if (user != NULL && !passwd_find(user, &wishes.owner)) {
        stream_reset(stream, REASON_REFUSED, "No such user");
        return;
    }
    int why = begin(writing, path, &wishes);
    if (why != 0)
        refuse(stream, why);
    else
        stream_accept(stream);
}

static int write_all(struct writing *writing, const uint8_t *bytes, size_t length) {
    while (length > 0) {
        ssize_t written = write(writing->fd, bytes, length);
        if (written < 0)
            return errno;
        writing->written += (uint64_t)written;
        bytes += written;
        length -= (size_t)written;
    }
    return 0;
}

/* For a file whose size is known this was asked at once. What the answer allows is used up before the next.
 */
static int find_room(struct writing *writing, size_t length) {
    if (writing->room < length) {
        struct room room;
        if (!room_of(writing->folder, &room))
            return errno;
        writing->room = room.free < ROOM_BYTES ? room.free : ROOM_BYTES;
        if (writing->room < length)
            return ENOSPC;
    }
    writing->room -= length;
    return 0;
}

static size_t put_take(struct stream *stream, const uint8_t *bytes, size_t length) {
    struct writing *writing = writing_of(stream);
    if (writing->has_size && length > writing->size - writing->written) {
        stream_reset(stream, REASON_PROTOCOL_ERROR, "D2: more bytes than size");
        return length;
    }
    int why = find_room(writing, length);
    if (why == 0)
        why = write_all(writing, bytes, length);
    if (why != 0)
        refuse(stream, why);
    return length;
}

static void put_end(struct stream *stream) {
    struct writing *writing = writing_of(stream);
    if (writing->has_size && writing->written != writing->size) {
        stream_reset(stream, REASON_PROTOCOL_ERROR, "D2: fewer bytes than size");
        return;
    }
    int why = put_in_place(writing);
    if (why != 0)
        refuse(stream, why);
    else
        stream_readable(stream);
}

static void put_close(struct stream *stream) {
    drop_draft(writing_of(stream));
}

const struct kind put_kind = {
    .name = "put",
    .pairs_max = METADATA_PAIRS_MAX,
    .open = put_open,
    .take = put_take,
    .end = put_end,
    .pull = kind_only_ends,
    .close = put_close,
};
