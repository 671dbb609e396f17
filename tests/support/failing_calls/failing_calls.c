// SPDX-License-Identifier: GPL-3.0-or-later
// Preloaded into a program (LD_PRELOAD), it lets the Nth call of a kind fail, from the begin of main() on:
//   VELOCAL_FAULT        "<kind>[,<kind> ...] <N> <errno> <once|on|alternately|killed|listed>"; N counts each kind
//                        from 1, with 0 none fails; with errno 0 a read or write does half of its work instead; "on":
//                        this call and all later ones; "alternately": every second one of these; "killed": the program is
//                        killed before this call; "listed": none fails. Of the kind "answer" are the links that could
//                        be made: such a call says that it failed, as NFS may, and the link is there
//   VELOCAL_FAULT_REPORT file for what happened: "failed" and the calls that led there; "crashed", likewise; and at the
//                        end "failures" and their number, "calls", each kind and how many there were. With "listed"
//                        "place" and N for each call that the same callers have not made before
// Programs that the program starts are left alone. VELOCAL_BRANCHES is in branches.c. A new call is one line below, a
// new kind one more in `kinds`.
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "calls.h"

static const char* const kinds[KINDS] = {"read",   "write", "open",   "close", "stat",   "list", "mode",   "fsync",
                                         "rename", "mkdir", "unlink", "lock",  "thread", "fork", "memory", "answer"};

static const int changes_files[KINDS] = {[MODE] = 1, [FSYNC] = 1, [RENAME] = 1, [MKDIR] = 1, [UNLINK] = 1, [LOCK] = 1};

static enum { ONCE, ON, ALTERNATELY, KILLED, LISTED } how_long;
static int failing[KINDS];
static int reason;
enum { PLACES = 1 << 16 };
static atomic_ulong* places;  // hashes of the callers that were seen, shared with the program's copies
atomic_long* counters;
enum Kind failing_kind;
long first_failure;
int report = -1;
pid_t program;
__thread int inside;

static void say(const char* text) {
  if (syscall(SYS_write, report, text, strlen(text)) < 0) return;
}

static void say_with_trace(const char* text) {
  void* trace[64];
  say(text);
  backtrace_symbols_fd(trace, backtrace(trace, 64), report);
}

static int is_chosen(enum Kind kind, long number) {
  if (!failing[kind] || how_long == LISTED || first_failure == 0 || number < first_failure) return 0;
  return number == first_failure || how_long == ON || (how_long == ALTERNATELY && (number - first_failure) % 2 == 0);
}

// Whether no call of these callers has been seen before: of the innermost ones, for code calls itself in many depths.
static int is_new_place(void) {
  void* trace[7];
  const int depth = backtrace(trace, 7);
  unsigned long hash = 14695981039346656037UL;  // FNV-1a
  for (int i = 0; i < depth; ++i) hash = (hash ^ (unsigned long)trace[i]) * 1099511628211UL;
  for (unsigned long at = hash, tries = 0; tries < PLACES; ++at, ++tries) {
    unsigned long none = 0;
    if (atomic_compare_exchange_strong(&places[at % PLACES], &none, hash)) return 1;
    if (none == hash) return 0;
  }
  return 0;
}

static void list(long number) {
  char text[40];
  inside = 1;
  snprintf(text, sizeof text, "place %ld\n", number);
  if (is_new_place()) say(text);
  inside = 0;
}

// Whether this call is to fail.
static int fails(enum Kind kind) {
  if (counters == NULL || inside) return 0;
  end_probe();
  const long number = ++counters[kind];
  if (how_long == LISTED && failing[kind]) list(number);
  branch_at(kind, number);
  if (!is_chosen(kind, number)) {
    if (changes_files[kind]) before_change();
    return 0;
  }
  inside = 1;
  if (++counters[FAILURES] == 1) say_with_trace("failed\n");
  inside = 0;
  if (how_long == KILLED) kill(program, SIGKILL);
  errno = reason;
  return 1;
}

void* next(const char* name) {
  inside = 1;
  void* function = dlsym(RTLD_NEXT, name);
  inside = 0;
  return function;
}

// A copy of the program that reads a file first may crash: the program then goes on, and has to keep its promises.
static void tell_crash(int signal_number) {
  inside = 1;
  if (getpid() == program) say_with_trace("crashed\n");
  signal(signal_number, SIG_DFL);
  raise(signal_number);
}

static void watch_crashes(void) {
  static char stack[65536];
  const stack_t other = {.ss_sp = stack, .ss_size = sizeof stack};
  sigaltstack(&other, NULL);
  struct sigaction action = {.sa_handler = tell_crash, .sa_flags = SA_ONSTACK | SA_NODEFER};
  const int signals[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};
  for (size_t i = 0; i < sizeof signals / sizeof *signals; ++i) sigaction(signals[i], &action, NULL);
}

