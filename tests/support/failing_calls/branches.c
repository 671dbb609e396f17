// SPDX-License-Identifier: GPL-3.0-or-later
// Lets calls fail in copies of the program, so that what comes before them is done once for all:
//   VELOCAL_BRANCHES  "<file with sorted numbers of calls, one a line> <file for what became of the copies>"
// At each of these calls the program makes a copy of itself, in which the call fails, and waits for its end. Of calls
// that other threads or processes will make, the copy is made before those begin. All ends where the program, or a
// copy, is about to change a file: that is all they share. Who asked tries the other numbers with a program for each.
// Of a copy is told "branch <number> <status> <1: it hung> <1: it left a process> <1: it changed a file> <bytes of
// output> <of errors> <of its report>", and these three, which begin with what the program had said before.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "calls.h"

enum { TEXTS = 3, LONGEST_MS = 60000 };

static const long* numbers;  // those that are left, with LONG_MAX behind them; NULL: no copies are to be made
static int told;
static long* found;  // in a probe: where it tells what it finds
static int others_have_begun;
static __thread int is_main;

void read_branches(void) {
  const char* files = getenv("VELOCAL_BRANCHES");
  static char input[4096], output[4096];
  if (files == NULL || sscanf(files, "%4095s %4095s", input, output) != 2) return;
  const int opened = (int)syscall(SYS_openat, AT_FDCWD, input, O_RDONLY | O_CLOEXEC);
  const size_t size = (size_t)lseek(opened, 0, SEEK_END);
  const char* text = mmap(NULL, size + 1, PROT_READ, MAP_PRIVATE, opened, 0);
  long* list = mmap(NULL, (size / 2 + 1) * sizeof *list, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (opened < 0 || text == MAP_FAILED || list == MAP_FAILED) abort();
  syscall(SYS_close, opened);
  long* end = list;
  for (const char* at = text; at < text + size; at = strchr(at, '\n') + 1) *end++ = strtol(at, NULL, 10);
  *end = LONG_MAX;
  told = (int)syscall(SYS_openat, AT_FDCWD, output, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  told = fcntl(told, F_DUPFD_CLOEXEC, 600);
  is_main = 1;
  numbers = list;
}

// Neither other threads of the program, nor processes that it has made.
static int is_alone(void) {
  struct stat tasks;
  siginfo_t child;
  const int before = errno;
  const int alone = syscall(SYS_getpid) == program &&
                    syscall(SYS_newfstatat, AT_FDCWD, "/proc/self/task", &tasks, 0) == 0 && tasks.st_nlink == 3 &&
                    waitid(P_ALL, 0, &child, WEXITED | WNOHANG | WNOWAIT) < 0 && errno == ECHILD;
  errno = before;
  return alone;
}

static atomic_long* copied_counters(void) {
  atomic_long* copied =
      mmap(NULL, COUNTERS * sizeof *copied, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (copied == MAP_FAILED) abort();
  memcpy(copied, counters, COUNTERS * sizeof *copied);
  return copied;
}

// Returns 0 in the copy, which makes none of its own.
static pid_t copy_program(atomic_long* copied) {
  static pid_t (*real_fork)(void);
  if (real_fork == NULL) real_fork = (pid_t(*)(void))next("fork");
  inside = 1;
  const pid_t copy = real_fork();
  if (copy < 0) abort();
  if (copy > 0) return copy;
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  setpgid(0, 0);
  program = (pid_t)syscall(SYS_getpid);
  counters = copied;
  numbers = NULL;
  return 0;
}

// Waits for its end, and returns its status. Sets whether it had to be killed.
static int status_of(pid_t copy, int* hung) {
  struct pollfd end = {(int)syscall(SYS_pidfd_open, copy, 0), POLLIN, 0};
  int status = 0;
  *hung = poll(&end, 1, LONGEST_MS) == 0;
  if (*hung) kill(-copy, SIGKILL);
  syscall(SYS_wait4, copy, &status, 0, NULL);
  syscall(SYS_close, end.fd);
  return status;
}

// Those that it made get a second to end with it.
static int leaves_process(pid_t copy) {
  for (int tries = 0; tries < 100; ++tries) {
    if (kill(-copy, 0) < 0) return 0;
    usleep(10000);
  }
  kill(-copy, SIGKILL);
  return 1;
}

static void append(int from, int to) {
  off_t begin = 0;
  const size_t size = (size_t)lseek(from, 0, SEEK_END);
  if (size > 0 && sendfile(to, from, &begin, size) != (ssize_t)size) abort();
}

static void tell(long number, pid_t copy, const int* texts, const atomic_long* copied) {
  int hung = 0;
  const int status = status_of(copy, &hung), left = leaves_process(copy), changed = copied[CHANGES] > 0;
  char head[200];
  snprintf(head, sizeof head, "branch %ld %d %d %d %d %ld %ld %ld\n", number, status, hung, left, changed,
           (long)lseek(texts[0], 0, SEEK_END), (long)lseek(texts[1], 0, SEEK_END), (long)lseek(texts[2], 0, SEEK_END));
  if (syscall(SYS_write, told, head, strlen(head)) < 0) abort();
  for (int i = 0; i < TEXTS; ++i) append(texts[i], told);
  if (changed) _exit(0);
}

// What it has said so far the copy has said, too.
static void take_texts(const int* texts) {
  for (int i = 0; i < 2; ++i) {
    append(i + 1, texts[i]);
    dup2(texts[i], i + 1);
  }
  dup3(texts[2], report, O_CLOEXEC);
  for (int i = 0; i < TEXTS; ++i) syscall(SYS_close, texts[i]);
}

// Whether we are now the copy, in which the call of this number fails.
static int branch(long number) {
  const int before = errno;
  atomic_long* copied = copied_counters();
  int texts[TEXTS];
  for (int i = 0; i < TEXTS; ++i) texts[i] = (int)syscall(SYS_memfd_create, "text", MFD_CLOEXEC);
  const pid_t copy = copy_program(copied);
  if (copy == 0) {
    take_texts(texts);
    first_failure = number;
  } else {
    tell(number, copy, texts, copied);
    for (int i = 0; i < TEXTS; ++i) syscall(SYS_close, texts[i]);
    munmap(copied, COUNTERS * sizeof *copied);
  }
  inside = 0;
  errno = before;
  return copy == 0;
}

void branch_at(enum Kind kind, long number) {
  if (numbers == NULL || !is_main || kind != failing_kind) return;
  while (*numbers < number) ++numbers;
  if (*numbers != number || !is_alone()) return;
  ++numbers;
  branch(number);
}

// The number of the last call before the program is alone again, which a copy finds out; -1: that changes a file, or
// ends before. Returns 0 in that copy.
static long end_of_others(void) {
  const int before = errno;
  int hung = 0;
  long* shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (shared == MAP_FAILED) abort();
  *shared = -1;
  atomic_long* copied = copied_counters();
  const pid_t copy = copy_program(copied);
  if (copy == 0) {
    found = shared;
    others_have_begun = 0;
    report = -1;
    inside = 0;
    errno = before;
    return 0;
  }
  status_of(copy, &hung);
  const long end = *shared;
  munmap(shared, sizeof *shared);
  munmap(copied, COUNTERS * sizeof *copied);
  inside = 0;
  errno = before;
  return end;
}

void end_probe(void) {
  if (found == NULL || !others_have_begun || !is_main || !is_alone()) return;
  *found = counters[failing_kind];
  _exit(0);
}

void before_others(void) {
  if (numbers == NULL || !is_main || *numbers == LONG_MAX || inside || !is_alone()) return;
  const long end = end_of_others();
  if (found != NULL) return;
  if (end < 0) _exit(0);
  while (*numbers <= counters[failing_kind]) ++numbers;
  while (*numbers <= end) {
    const long number = *numbers++;
    if (branch(number)) return;
  }
}

void others_begin(void) {
  others_have_begun = 1;
}

void before_change(void) {
  if (counters == NULL || inside) return;
  if (numbers == NULL && found == NULL) {
    ++counters[CHANGES];
  } else if (syscall(SYS_getpid) == program) {
    _exit(0);
  }
}
