/*
 * `pg`: a stream to PostgreSQL's unix socket. Bytes are read straight into the frame that carries them
 * and written straight from the buffer they were read into; the socket's own buffers are the queue.
 * A session with a name outlives the link while it is idle (rules G); one without costs a comparison.
 */
#include "kinds.h"
#include "limits.h"
#include "loop.h"
#include "name.h"
#include "options.h"
#include "parking.h"
#include "session.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

struct connection {
    struct source socket;
    bool hung_up; /* PostgreSQL ended or closed: read on until the end shows */
    bool is_full; /* waits for room to write */
    struct name name;
    struct session session; /* of one with a name */
};

static struct connection connections[STREAMS_MAX];

/*
 * Edge-triggered, so that credit and fairness can leave bytes in the socket without a system call to
 * say so. Room to write is asked for only while it is missing: else each read by PostgreSQL would wake us.
 */
#define READ_EVENTS (EPOLLIN | EPOLLRDHUP | EPOLLET)

static struct connection *connection_of(const struct stream *stream) {
    return &connections[stream_slot(stream)];
}

static bool has_name(const struct connection *connection) {
    return connection->name.text[0] != 0;
}

static void wait_for_room(struct connection *connection, bool is_full) {
    if (connection->is_full == is_full)
        return;
    connection->is_full = is_full;
    loop_change(&connection->socket, READ_EVENTS | (is_full ? (uint32_t)EPOLLOUT : 0));
}

static void on_socket(struct source *socket, uint32_t events) {
    struct stream *stream = socket->owner;
    struct connection *connection = connection_of(stream);

    if (events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR))
        connection->hung_up = true;
    if (events & (EPOLLIN | EPOLLRDHUP | EPOLLHUP | EPOLLERR))
        stream_readable(stream);
    if (events & (EPOLLOUT | EPOLLHUP | EPOLLERR))
        stream_writable(stream); /* the stream may be gone after this */
}

/* 0, or why there is no connection. */
static int connect_socket(struct connection *connection) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    strncpy(address.sun_path, options.pg_socket, sizeof address.sun_path - 1);

    /* A unix socket connects at once or not at all; EAGAIN is a full backlog. */
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    connection->socket.fd = fd;
    if (fd < 0 || connect(fd, (struct sockaddr *)&address, sizeof address) < 0 ||
        !loop_add(&connection->socket, READ_EVENTS))
        return errno;
    return 0;
}

/* G1: a name belongs to the stream that asked for it last. */
static void take_name(struct connection *connection, const struct name *name) {
    for (unsigned slot = 0; slot < STREAMS_MAX; slot++)
        if (name_is(&connections[slot].name, name->text))
            connections[slot].name = (struct name){0};
    connection->name = *name;
}

static bool resume(struct connection *connection) {
    int fd = parking_take(connection->name.text);
    if (fd < 0)
        return false;
    connection->socket.fd = fd;
    loop_change(&connection->socket, READ_EVENTS);
    session_resume(&connection->session);
    return true;
}

static void pg_open(struct stream *stream, const struct metadata *metadata) {
    struct connection *connection = connection_of(stream);
    *connection = (struct connection){
        .socket = {.fd = -1, .ready = on_socket, .owner = stream},
    };
    const char *text = metadata_value(metadata, "session");
    if (text != NULL) {
        struct name name;
        if (!name_read(&name, text)) {
            stream_reset(stream, REASON_PROTOCOL_ERROR, "G1: session is not 1 to 32 of a-z and 0-9");
            return;
        }
        take_name(connection, &name);
        if (resume(connection)) {
            stream_accept_pair(stream, "resumed", 1);
            stream_accept(stream);
            return;
        }
        session_start(&connection->session);
    }
    int why = connect_socket(connection);
    if (why == 0)
        stream_accept(stream);
    else
        stream_reset(stream, why == EAGAIN ? REASON_BUSY : REASON_UNREACHABLE, "PostgreSQL's socket: %s",
                     strerrordesc_np(why));
}

static size_t pg_take(struct stream *stream, const uint8_t *bytes, size_t length) {
    struct connection *connection = connection_of(stream);
    ssize_t written = write(connection->socket.fd, bytes, length);
    if (written < 0 && errno != EAGAIN) {
        /* The backend is gone, but what it said before (a FATAL error, as a rule) is still to be read. */
        stream_deafen(stream);
        return length;
    }
    size_t taken = written < 0 ? 0 : (size_t)written;
    if (has_name(connection))
        session_from_host(&connection->session, bytes, taken);
    wait_for_room(connection, taken < length);
    return taken;
}

static void pg_end(struct stream *stream) {
    struct connection *connection = connection_of(stream);
    connection->name = (struct name){0}; /* G3 */
    shutdown(connection->socket.fd, SHUT_WR);
}

static enum pulled pg_pull(struct stream *stream, uint8_t *into, size_t room, size_t *length) {
    struct connection *connection = connection_of(stream);
    ssize_t got = read(connection->socket.fd, into, room);
    if (got > 0) {
        *length = (size_t)got;
        if (has_name(connection))
            session_from_server(&connection->session, into, *length);
        /* A short read has emptied the socket: asking again would be a system call for nothing. */
        return *length < room && !connection->hung_up ? PULLED_ALL : PULLED_MORE;
    }
    if (got < 0 && errno == EAGAIN)
        return PULLED_ALL;
    /* ECONNRESET is the end of a backend that left bytes of ours unread; its own bytes came before. */
    return PULLED_END;
}

static void pg_close(struct stream *stream) {
    struct connection *connection = connection_of(stream);
    connection->name = (struct name){0};
    loop_close(&connection->socket);
}

/* G1, G2: bytes of the host that PostgreSQL has not taken yet were never seen by the session. */
static void pg_lose(struct stream *stream) {
    struct connection *connection = connection_of(stream);
    if (has_name(connection) && !connection->hung_up && !stream_is_backed_up(stream) &&
        session_is_idle(&connection->session))
        parking_keep(&connection->name, &connection->socket);
}

const struct kind pg_kind = {
    .name = "pg",
    .pairs_max = METADATA_PAIRS_MAX,
    .open = pg_open,
    .take = pg_take,
    .end = pg_end,
    .pull = pg_pull,
    .close = pg_close,
    .lose = pg_lose,
};
