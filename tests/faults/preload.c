/* Stands between a program and the system's calls that write: counts those below a folder, and at one of them either
   ends the process (SIGKILL, a write half done) or answers with an error. Loaded by LD_PRELOAD; see harness.py. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum kind { OPEN, WRITE, SYNC, RENAME, EXCHANGE, MKDIR, UNLINK, RMDIR, CHMOD, KINDS };

static char root[PATH_MAX];
static size_t length;
static int armed, wanted_kind, wanted_error;
static long wanted_at;
static atomic_long counts[KINDS], total;

/* kind -1: whatever it is; at 0: only count; error 0: end the process. */
void faults_arm(const char *folder, int kind, long at, int error) {
    snprintf(root, sizeof root, "%s", folder);
    length = strlen(root);
    wanted_kind = kind, wanted_at = at, wanted_error = error, armed = 1;
}

long faults_count(int kind) { return kind < 0 ? total : counts[kind]; }

static int below(const char *path) { return path && strncmp(path, root, length) == 0; }

static int is_ours(int folder, const char *path) {
    char link[64], place[PATH_MAX];
    if (!armed) return 0;
    if (path && path[0] == '/') return below(path);
    if (folder == AT_FDCWD) snprintf(link, sizeof link, "/proc/self/cwd");
    else snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
    ssize_t read = readlink(link, place, sizeof place - 1);
    if (read < 0) return 0;
    place[read] = 0;
    return below(place);
}

/* Count a call; 1 where it is the one that must not be answered as it would be. */
static int is_met(enum kind kind) {
    long of_kind = atomic_fetch_add(&counts[kind], 1) + 1, of_all = atomic_fetch_add(&total, 1) + 1;
    return wanted_at && wanted_at == (wanted_kind < 0 ? of_all : of_kind) && (wanted_kind < 0 || wanted_kind == (int)kind);
}

static int fails(enum kind kind) {
    if (!is_met(kind)) return 0;
    if (!wanted_error) raise(SIGKILL);
    errno = wanted_error;
    return 1;
}

#define NEXT(name) \
    static __typeof__(name) *next; \
    if (!next) next = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)

static int writes(int flags) { return (flags & (O_WRONLY | O_RDWR | O_CREAT | O_TRUNC)) != 0; }

#define OPENED(name, folder, parameters, arguments) \
    int name parameters { \
        NEXT(name); \
        mode_t mode = 0; \
        if (flags & (O_CREAT | O_TMPFILE)) { va_list rest; va_start(rest, flags); mode = va_arg(rest, mode_t); va_end(rest); } \
        if (writes(flags) && is_ours(folder, path) && fails(OPEN)) return -1; \
        return next arguments; \
    }
OPENED(open, AT_FDCWD, (const char *path, int flags, ...), (path, flags, mode))
OPENED(open64, AT_FDCWD, (const char *path, int flags, ...), (path, flags, mode))
OPENED(openat, folder, (int folder, const char *path, int flags, ...), (folder, path, flags, mode))
OPENED(openat64, folder, (int folder, const char *path, int flags, ...), (folder, path, flags, mode))

#define PATHED(kind, name, folder, path, parameters, arguments) \
    int name parameters { \
        NEXT(name); \
        if (is_ours(folder, path) && fails(kind)) return -1; \
        return next arguments; \
    }
PATHED(RENAME, rename, AT_FDCWD, to, (const char *from, const char *to), (from, to))
PATHED(RENAME, renameat, folder, to, (int old, const char *from, int folder, const char *to), (old, from, folder, to))
PATHED(EXCHANGE, renameat2, folder, to, (int old, const char *from, int folder, const char *to, unsigned flags), (old, from, folder, to, flags))
PATHED(MKDIR, mkdir, AT_FDCWD, path, (const char *path, mode_t mode), (path, mode))
PATHED(MKDIR, mkdirat, folder, path, (int folder, const char *path, mode_t mode), (folder, path, mode))
PATHED(UNLINK, unlink, AT_FDCWD, path, (const char *path), (path))
PATHED(RMDIR, rmdir, AT_FDCWD, path, (const char *path), (path))
PATHED(CHMOD, chmod, AT_FDCWD, path, (const char *path, mode_t mode), (path, mode))
PATHED(CHMOD, fchmodat, folder, path, (int folder, const char *path, mode_t mode, int flags), (folder, path, mode, flags))
PATHED(CHMOD, fchmod, file, NULL, (int file, mode_t mode), (file, mode))
PATHED(SYNC, fsync, file, NULL, (int file), (file))
PATHED(SYNC, fdatasync, file, NULL, (int file), (file))
PATHED(WRITE, ftruncate, file, NULL, (int file, off_t size), (file, size))
PATHED(WRITE, ftruncate64, file, NULL, (int file, off64_t size), (file, size))

int unlinkat(int folder, const char *path, int flags) {
    NEXT(unlinkat);
    if (is_ours(folder, path) && fails(flags & AT_REMOVEDIR ? RMDIR : UNLINK)) return -1;
    return next(folder, path, flags);
}

/* A write that is met is half done first. */
#define WRITTEN(name, parameters, half, arguments) \
    ssize_t name parameters { \
        NEXT(name); \
        if (is_ours(file, NULL) && is_met(WRITE)) { \
            if (size > 1 && next half < 0) return -1; \
            if (!wanted_error) raise(SIGKILL); \
            errno = wanted_error; \
            return -1; \
        } \
        return next arguments; \
    }
WRITTEN(write, (int file, const void *from, size_t size), (file, from, size / 2), (file, from, size))
WRITTEN(pwrite, (int file, const void *from, size_t size, off_t at), (file, from, size / 2, at), (file, from, size, at))
WRITTEN(pwrite64, (int file, const void *from, size_t size, off64_t at), (file, from, size / 2, at), (file, from, size, at))
WRITTEN(sendfile, (int file, int source, off_t *at, size_t size), (file, source, at, size / 2), (file, source, at, size))
WRITTEN(sendfile64, (int file, int source, off64_t *at, size_t size), (file, source, at, size / 2), (file, source, at, size))