static void begin(void) {
  const char* fault = getenv("VELOCAL_FAULT");
  const char* file = getenv("VELOCAL_FAULT_REPORT");
  char chosen[64] = "", times[16] = "";
  if (fault == NULL || file == NULL) return;
  if (sscanf(fault, "%63s %ld %d %15s", chosen, &first_failure, &reason, times) != 4) abort();
  const int opened = (int)syscall(SYS_openat, AT_FDCWD, file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
  const int out_of_the_way = fcntl(opened, F_DUPFD_CLOEXEC, 500);
  syscall(SYS_close, opened);
  unsetenv("LD_PRELOAD");
  void* trace[1];
  backtrace(trace, 1);  // loads now what it needs later
  watch_crashes();
  how_long = strcmp(times, "on") == 0 ? ON : strcmp(times, "alternately") == 0 ? ALTERNATELY : ONCE;
  if (strcmp(times, "killed") == 0) how_long = KILLED;
  if (strcmp(times, "listed") == 0) how_long = LISTED;
  for (const char* kind = strtok(chosen, ","); kind != NULL; kind = strtok(NULL, ",")) {
    for (int i = 0; i < KINDS; ++i) {
      if (strcmp(kind, kinds[i]) != 0) continue;
      failing[i] = 1;
      failing_kind = (enum Kind)i;
    }
  }
  void* counted = mmap(NULL, COUNTERS * sizeof *counters, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  places = mmap(NULL, PLACES * sizeof *places, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (counted == MAP_FAILED || places == MAP_FAILED) abort();
  program = getpid();
  report = out_of_the_way;
  read_branches();
  counters = counted;  // from here on calls count
}

__attribute__((destructor)) static void end(void) {
  char text[60];
  inside = 1;
  if (report < 0) return;
  snprintf(text, sizeof text, "failures %ld\n", (long)counters[FAILURES]);
  say(text);
  for (int i = 0; i < KINDS; ++i) {
    snprintf(text, sizeof text, "calls %s %ld\n", kinds[i], (long)counters[i]);
    say(text);
  }
}

static int (*main_of_program)(int, char**, char**);

static int main_after_begin(int argc, char** argv, char** environment) {
  begin();
  return main_of_program(argc, argv, environment);
}

int __libc_start_main(int (*program)(int, char**, char**), int argc, char** argv, void (*init)(void),
                      void (*fini)(void), void (*at_end)(void), void* stack) {
  int (*start)(int (*)(int, char**, char**), int, char**, void (*)(void), void (*)(void), void (*)(void), void*) =
      next("__libc_start_main");
  main_of_program = program;
  return start(main_after_begin, argc, argv, init, fini, at_end, stack);
}

// A call that gives `failure` when it fails.
#define FAILING(kind, failure, type, name, parameters, arguments) \
  type name parameters {                                          \
    static type(*real) parameters;                                \
    if (fails(kind)) return failure;                              \
    if (real == NULL) real = (type(*) parameters)next(#name);     \
    return real arguments;                                        \
  }

static int opens_to_write(const char* path, int flags) {
  return (flags & (O_WRONLY | O_RDWR | O_CREAT)) != 0 && strcmp(path, "/dev/null") != 0;
}

// One that has a mode only where it creates a file.
#define FAILING_OPEN(name, parameters, arguments)                               \
  int name parameters {                                                         \
    static int(*real) parameters;                                               \
    va_list list;                                                               \
    va_start(list, flags);                                                      \
    const int mode = (flags & (O_CREAT | __O_TMPFILE)) ? va_arg(list, int) : 0; \
    va_end(list);                                                               \
    if (fails(OPEN)) return -1;                                                 \
    if (opens_to_write(path, flags)) before_change();                           \
    if (real == NULL) real = (int(*) parameters)next(#name);                    \
    return real arguments;                                                      \
  }

#define FAILING_FOPEN(name)                                                      \
  FILE* name(const char* path, const char* mode) {                               \
    static FILE* (*real)(const char*, const char*);                              \
    if (fails(OPEN)) return NULL;                                                \
    if (strpbrk(mode, "wa+") != NULL) before_change();                           \
    if (real == NULL) real = (FILE * (*)(const char*, const char*)) next(#name); \
    return real(path, mode);                                                     \
  }

FAILING_OPEN(open, (const char* path, int flags, ...), (path, flags, mode))
FAILING_OPEN(open64, (const char* path, int flags, ...), (path, flags, mode))
FAILING_OPEN(openat, (int folder, const char* path, int flags, ...), (folder, path, flags, mode))
FAILING_OPEN(openat64, (int folder, const char* path, int flags, ...), (folder, path, flags, mode))
FAILING_FOPEN(fopen)
FAILING_FOPEN(fopen64)
FAILING(OPEN, NULL, DIR*, opendir, (const char* path), (path))
FAILING(OPEN, NULL, DIR*, fdopendir, (int file), (file))

// A copy would share what is sent and written there.
int socketpair(int domain, int type, int protocol, int ends[2]) {
  static int (*real)(int, int, int, int*);
  if (fails(OPEN)) return -1;
  before_change();
  if (real == NULL) real = (int (*)(int, int, int, int*))next("socketpair");
  return real(domain, type, protocol, ends);
}

int memfd_create(const char* name, unsigned flags) {
  static int (*real)(const char*, unsigned);
  if (fails(OPEN)) return -1;
  before_change();
  if (real == NULL) real = (int (*)(const char*, unsigned))next("memfd_create");
  return real(name, flags);
}

FAILING(STAT, -1, int, stat, (const char* path, struct stat* status), (path, status))
FAILING(STAT, -1, int, stat64, (const char* path, struct stat64* status), (path, status))
FAILING(STAT, -1, int, lstat, (const char* path, struct stat* status), (path, status))
FAILING(STAT, -1, int, lstat64, (const char* path, struct stat64* status), (path, status))
FAILING(STAT, -1, int, fstat, (int file, struct stat* status), (file, status))
FAILING(STAT, -1, int, fstat64, (int file, struct stat64* status), (file, status))
FAILING(STAT, -1, int, fstatat, (int folder, const char* path, struct stat* status, int flags),
        (folder, path, status, flags))
FAILING(STAT, -1, int, fstatat64, (int folder, const char* path, struct stat64* status, int flags),
        (folder, path, status, flags))
FAILING(STAT, -1, int, statx, (int folder, const char* path, int flags, unsigned mask, struct statx* status),
        (folder, path, flags, mask, status))

FAILING(STAT, -1, ssize_t, readlink, (const char* path, char* target, size_t size), (path, target, size))

FAILING(LIST, NULL, struct dirent*, readdir, (DIR * folder), (folder))
FAILING(LIST, NULL, struct dirent64*, readdir64, (DIR * folder), (folder))
FAILING(MODE, -1, int, chmod, (const char* path, mode_t mode), (path, mode))
FAILING(MODE, -1, int, fchmod, (int file, mode_t mode), (file, mode))
FAILING(MODE, -1, int, fchmodat, (int folder, const char* path, mode_t mode, int flags), (folder, path, mode, flags))
FAILING(MODE, -1, int, fchown, (int file, uid_t user, gid_t group), (file, user, group))
FAILING(FSYNC, -1, int, fsync, (int file), (file))
FAILING(FSYNC, -1, int, fdatasync, (int file), (file))
FAILING(RENAME, -1, int, rename, (const char* from, const char* to), (from, to))
FAILING(RENAME, -1, int, renameat, (int a, const char* from, int b, const char* to), (a, from, b, to))
FAILING(RENAME, -1, int, renameat2, (int a, const char* from, int b, const char* to, unsigned flags),
        (a, from, b, to, flags))
FAILING(MKDIR, -1, int, mkdir, (const char* path, mode_t mode), (path, mode))
FAILING(MKDIR, NULL, char*, mkdtemp, (char* name), (name))
FAILING(MKDIR, -1, int, mkdirat, (int folder, const char* path, mode_t mode), (folder, path, mode))
FAILING(UNLINK, -1, int, unlink, (const char* path), (path))
FAILING(UNLINK, -1, int, unlinkat, (int folder, const char* path, int flags), (folder, path, flags))
FAILING(UNLINK, -1, int, remove, (const char* path), (path))
FAILING(UNLINK, -1, int, rmdir, (const char* path), (path))
FAILING(LOCK, -1, int, flock, (int file, int operation), (file, operation))

// A pipe to a process comes before that.
int pipe2(int ends[2], int flags) {
  static int (*real)(int*, int);
  if (fails(OPEN)) return -1;
  before_others();
  if (real == NULL) real = (int (*)(int*, int))next("pipe2");
  return real(ends, flags);
}

pid_t fork(void) {
  static pid_t (*real)(void);
  if (fails(FORK)) return -1;
  others_begin();
  if (real == NULL) real = (pid_t(*)(void))next("fork");
  return real();
}

int pthread_create(pthread_t* thread, const pthread_attr_t* attributes, void* (*work)(void*), void* argument) {
  static int (*real)(pthread_t*, const pthread_attr_t*, void* (*)(void*), void*);
  before_others();
  if (fails(THREAD)) return reason;
  others_begin();
  if (real == NULL) {
    real = (int (*)(pthread_t*, const pthread_attr_t*, void* (*)(void*), void*))next("pthread_create");
  }
  return real(thread, attributes, work, argument);
}

int link(const char* from, const char* to) {
  static int (*real)(const char*, const char*);
  if (fails(RENAME)) return -1;
  if (real == NULL) real = (int (*)(const char*, const char*))next("link");
  const int result = real(from, to);
  return result == 0 && fails(ANSWER) ? -1 : result;
}

// Locks of byte ranges; all other uses of fcntl pass.
#define FAILING_FCNTL(name)                                                                                           \
  int name(int file, int command, ...) {                                                                              \
    static int (*real)(int, int, ...);                                                                                \
    va_list list;                                                                                                     \
    va_start(list, command);                                                                                          \
    void* argument = va_arg(list, void*);                                                                             \
    va_end(list);                                                                                                     \
    const int locks = command == F_SETLK || command == F_SETLKW || command == F_OFD_SETLK || command == F_OFD_SETLKW; \
    if (locks && fails(LOCK)) return -1;                                                                              \
    if (real == NULL) real = (int (*)(int, int, ...))next(#name);                                                     \
    return real(file, command, argument);                                                                             \
  }
FAILING_FCNTL(fcntl)
FAILING_FCNTL(fcntl64)

// The descriptor is gone even when close() fails.
int close(int file) {
  const int result = (int)syscall(SYS_close, file);
  return fails(CLOSE) ? -1 : result;
}

// Error messages get through: they are how one knows of the failure.
ssize_t write(int file, const void* bytes, size_t size) {
  if (file != STDERR_FILENO && fails(WRITE)) {
    if (reason != 0) return -1;
    size = (size + 1) / 2;
  }
  return syscall(SYS_write, file, bytes, size);
}

ssize_t writev(int file, const struct iovec* pieces, int count) {
  if (file != STDERR_FILENO && fails(WRITE)) {
    if (reason != 0) return -1;
    count = 1;
  }
  return syscall(SYS_writev, file, pieces, count);
}

ssize_t pwrite(int file, const void* bytes, size_t size, off_t offset) {
  if (fails(WRITE)) {
    if (reason != 0) return -1;
    size = (size + 1) / 2;
  }
  return syscall(SYS_pwrite64, file, bytes, size, offset);
}
ssize_t pwrite64(int file, const void* bytes, size_t size, off64_t offset) {
  return pwrite(file, bytes, size, offset);
}

int ftruncate(int file, off_t size) {
  return fails(WRITE) && reason != 0 ? -1 : (int)syscall(SYS_ftruncate, file, size);
}
int ftruncate64(int file, off64_t size) {
  return ftruncate(file, size);
}

ssize_t read(int file, void* bytes, size_t size) {
  if (fails(READ)) {
    if (reason != 0) return -1;
    size = (size + 1) / 2;
  }
  return syscall(SYS_read, file, bytes, size);
}

ssize_t pread(int file, void* bytes, size_t size, off_t offset) {
  if (fails(READ)) {
    if (reason != 0) return -1;
    size = (size + 1) / 2;
  }
  return syscall(SYS_pread64, file, bytes, size, offset);
}
ssize_t pread64(int file, void* bytes, size_t size, off64_t offset) {
  return pread(file, bytes, size, offset);
}

// glibc's own names, because dlsym() allocates before the others can be found.
extern void* __libc_malloc(size_t);
extern void* __libc_calloc(size_t, size_t);
extern void* __libc_realloc(void*, size_t);
extern void* __libc_memalign(size_t, size_t);

void* malloc(size_t size) {
  return fails(MEMORY) ? NULL : __libc_malloc(size);
}
void* calloc(size_t count, size_t size) {
  return fails(MEMORY) ? NULL : __libc_calloc(count, size);
}
void* realloc(void* memory, size_t size) {
  return fails(MEMORY) ? NULL : __libc_realloc(memory, size);
}
void* memalign(size_t alignment, size_t size) {
  return fails(MEMORY) ? NULL : __libc_memalign(alignment, size);
}
void* aligned_alloc(size_t alignment, size_t size) {
  return memalign(alignment, size);
}
int posix_memalign(void** memory, size_t alignment, size_t size) {
  void* found = memalign(alignment, size);
  if (found == NULL) return ENOMEM;
  *memory = found;
  return 0;
}
