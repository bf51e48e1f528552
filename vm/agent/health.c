/* `health`: one line of JSON at once or for each period (rule J1). Nothing is measured between lines. */
#include "bytes.h"
#include "kinds.h"
#include "limits.h"
#include "loop.h"
#include "options.h"
#include "smallfile.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#define LINE_BYTES 320           /* all numbers at their longest fit */
#define FILE_BYTES 16384         /* /proc/vmstat, the longest file read here, has about 5,000 bytes */
#define POSTMASTER_STATUS_LINE 7 /* the eighth of postmaster.pid */

struct ticks {
    uint64_t total;
    uint64_t idle;
};

struct health {
    struct source timer; /* closed when the line is wanted once */
    bool line_due;
    bool ended; /* by the host */
    struct ticks before;
    char line[LINE_BYTES];
    size_t length, sent;
};

static struct health healths[STREAMS_MAX];
static char file[FILE_BYTES];

static struct health *health_of(const struct stream *stream) {
    return &healths[stream_slot(stream)];
}

/* postmaster.pid survives a kill, and its number may belong to somebody else by now. */
static bool is_postgres(long pid) {
    char path[64], name[32];
    snprintf(path, sizeof path, "/proc/%ld/comm", pid);
    smallfile_read(path, name, sizeof name);
    return strcmp(name, "postgres\n") == 0;
}

static const char *pg_state(void) {
    char path[512], pid_file[1024];
    snprintf(path, sizeof path, "%s/postmaster.pid", options.pg_data);
    smallfile_read(path, pid_file, sizeof pid_file);
    long pid = strtol(pid_file, NULL, 10);
    if (pid <= 0 || !is_postgres(pid))
        return "down";
    const char *status = smallfile_line(pid_file, POSTMASTER_STATUS_LINE);
    return status != NULL && strncmp(status, "ready", 5) == 0 ? "ready" : "starting";
}

/* The first line of /proc/stat: user nice system idle iowait irq softirq steal. */
static struct ticks ticks_now(void) {
    struct ticks ticks = {0};
    char text[256];
    smallfile_read("/proc/stat", text, sizeof text);
    char *at = text + strcspn(text, " ");
    for (int column = 0; column < 8; column++) {
        uint64_t value = strtoull(at, &at, 10);
        ticks.total += value;
        if (column == 3 || column == 4)
            ticks.idle += value;
    }
    return ticks;
}

/* In thousandths since the last line; the first line covers the time since boot. */
static unsigned busy_since(struct ticks *before) {
    struct ticks now = ticks_now();
    uint64_t total = now.total - before->total;
    uint64_t idle = now.idle - before->idle;
    *before = now;
    return total == 0 || idle > total ? 0 : (unsigned)((total - idle) * 1000 / total);
}

struct measured {
    uint64_t uptime;
    uint64_t memory_total, memory_available;
    uint64_t disk_total, disk_free;
    uint64_t oom_kills;
};

static struct measured measure(void) {
    struct measured now = {0};
    struct timespec up;
    struct statvfs disk;

    clock_gettime(CLOCK_BOOTTIME, &up);
    now.uptime = (uint64_t)up.tv_sec;
    smallfile_read("/proc/meminfo", file, sizeof file);
    now.memory_total = smallfile_number(file, "MemTotal:") * 1024;
    now.memory_available = smallfile_number(file, "MemAvailable:") * 1024;
    smallfile_read("/proc/vmstat", file, sizeof file);
    now.oom_kills = smallfile_number(file, "oom_kill ");
    if (statvfs(options.pg_data, &disk) == 0) {
        now.disk_total = (uint64_t)disk.f_blocks * disk.f_frsize;
        now.disk_free = (uint64_t)disk.f_bavail * disk.f_frsize;
    }
    return now;
}

