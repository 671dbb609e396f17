// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/store/hdf5/rehearsal.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <new>
#include <optional>

#include "velocal/core/error.hpp"
#include "velocal/core/system_failure.hpp"
#include "velocal/core/unfinished_files.hpp"
#include "velocal/core/wait.hpp"
#include "velocal/store/hdf5/hdf5_image.hpp"

namespace velocal {
namespace {

constexpr rlim_t longest_s = 60;          ///< of computing; a whole scan takes less than one
constexpr unsigned longest_wait_s = 300;  ///< whatever the load
/// A file of a few kilobytes can ask for terabytes. The largest arrays that are read have 4 GiB (hdf5_limits.cpp).
constexpr rlim_t most_memory = rlim_t{8} << 30;
constexpr int wait_ms = 50;
#ifdef FUZZING_BUILD_MODE_UNSAFE_FOR_PRODUCTION
constexpr bool rehearses = false;
#else
constexpr bool rehearses = true;
#endif
/// Exit statuses of the copy; the former is also that of programs that end for it.
constexpr int lack_of_memory = static_cast<int>(ErrorKind::resource), work_threw = 3;

[[noreturn]] void fail(int reason) {
  throw Error(ErrorKind::resource,
              error_message("cannot start a process that reads a file first", system_reason(reason),
                            "Close other programs, or raise the limits (ulimit -u, ulimit -n)"));
}

/// Never raises a limit that the user has set.
void limit(int resource, rlim_t most) {
  rlimit now{};
  if (getrlimit(static_cast<__rlimit_resource>(resource), &now) != 0) return;
  now.rlim_cur = std::min(now.rlim_cur, most);
  setrlimit(static_cast<__rlimit_resource>(resource), &now);
}

/// The copy may use so much beyond what the original uses. The sanitizers reserve terabytes.
void limit_memory() {
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  unsigned long pages = 0;
  std::FILE* const file = std::fopen("/proc/self/statm", "re");
  if (file == nullptr) return;
  const bool known = std::fscanf(file, "%lu", &pages) == 1;
  std::fclose(file);
  if (known) limit(RLIMIT_AS, rlim_t{pages} * static_cast<rlim_t>(sysconf(_SC_PAGESIZE)) + most_memory);
#endif
}

/// The copy has only the thread that made it. Where another one held a lock then, the copy waits for it for ever.
void limit_wait() {
  sigset_t alarms;
  sigemptyset(&alarms);
  sigaddset(&alarms, SIGALRM);
  signal(SIGALRM, SIG_DFL);
  sigprocmask(SIG_UNBLOCK, &alarms, nullptr);
  alarm(longest_wait_s);
}

/// In the copy. It says nothing: what it finds, the original finds, too. Only memory is limited for the copy alone.
[[noreturn]] void act(const std::function<void()>& work, pid_t original) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != original) _exit(1);
  forget_unfinished_files();
  signal(SIGXCPU, SIG_DFL);
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_CPU, longest_s);
  limit_memory();
  limit_wait();
  const int silence = open("/dev/null", O_WRONLY);
  dup2(silence, STDOUT_FILENO);
  dup2(silence, STDERR_FILENO);
  try {
    work();
  } catch (const std::bad_alloc&) {
    _exit(lack_of_memory);
  } catch (...) {
    _exit(work_threw);
  }
  _exit(0);
}

/// The status is waitpid()'s.
bool has_ended_with(int exit_status, int status) {
  return WIFEXITED(status) && WEXITSTATUS(status) == exit_status;
}

bool has_ended_by(int signal, int status) {
  return WIFSIGNALED(status) && WTERMSIG(status) == signal;
}

/// By itself: not for want of memory or time, and not killed.
bool has_crashed(int status) {
  if (WIFEXITED(status))
    return WEXITSTATUS(status) != 0 && WEXITSTATUS(status) != lack_of_memory && WEXITSTATUS(status) != work_threw;
  return !has_ended_by(SIGKILL, status) && !has_ended_by(SIGXCPU, status) && !has_ended_by(SIGALRM, status);
}

/// HDF5 crashes, too, where it gets no memory.
bool is_memory_left() {
  constexpr std::size_t some = std::size_t{1} << 24;
  void* const memory = std::malloc(some);
  std::free(memory);
  return memory != nullptr;
}

/// Throws what a copy that ended with this status tells, where the work did not come to an end.
void judge(int status) {
  if (has_ended_with(0, status) || has_ended_with(work_threw, status)) return;
  if (has_crashed(status) && is_memory_left()) throw Hdf5Problem("/", "HDF5 crashes when it reads it");
  if (has_ended_by(SIGXCPU, status)) throw Hdf5Problem("/", "HDF5 computes for a minute when it reads it");
  if (has_ended_by(SIGALRM, status)) {
    throw Error(ErrorKind::resource,
                error_message("cannot read a results file",
                              "the process that reads it first stood still for minutes, perhaps for a lock of a thread",
                              "Read results before other threads begin their work"));
  }
  const bool killed = has_ended_by(SIGKILL, status);
  throw Error(ErrorKind::resource,
              error_message("cannot read a results file",
                            killed ? "the process that reads it first was killed, perhaps for want of memory"
                                   : "it takes more memory than there is, or than 8 GiB",
                            "Use fewer threads (--threads), or close other programs"));
}

/// Ends it, if it has not come to its end.
class Copy {
 public:
  explicit Copy(const std::function<void()>& work) {
    if (pipe2(ends_.data(), O_CLOEXEC) != 0) fail(errno);
    const pid_t original = getpid();
    process_ = fork();
    if (process_ == 0) act(work, original);
    const int reason = errno;
    close(ends_[1]);
    if (process_ > 0) return;
    close(ends_[0]);
    fail(reason);
  }
  ~Copy() {
    close(ends_[0]);
    if (process_ <= 0) return;
    kill(process_, SIGKILL);
    waitpid(process_, nullptr, 0);
  }
  Copy(const Copy&) = delete;
  Copy& operator=(const Copy&) = delete;

  /// Waits for its end. The status is waitpid()'s; where the process lets the system bury its children nobody knows it.
  std::optional<int> ending() {
    int status = 0;
    pid_t ended = 0;
    while (true) {
      pollfd end{ends_[0], 0, 0};
      const bool is_closed = poll(&end, 1, wait_ms) > 0;  // by the end of the copy, which can be waited for then
      ended = waitpid(process_, &status, is_closed ? 0 : WNOHANG);
      if (ended == process_ || (ended < 0 && errno == ECHILD)) break;
      call_waiting_hook();
    }
    process_ = -1;
    return ended < 0 ? std::nullopt : std::optional(status);
  }

 private:
  std::array<int, 2> ends_{};
  pid_t process_ = -1;
};

}  // namespace

bool rehearse(const std::function<void()>& work) {
  if (!rehearses) return false;
  std::optional<int> status = Copy(work).ending();
  // Perhaps memory failed for a moment, or a lock was held: what is damaged stays so.
  if (status && (has_crashed(*status) || has_ended_by(SIGALRM, *status))) status = Copy(work).ending();
  if (!status) return false;
  judge(*status);
  return has_ended_with(0, *status);
}

}  // namespace velocal
