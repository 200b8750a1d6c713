/* Stands between a program and the C library: every call that touches a folder is numbered, and one of them
 * is killed, failed, torn or told. It is told what to do by the environment (shim.py):
 *
 *   FAULTS_FOLDERS      the folders, one a line, absolute; without it nothing is done
 *   FAULTS_KILL_BEFORE  number of the call at which the process is killed instead
 *   FAULTS_KILL_AFTER   number of the call after which it is killed
 *   FAULTS_TEAR         number of the write of which half is written before the process is killed
 *   FAULTS_SHORT        number of the write of which half is written, and so many bytes answered
 *   FAULTS_FAIL         number of the call that fails with FAULTS_ERRNO, and FAULTS_FAIL_FOR calls in all (0: ever)
 *   FAULTS_WHILE        a file: while it is there, the calls of its lines ("fsync 5") fail with that errno
 *   FAULTS_ASK_AT       number of the call before which a byte is written to the descriptor FAULTS_ASK, and one
 *                       read from FAULTS_ANSWER: so another program can do something right there
 *   FAULTS_SLOW_MS      how long each fsync and fdatasync takes longer
 *   FAULTS_LOG          a file to which each call is told when it is done; FAULTS_CONTENT=1: with what was written
 *
 * It counts in the one process that was started, not in what that starts. Calls that the C library makes of
 * itself are not seen: those of stdio (fopen, fwrite). Python makes none of them.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#define REAL(type, name, ...)                                   \
    static type (*real_##name)(__VA_ARGS__);                    \
    static type (*get_##name(void))(__VA_ARGS__) {              \
        if (!real_##name) *(void **)&real_##name = dlsym(RTLD_NEXT, #name); \
        return real_##name;                                     \
    }
#define CALL(name) (get_##name())

REAL(int, open64, const char *, int, ...)
REAL(int, openat64, int, const char *, int, ...)
REAL(int, close, int)
REAL(int, dup, int)
REAL(int, dup2, int, int)
REAL(int, dup3, int, int, int)
REAL(int, fcntl64, int, int, ...)
REAL(ssize_t, write, int, const void *, size_t)
REAL(ssize_t, pwrite64, int, const void *, size_t, off64_t)
REAL(ssize_t, writev, int, const struct iovec *, int)
REAL(ssize_t, sendfile64, int, int, off64_t *, size_t)
REAL(ssize_t, copy_file_range, int, off64_t *, int, off64_t *, size_t, unsigned)
REAL(int, fsync, int)
REAL(int, fdatasync, int)
REAL(int, ftruncate64, int, off64_t)
REAL(int, truncate64, const char *, off64_t)
REAL(int, fallocate64, int, int, off64_t, off64_t)
REAL(int, posix_fallocate64, int, off64_t, off64_t)
REAL(int, fchmod, int, mode_t)
REAL(int, fchmodat, int, const char *, mode_t, int)
REAL(int, futimens, int, const struct timespec *)
REAL(int, utimensat, int, const char *, const struct timespec *, int)
REAL(int, renameat2, int, const char *, int, const char *, unsigned)
REAL(int, linkat, int, const char *, int, const char *, int)
REAL(int, symlinkat, const char *, int, const char *)
REAL(int, unlinkat, int, const char *, int)
REAL(int, mkdirat, int, const char *, mode_t)
REAL(long, syscall, long, ...)

enum { MOST_FOLDERS = 8, MOST_DESCRIPTORS = 4096, LONGEST = 8192 };
enum what { GO_ON, FAIL, TEAR, SHORT };

static char *folders[MOST_FOLDERS];
static int folder_count;
static atomic_int active;
static long kill_before, kill_after, tear_at, short_at, fail_at, fail_for, fail_errno, slow_ms;
static long ask_at, ask, answer;
static const char *fail_while;
static int log_descriptor = -1, log_content;
static atomic_long counter;
static pthread_mutex_t in_order = PTHREAD_MUTEX_INITIALIZER;

static struct {
    char *path; /* NULL: it does not touch the folders */
    int written;
} descriptors[MOST_DESCRIPTORS];