static void write_line(struct health *health) {
    struct measured now = measure();
    unsigned busy = busy_since(&health->before);
    int length = snprintf(health->line, sizeof health->line,
                          "{\"pg\":\"%s\",\"uptime\":%" PRIu64 ",\"memTotal\":%" PRIu64
                          ",\"memAvailable\":%" PRIu64 ",\"diskTotal\":%" PRIu64 ",\"diskFree\":%" PRIu64
                          ",\"oomKills\":%" PRIu64 ",\"cpuBusy\":%u.%03u}\n",
                          pg_state(), now.uptime, now.memory_total, now.memory_available, now.disk_total,
                          now.disk_free, now.oom_kills, busy / 1000, busy % 1000);
    health->length = least((size_t)length, sizeof health->line - 1);
    health->sent = 0;
}

static void on_timer(struct source *timer, uint32_t events) {
    (void)events;
    struct stream *stream = timer->owner;
    uint64_t periods;
    /* A host that reads slowly misses periods; lines never pile up. */
    if (read(timer->fd, &periods, sizeof periods) < 0)
        return;
    health_of(stream)->line_due = true;
    stream_readable(stream);
}

static bool start_timer(struct health *health, uint64_t period_ms) {
    struct timespec period = {
        .tv_sec = (time_t)(period_ms / 1000),
        .tv_nsec = (long)(period_ms % 1000 * 1000000),
    };
    struct itimerspec times = {.it_interval = period, .it_value = period};
    health->timer.fd = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
    return health->timer.fd >= 0 && timerfd_settime(health->timer.fd, 0, &times, NULL) == 0 &&
           loop_add(&health->timer, EPOLLIN);
}

/* 0 for a line at once and no more. */
static bool read_period(const struct metadata *metadata, uint64_t *period_ms) {
    const char *text = metadata_value(metadata, "every-ms");
    *period_ms = 0;
    if (text == NULL)
        return true;
    return metadata_number(text, period_ms) &&
           (*period_ms == 0 || (*period_ms >= HEALTH_PERIOD_MIN_MS && *period_ms <= HEALTH_PERIOD_MAX_MS));
}

static void health_open(struct stream *stream, const struct metadata *metadata) {
    struct health *health = health_of(stream);
    *health = (struct health){
        .timer = {.fd = -1, .ready = on_timer, .owner = stream},
        .line_due = true,
    };
    uint64_t period_ms;
    if (!read_period(metadata, &period_ms)) {
        stream_reset(stream, REASON_PROTOCOL_ERROR, "M3: every-ms is not 0 or 250 to 60000");
        return;
    }
    if (period_ms > 0 && !start_timer(health, period_ms)) {
        stream_reset(stream, REASON_INTERNAL, "timer: %s", strerrordesc_np(errno));
        return;
    }
    stream_accept(stream);
    stream_readable(stream);
}

static bool is_periodic(const struct health *health) {
    return health->timer.fd >= 0;
}

static enum pulled health_pull(struct stream *stream, uint8_t *into, size_t room, size_t *length) {
    struct health *health = health_of(stream);
    if (health->sent == health->length && health->line_due && !health->ended) {
        health->line_due = false;
        write_line(health);
    }
    *length = least(health->length - health->sent, room);
    memcpy(into, health->line + health->sent, *length);
    health->sent += *length;
    if (health->sent < health->length)
        return PULLED_MORE;
    return health->ended || !is_periodic(health) ? PULLED_END : PULLED_ALL;
}

static void health_end(struct stream *stream) {
    struct health *health = health_of(stream);
    /* Once means once, even if the host's END came before the line could go. */
    health->ended = is_periodic(health);
    stream_readable(stream);
}

static void health_close(struct stream *stream) {
    loop_close(&health_of(stream)->timer);
}

const struct kind health_kind = {
    .name = "health",
    .pairs_max = METADATA_PAIRS_MAX,
    .open = health_open,
    .take = kind_ignores_bytes,
    .end = health_end,
    .pull = health_pull,
    .close = health_close,
};
