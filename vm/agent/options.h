/* Where PostgreSQL is. Set once from the command line. */
#ifndef WARREN_OPTIONS_H
#define WARREN_OPTIONS_H

struct options {
    const char *data_port;
    const char *attention_port;
    const char *pg_socket; /* --pg-socket */
    const char *pg_data;   /* --pgdata */
};

extern struct options options;

#endif
