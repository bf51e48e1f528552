/* Files of /proc and /etc, read whole into memory of the caller. */
#ifndef WARREN_SMALLFILE_H
#define WARREN_SMALLFILE_H

#include <stddef.h>
#include <stdint.h>

/* Reads at most size - 1 bytes and a NUL behind them; an absent file is empty. Returns the length. */
size_t smallfile_read(const char *path, char *into, size_t size);

/* The number behind a name that begins a line, as in /proc/meminfo; 0 when it is not there. */
uint64_t smallfile_number(const char *text, const char *name);

/* The start of the n-th line, from 0; NULL when there are fewer. */
const char *smallfile_line(const char *text, unsigned n);

#endif
