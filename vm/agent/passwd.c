#include "passwd.h"

#include "smallfile.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PASSWD_BYTES 16384 /* some 300 accounts; the image has about 20 */

/* From behind the password of name:password:uid:gid:… */
static bool read_account(const char *field, struct account *account) {
    char *end;
    unsigned long uid = strtoul(field, &end, 10);
    if (end == field || *end != ':')
        return false;
    const char *group = end + 1;
    unsigned long gid = strtoul(group, &end, 10);
    if (end == group || *end != ':')
        return false;
    *account = (struct account){.uid = (uid_t)uid, .gid = (gid_t)gid};
    return true;
}

static char file[PASSWD_BYTES];

/* The account of a line `name:…` whose name has this length. */
static bool account_of(const char *line, size_t name, struct account *account) {
    if (line[name] != ':')
        return false;
    const char *password_end = strchr(line + name + 1, ':');
    return password_end != NULL && read_account(password_end + 1, account);
}

bool passwd_find(const char *user, struct account *account) {
    size_t length = strlen(user);
    if (length == 0 || strpbrk(user, ":\n") != NULL)
        return false;
    smallfile_read("/etc/passwd", file, sizeof file);
    for (const char *line = file; line != NULL; line = smallfile_line(line, 1))
        if (strncmp(line, user, length) == 0 && line[length] == ':')
            return account_of(line, length, account);
    return false;
}

void passwd_name(uid_t uid, char name[USER_BYTES]) {
    smallfile_read("/etc/passwd", file, sizeof file);
    for (const char *line = file; line != NULL; line = smallfile_line(line, 1)) {
        struct account account;
        size_t length = strcspn(line, ":\n");
        if (length > 0 && length < USER_BYTES && account_of(line, length, &account) && account.uid == uid) {
            snprintf(name, USER_BYTES, "%.*s", (int)length, line);
            return;
        }
    }
    snprintf(name, USER_BYTES, "%u", (unsigned)uid);
}