struct call {
    const char *name;
    int descriptor;
    const char *path, *other;
    long long offset, length; /* -1: none */
    long flags;
    const void *content;
    long number;
};

static long number_of(const char *name, long otherwise) {
    const char *text = getenv(name);
    return text && *text ? atol(text) : otherwise;
}

static void in_a_child(void) { active = 0; }

/* Counts from 1 on in this process, as the environment says now. */
void faults_begin(void) {
    char *text = getenv("FAULTS_FOLDERS"), pid[24], *line, *rest;
    if (!text || !*text) return;
    snprintf(pid, sizeof pid, "%d", (int)getpid());
    setenv("FAULTS_PID", pid, 1);
    text = strdup(text);
    folder_count = 0;
    counter = 0;
    for (line = strtok_r(text, "\n", &rest); line && folder_count < MOST_FOLDERS; line = strtok_r(NULL, "\n", &rest))
        folders[folder_count++] = line;
    kill_before = number_of("FAULTS_KILL_BEFORE", 0);
    kill_after = number_of("FAULTS_KILL_AFTER", 0);
    tear_at = number_of("FAULTS_TEAR", 0);
    short_at = number_of("FAULTS_SHORT", 0);
    fail_at = number_of("FAULTS_FAIL", 0);
    fail_for = number_of("FAULTS_FAIL_FOR", 1);
    fail_errno = number_of("FAULTS_ERRNO", EIO);
    slow_ms = number_of("FAULTS_SLOW_MS", 0);
    ask_at = number_of("FAULTS_ASK_AT", 0);
    ask = number_of("FAULTS_ASK", -1);
    answer = number_of("FAULTS_ANSWER", -1);
    log_content = number_of("FAULTS_CONTENT", 0) != 0;
    if ((fail_while = getenv("FAULTS_WHILE"))) fail_while = strdup(fail_while);
    if ((text = getenv("FAULTS_LOG")))
        log_descriptor = CALL(open64)(text, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    active = 1;
}

__attribute__((constructor)) static void start(void) {
    char pid[24];
    snprintf(pid, sizeof pid, "%d", (int)getpid());
    pthread_atfork(NULL, NULL, in_a_child);
    if (getenv("FAULTS_PID") && strcmp(getenv("FAULTS_PID"), pid)) return; /* a child of the one that counts */
    faults_begin();
}

/* --- which calls touch the folders ------------------------------------------------------------------- */

/* The absolute path in `full`, and whether it lies in one of the folders, or is one of them. */
static int touches(int at, const char *path, char *full) {
    size_t length;
    int i;
    full[0] = 0;
    if (!active || !path) return 0;
    if (path[0] != '/') {
        if (at == AT_FDCWD) {
            if (!getcwd(full, LONGEST / 2)) return 0;
        } else {
            char link[48];
            ssize_t got;
            snprintf(link, sizeof link, "/proc/self/fd/%d", at);
            if ((got = readlink(link, full, LONGEST / 2)) < 0) return 0;
            full[got] = 0;
        }
        strcat(full, "/");
    }
    if (strlen(full) + strlen(path) >= LONGEST) return 0;
    strcat(full, path);
    for (length = strlen(full); length > 1 && full[length - 1] == '/'; length--) full[length - 1] = 0;
    for (i = 0; i < folder_count; i++) {
        size_t of = strlen(folders[i]);
        if (!strncmp(full, folders[i], of) && (full[of] == 0 || full[of] == '/')) return 1;
    }
    return 0;
}

static const char *path_of(int descriptor) {
    return active && descriptor >= 0 && descriptor < MOST_DESCRIPTORS ? descriptors[descriptor].path : NULL;
}

static void remember(int descriptor, const char *path) {
    if (descriptor < 0 || descriptor >= MOST_DESCRIPTORS) return;
    free(descriptors[descriptor].path);
    descriptors[descriptor].path = path ? strdup(path) : NULL;
    descriptors[descriptor].written = 0;
}

/* --- what happens to them ---------------------------------------------------------------------------- */

static void end_here(void) {
    for (;;) CALL(syscall)(SYS_kill, (long)getpid(), (long)SIGKILL);
}

static void put(char **end, const char *format, ...) {
    va_list words;
    va_start(words, format);
    *end += vsprintf(*end, format, words);
    va_end(words);
}

static void put_hex(char **end, const void *bytes, size_t length) {
    static const char digits[] = "0123456789abcdef";
    const unsigned char *each = bytes;
    size_t i;
    for (i = 0; i < length; i++) {
        *(*end)++ = digits[each[i] >> 4];
        *(*end)++ = digits[each[i] & 15];
    }
    *(*end)++ = '\t';
}

static void tell(const struct call *call, long result, int error) {
    struct timespec now;
    const char *path = call->path ? call->path : "", *other = call->other ? call->other : "";
    size_t kept = log_content && call->content && result > 0 ? (size_t)result : 0;
    char *line, *end;
    if (log_descriptor < 0 || !(line = malloc(512 + 2 * (strlen(path) + strlen(other) + kept)))) return;
    end = line;
    clock_gettime(CLOCK_MONOTONIC, &now);
    put(&end, "%ld\t%lld.%06ld\t%s\t%d\t", call->number, (long long)now.tv_sec, now.tv_nsec / 1000, call->name,
        call->descriptor);
    put_hex(&end, path, strlen(path));
    put_hex(&end, other, strlen(other));
    put(&end, "%lld\t%lld\t%ld\t%ld\t%d\t", call->offset, call->length, call->flags, result, error);
    put_hex(&end, call->content, kept);
    end[-1] = '\n';
    if (CALL(write)(log_descriptor, line, (size_t)(end - line)) < 0) log_descriptor = -1;
    free(line);
}

/* The errno with which calls of that name fail for now; 0 where they do not. */
static int fails_for_now(const char *name) {
    char text[512], *line, *rest;
    ssize_t got;
    int file;
    if (!fail_while || (file = CALL(open64)(fail_while, O_RDONLY | O_CLOEXEC)) < 0) return 0;
    got = read(file, text, sizeof text - 1);
    CALL(close)(file);
    text[got > 0 ? got : 0] = 0;
    for (line = strtok_r(text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
        size_t length = strcspn(line, " ");
        if (line[length] && strlen(name) == length && !strncmp(line, name, length)) return atoi(line + length);
    }
    return 0;
}

/* Numbers a call, and says what is to become of it; errno is set where it is to fail. With a log the calls
 * are made one after the other, so that it tells them in their order. */
static enum what begin(struct call *call) {
    int error;
    char word = '?';
    if (log_descriptor >= 0) pthread_mutex_lock(&in_order);
    call->number = ++counter;
    if (call->number == ask_at && CALL(write)(ask, &word, 1) == 1) while (read(answer, &word, 1) < 0 && errno == EINTR) {}
    if (call->number == kill_before) {
        tell(call, -1, 0);
        end_here();
    }
    error = fails_for_now(call->name);
    if (!error && fail_at && call->number >= fail_at && (!fail_for || call->number < fail_at + fail_for))
        error = (int)fail_errno;
    if (error) {
        errno = error;
        return FAIL;
    }
    if (call->content && call->length > 1 && call->number == tear_at) return TEAR;
    if (call->content && call->length > 1 && call->number == short_at) return SHORT;
    return GO_ON;
}

static void done(struct call *call, long result) {
    int error = errno;
    tell(call, result, result < 0 ? error : 0);
    if (call->number == kill_after || call->number == tear_at) end_here();
    if (log_descriptor >= 0) pthread_mutex_unlock(&in_order);
    errno = error;
}

/* The value of `deed`, or -1 where the call is to fail. */
#define MADE(type, call, deed)                                     \
    ({                                                             \
        type made_ = begin(&(call)) == FAIL ? (type)-1 : (deed);   \
        done(&(call), (long)made_);                                \
        made_;                                                     \
    })

static struct call of(const char *name, int descriptor, const char *path) {
    struct call call = {.name = name, .descriptor = descriptor, .path = path, .offset = -1, .length = -1};
    return call;
}

/* --- opening and closing ----------------------------------------------------------------------------- */

static int opened(int at, const char *path, int flags, mode_t mode) {
    char full[LONGEST];
    struct call call;
    int result;
    if (!touches(at, path, full)) return CALL(openat64)(at, path, flags, mode);
    call = of("open", -1, full);
    call.flags = flags;
    if (begin(&call) == FAIL) {
        result = -1;
    } else {
        result = CALL(openat64)(at, path, flags, mode);
        remember(result, full);
    }
    call.descriptor = result;
    done(&call, result);
    return result;
}

#define MODE_OF(flags, last)                            \
    mode_t mode = 0;                                    \
    if ((flags) & (O_CREAT | __O_TMPFILE)) {            \
        va_list more;                                   \
        va_start(more, last);                           \
        mode = (mode_t)va_arg(more, int);               \
        va_end(more);                                   \
    }

int open64(const char *path, int flags, ...) { MODE_OF(flags, flags) return opened(AT_FDCWD, path, flags, mode); }
int open(const char *path, int flags, ...) { MODE_OF(flags, flags) return opened(AT_FDCWD, path, flags, mode); }
int openat64(int at, const char *path, int flags, ...) { MODE_OF(flags, flags) return opened(at, path, flags, mode); }
int openat(int at, const char *path, int flags, ...) { MODE_OF(flags, flags) return opened(at, path, flags, mode); }
int __open_2(const char *path, int flags) { return opened(AT_FDCWD, path, flags, 0); }
int __open64_2(const char *path, int flags) { return opened(AT_FDCWD, path, flags, 0); }
int __openat_2(int at, const char *path, int flags) { return opened(at, path, flags, 0); }
int __openat64_2(int at, const char *path, int flags) { return opened(at, path, flags, 0); }

int creat64(const char *path, mode_t mode) { return opened(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode); }
int creat(const char *path, mode_t mode) { return creat64(path, mode); }

int close(int descriptor) {
    const char *path = path_of(descriptor);
    struct call call;
    int result;
    if (!path) return CALL(close)(descriptor);
    if (!descriptors[descriptor].written) {
        remember(descriptor, NULL);
        return CALL(close)(descriptor);
    }
    call = of("close", descriptor, path);
    enum what what = begin(&call);
    int error = errno;
    result = CALL(close)(descriptor); /* it is closed also where that fails */
    if (what == FAIL) {
        result = -1;
        errno = error;
    }
    done(&call, result);
    remember(descriptor, NULL);
    return result;
}

static int twin(int old, int new) {
    if (new >= 0 && new < MOST_DESCRIPTORS) {
        remember(new, path_of(old));
        if (path_of(old)) descriptors[new].written = descriptors[old].written;
    }
    return new;
}

int dup(int old) { return twin(old, CALL(dup)(old)); }
int dup2(int old, int new) { return old == new ? CALL(dup2)(old, new) : twin(old, CALL(dup2)(old, new)); }
int dup3(int old, int new, int flags) { return twin(old, CALL(dup3)(old, new, flags)); }

static int controlled(int descriptor, int command, void *argument) {
    int result = CALL(fcntl64)(descriptor, command, argument);
    return command == F_DUPFD || command == F_DUPFD_CLOEXEC ? twin(descriptor, result) : result;
}

#define ARGUMENT_OF(last)                   \
    va_list more;                           \
    va_start(more, last);                   \
    void *argument = va_arg(more, void *);  \
    va_end(more);

int fcntl(int descriptor, int command, ...) { ARGUMENT_OF(command) return controlled(descriptor, command, argument); }
int fcntl64(int descriptor, int command, ...) { ARGUMENT_OF(command) return controlled(descriptor, command, argument); }

/* --- writing ----------------------------------------------------------------------------------------- */

static off64_t place_of(int descriptor) {
    struct stat status;
    if (CALL(fcntl64)(descriptor, F_GETFL) & O_APPEND) return fstat(descriptor, &status) ? -1 : status.st_size;
    return lseek64(descriptor, 0, SEEK_CUR);
}

static ssize_t written(const char *name, int descriptor, const void *bytes, size_t length, off64_t at) {
    struct call call = of(name, descriptor, path_of(descriptor));
    ssize_t result = -1;
    enum what what;
    call.content = bytes;
    call.length = (long long)length;
    call.offset = at < 0 ? place_of(descriptor) : at;
    descriptors[descriptor].written = 1;
    if ((what = begin(&call)) != FAIL) {
        if (what != GO_ON) length /= 2;
        result = at < 0 ? CALL(write)(descriptor, bytes, length) : CALL(pwrite64)(descriptor, bytes, length, at);
    }
    done(&call, result);
    return result;
}

ssize_t write(int descriptor, const void *bytes, size_t length) {
    return path_of(descriptor) ? written("write", descriptor, bytes, length, -1) : CALL(write)(descriptor, bytes, length);
}

ssize_t pwrite64(int descriptor, const void *bytes, size_t length, off64_t at) {
    return path_of(descriptor) ? written("pwrite", descriptor, bytes, length, at)
                               : CALL(pwrite64)(descriptor, bytes, length, at);
}

ssize_t pwrite(int descriptor, const void *bytes, size_t length, off_t at) {
    return pwrite64(descriptor, bytes, length, at);
}

ssize_t writev(int descriptor, const struct iovec *pieces, int count) {
    size_t length = 0;
    char *joined, *end;
    ssize_t result;
    int i;
    if (!path_of(descriptor)) return CALL(writev)(descriptor, pieces, count);
    for (i = 0; i < count; i++) length += pieces[i].iov_len;
    if (!(joined = end = malloc(length + 1))) return -1;
    for (i = 0; i < count; i++) end = mempcpy(end, pieces[i].iov_base, pieces[i].iov_len);
    result = written("writev", descriptor, joined, length, -1);
    free(joined);
    return result;
}

/* What is copied within the kernel is told by its length alone. */
ssize_t sendfile64(int to, int from, off64_t *offset, size_t length) {
    struct call call;
    if (!path_of(to)) return CALL(sendfile64)(to, from, offset, length);
    call = of("sendfile", to, path_of(to));
    call.length = (long long)length;
    call.offset = place_of(to);
    descriptors[to].written = 1;
    return MADE(ssize_t, call, CALL(sendfile64)(to, from, offset, length));
}

ssize_t sendfile(int to, int from, off_t *offset, size_t length) { return sendfile64(to, from, offset, length); }

ssize_t copy_file_range(int from, off64_t *start_at, int to, off64_t *offset, size_t length, unsigned flags) {
    struct call call;
    if (!path_of(to)) return CALL(copy_file_range)(from, start_at, to, offset, length, flags);
    call = of("copy_file_range", to, path_of(to));
    call.length = (long long)length;
    call.offset = offset ? *offset : place_of(to);
    descriptors[to].written = 1;
    return MADE(ssize_t, call, CALL(copy_file_range)(from, start_at, to, offset, length, flags));
}

/* --- by descriptor ----------------------------------------------------------------------------------- */

static void take_longer(void) {
    struct timespec wait = {slow_ms / 1000, slow_ms % 1000 * 1000000};
    if (slow_ms) nanosleep(&wait, NULL);
}

int fsync(int descriptor) {
    struct call call;
    if (!path_of(descriptor)) return CALL(fsync)(descriptor);
    take_longer();
    call = of("fsync", descriptor, path_of(descriptor));
    return MADE(int, call, CALL(fsync)(descriptor));
}

int fdatasync(int descriptor) {
    struct call call;
    if (!path_of(descriptor)) return CALL(fdatasync)(descriptor);
    take_longer();
    call = of("fdatasync", descriptor, path_of(descriptor));
    return MADE(int, call, CALL(fdatasync)(descriptor));
}

int ftruncate64(int descriptor, off64_t length) {
    struct call call;
    if (!path_of(descriptor)) return CALL(ftruncate64)(descriptor, length);
    call = of("ftruncate", descriptor, path_of(descriptor));
    call.length = length;
    descriptors[descriptor].written = 1;
    return MADE(int, call, CALL(ftruncate64)(descriptor, length));
}

int ftruncate(int descriptor, off_t length) { return ftruncate64(descriptor, length); }

int fallocate64(int descriptor, int mode, off64_t at, off64_t length) {
    struct call call;
    if (!path_of(descriptor)) return CALL(fallocate64)(descriptor, mode, at, length);
    call = of("fallocate", descriptor, path_of(descriptor));
    call.offset = at;
    call.length = length;
    descriptors[descriptor].written = 1;
    return MADE(int, call, CALL(fallocate64)(descriptor, mode, at, length));
}

int fallocate(int descriptor, int mode, off_t at, off_t length) { return fallocate64(descriptor, mode, at, length); }

int posix_fallocate64(int descriptor, off64_t at, off64_t length) {
    struct call call;
    int result;
    if (!path_of(descriptor)) return CALL(posix_fallocate64)(descriptor, at, length);
    call = of("fallocate", descriptor, path_of(descriptor));
    call.offset = at;
    call.length = length;
    descriptors[descriptor].written = 1;
    result = begin(&call) == FAIL ? errno : CALL(posix_fallocate64)(descriptor, at, length);
    errno = result;
    done(&call, result ? -1 : 0);
    return result;
}

int posix_fallocate(int descriptor, off_t at, off_t length) { return posix_fallocate64(descriptor, at, length); }

int fchmod(int descriptor, mode_t mode) {
    struct call call;
    if (!path_of(descriptor)) return CALL(fchmod)(descriptor, mode);
    call = of("fchmod", descriptor, path_of(descriptor));
    call.flags = (long)mode;
    return MADE(int, call, CALL(fchmod)(descriptor, mode));
}

int futimens(int descriptor, const struct timespec times[2]) {
    struct call call;
    if (!path_of(descriptor)) return CALL(futimens)(descriptor, times);
    call = of("utimens", descriptor, path_of(descriptor));
    return MADE(int, call, CALL(futimens)(descriptor, times));
}

/* --- by path ----------------------------------------------------------------------------------------- */

static int moved(const char *name, int at, const char *from, int to_at, const char *to, unsigned flags) {
    char full[LONGEST], full_to[LONGEST];
    int touched = touches(at, from, full), touched_to = touches(to_at, to, full_to);
    struct call call;
    if (!touched && !touched_to) return CALL(renameat2)(at, from, to_at, to, flags);
    call = of(name, -1, full);
    call.other = full_to;
    call.flags = (long)flags;
    return MADE(int, call, CALL(renameat2)(at, from, to_at, to, flags));
}

int rename(const char *from, const char *to) { return moved("rename", AT_FDCWD, from, AT_FDCWD, to, 0); }
int renameat(int at, const char *from, int to_at, const char *to) { return moved("rename", at, from, to_at, to, 0); }
int renameat2(int at, const char *from, int to_at, const char *to, unsigned flags) {
    return moved(flags ? "renameat2" : "rename", at, from, to_at, to, flags);
}

int linkat(int at, const char *from, int to_at, const char *to, int flags) {
    char full[LONGEST], full_to[LONGEST];
    int touched = touches(at, from, full), touched_to = touches(to_at, to, full_to);
    struct call call;
    if (!touched && !touched_to) return CALL(linkat)(at, from, to_at, to, flags);
    call = of("link", -1, full);
    call.other = full_to;
    return MADE(int, call, CALL(linkat)(at, from, to_at, to, flags));
}

int link(const char *from, const char *to) { return linkat(AT_FDCWD, from, AT_FDCWD, to, 0); }

int symlinkat(const char *target, int at, const char *path) {
    char full[LONGEST];
    struct call call;
    if (!touches(at, path, full)) return CALL(symlinkat)(target, at, path);
    call = of("symlink", -1, full);
    call.other = target;
    return MADE(int, call, CALL(symlinkat)(target, at, path));
}

int symlink(const char *target, const char *path) { return symlinkat(target, AT_FDCWD, path); }

static int removed(const char *name, int at, const char *path, int flags) {
    char full[LONGEST];
    struct call call;
    if (!touches(at, path, full)) return CALL(unlinkat)(at, path, flags);
    call = of(name, -1, full);
    return MADE(int, call, CALL(unlinkat)(at, path, flags));
}

int unlinkat(int at, const char *path, int flags) {
    return removed(flags & AT_REMOVEDIR ? "rmdir" : "unlink", at, path, flags);
}
int unlink(const char *path) { return removed("unlink", AT_FDCWD, path, 0); }
int rmdir(const char *path) { return removed("rmdir", AT_FDCWD, path, AT_REMOVEDIR); }
int remove(const char *path) {
    struct stat status;
    return !lstat(path, &status) && S_ISDIR(status.st_mode) ? rmdir(path) : unlink(path);
}

int mkdirat(int at, const char *path, mode_t mode) {
    char full[LONGEST];
    struct call call;
    if (!touches(at, path, full)) return CALL(mkdirat)(at, path, mode);
    call = of("mkdir", -1, full);
    call.flags = (long)mode;
    return MADE(int, call, CALL(mkdirat)(at, path, mode));
}

int mkdir(const char *path, mode_t mode) { return mkdirat(AT_FDCWD, path, mode); }

int truncate64(const char *path, off64_t length) {
    char full[LONGEST];
    struct call call;
    if (!touches(AT_FDCWD, path, full)) return CALL(truncate64)(path, length);
    call = of("truncate", -1, full);
    call.length = length;
    return MADE(int, call, CALL(truncate64)(path, length));
}

int truncate(const char *path, off_t length) { return truncate64(path, length); }

int fchmodat(int at, const char *path, mode_t mode, int flags) {
    char full[LONGEST];
    struct call call;
    if (!touches(at, path, full)) return CALL(fchmodat)(at, path, mode, flags);
    call = of("chmod", -1, full);
    call.flags = (long)mode;
    return MADE(int, call, CALL(fchmodat)(at, path, mode, flags));
}

int chmod(const char *path, mode_t mode) { return fchmodat(AT_FDCWD, path, mode, 0); }

int utimensat(int at, const char *path, const struct timespec times[2], int flags) {
    char full[LONGEST];
    struct call call;
    if (!touches(at, path, full)) return CALL(utimensat)(at, path, times, flags);
    call = of("utimens", -1, full);
    return MADE(int, call, CALL(utimensat)(at, path, times, flags));
}

/* A program may ask the kernel for renameat2 by its number, where its C library does not know it. */
long syscall(long number, ...) {
    long word[6];
    va_list more;
    va_start(more, number);
    for (int i = 0; i < 6; i++) word[i] = va_arg(more, long);
    va_end(more);
    if (number == SYS_renameat2)
        return renameat2((int)word[0], (const char *)word[1], (int)word[2], (const char *)word[3], (unsigned)word[4]);
    return CALL(syscall)(number, word[0], word[1], word[2], word[3], word[4], word[5]);
}
