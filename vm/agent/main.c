/*
 * warren-agent: the guest's end of the mux. Runs as process 1, waits in one epoll loop, and never exits
 * once it has its ports: the machine would be lost with it.
 */
#include "children.h"
#include "console.h"
#include "link.h"
#include "loop.h"
#include "options.h"
#include "output.h"
#include "stream.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/close_range.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define PORT_RETRY_MS 100 /* the driver may announce a port after init has begun */
#define EXIT_USAGE 64

struct options options = {
    .pg_socket = "/run/postgresql/.s.PGSQL.5432",
    .pg_data = "/var/lib/postgresql/17/main",
};

static bool read_options(int count, char **arguments) {
    for (int i = 1; i < count; i++) {
        if (strcmp(arguments[i], "--pg-socket") == 0 && i + 1 < count)
            options.pg_socket = arguments[++i];
        else if (strcmp(arguments[i], "--pgdata") == 0 && i + 1 < count)
            options.pg_data = arguments[++i];
        else if (options.data_port == NULL)
            options.data_port = arguments[i];
        else if (options.attention_port == NULL)
            options.attention_port = arguments[i];
        else
            return false;
    }
    return options.attention_port != NULL;
}

/* Pipes of a program must not become descriptors 0 to 2, which it replaces one by one; and of what init
 * left open, no program inherits anything. */
static void tidy_descriptors(void) {
    int fd = open("/dev/null", O_RDWR);
    while (fd >= 0 && fd <= STDERR_FILENO)
        fd = dup(fd);
    if (fd > STDERR_FILENO)
        close(fd);
    close_range(STDERR_FILENO + 1, ~0u, CLOSE_RANGE_CLOEXEC);
}

static void open_ports(void) {
    const struct timespec pause = {.tv_nsec = PORT_RETRY_MS * 1000000L};
    int told = 0;
    while (!console_open(options.data_port, options.attention_port)) {
        if (errno != told)
            dprintf(STDERR_FILENO, "warren-agent: ports: %s\n", strerrordesc_np(errno));
        told = errno;
        nanosleep(&pause, NULL);
    }
}

static int timeout(void) {
    if (output_is_blocked())
        return LOOP_FOR_EVER;
    return output_is_due() || console_has_input() ? LOOP_NO_WAIT : LOOP_FOR_EVER;
}

int main(int count, char **arguments) {
    if (!read_options(count, arguments)) {
        dprintf(STDERR_FILENO,
                "usage: warren-agent DATA-PORT ATTENTION-PORT [--pg-socket PATH] [--pgdata PATH]\n");
        return EXIT_USAGE;
    }
    umask(022);
    tidy_descriptors();
    if (!loop_start() || !children_watch()) {
        dprintf(STDERR_FILENO, "warren-agent: %s\n", strerrordesc_np(errno));
        return 1;
    }
    link_start();
    open_ports();
    for (;;) {
        /* Input first: what it makes PostgreSQL or a program write may still go out in this turn. */
        loop_turn(timeout());
        console_read();
        output_flush();
        console_wait_for(output_is_blocked());
    }
}
