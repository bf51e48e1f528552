#include "room.h"

#include "smallfile.h"

#include <linux/magic.h>
#include <sys/vfs.h>

#define KEPT_FREE_SHARE 16 /* of all memory: what a few queries need */
#define MEMINFO_BYTES 4096 /* it has some 1,500 */

/* Files of a tmpfs are memory: whoever filled the last of it would have PostgreSQL's backends killed. */
static uint64_t spare_memory(void) {
    static char file[MEMINFO_BYTES];
    smallfile_read("/proc/meminfo", file, sizeof file);
    uint64_t kept_free = smallfile_number(file, "MemTotal:") * 1024 / KEPT_FREE_SHARE;
    uint64_t available = smallfile_number(file, "MemAvailable:") * 1024;
    return available > kept_free ? available - kept_free : 0;
}

bool room_of(int fd, struct room *room) {
    struct statfs status;
    if (fstatfs(fd, &status) < 0)
        return false;
    room->total = (uint64_t)status.f_blocks * (uint64_t)status.f_bsize;
    room->free = (uint64_t)status.f_bavail * (uint64_t)status.f_bsize;
    if (status.f_type == TMPFS_MAGIC) {
        uint64_t spare = spare_memory();
        room->free = room->free < spare ? room->free : spare;
    }
    return true;
}
