/* /etc/passwd by hand: a static program should not load glibc's name services. */
#ifndef WARREN_PASSWD_H
#define WARREN_PASSWD_H

#include <stdbool.h>
#include <sys/types.h>

struct account {
    uid_t uid;
    gid_t gid;
};

bool passwd_find(const char *user, struct account *account);

#define USER_BYTES 64

/* The first name of a uid, or its number where it has none or a longer one. */
void passwd_name(uid_t uid, char name[USER_BYTES]);

#endif
