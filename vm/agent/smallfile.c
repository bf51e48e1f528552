#include "smallfile.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

size_t smallfile_read(const char *path, char *into, size_t size) {
    size_t length = 0;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd >= 0) {
        ssize_t got;
        /* /proc gives a page at a time */
        while (length < size - 1 && (got = read(fd, into + length, size - 1 - length)) > 0)
            length += (size_t)got;
        close(fd);
    }
    into[length] = 0;
    return length;
}

const char *smallfile_line(const char *text, unsigned n) {
    while (n-- > 0) {
        text = strchr(text, '\n');
        if (text == NULL)
            return NULL;
        text++;
    }
    return text;
}

uint64_t smallfile_number(const char *text, const char *name) {
    size_t length = strlen(name);
    for (const char *line = text; line != NULL; line = smallfile_line(line, 1))
        if (strncmp(line, name, length) == 0)
            return strtoull(line + length, NULL, 10);
    return 0;
}
