// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/store/hdf5/rehearsal.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "velocal/core/error.hpp"
#include "velocal/core/system_failure.hpp"
#include "velocal/core/wait.hpp"
#include "velocal/store/hdf5/hdf5_image.hpp"

namespace velocal {
namespace {

constexpr rlim_t longest_s = 60;  ///< of computing; a whole scan takes less than one
constexpr int wait_ms = 50;

[[noreturn]] void fail(int reason) {
  throw Error(ErrorKind::resource,
              error_message("cannot start a process that reads a file first", system_reason(reason),
                            "Close other programs, or raise the limits (ulimit -u, ulimit -n)"));
}

/// In the copy. It says nothing: what it finds, the original finds, too.
[[noreturn]] void act(const std::function<void()>& work, pid_t original) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != original) _exit(1);
  const rlimit no_core{0, 0}, time{longest_s, longest_s};
  setrlimit(RLIMIT_CORE, &no_core);
  setrlimit(RLIMIT_CPU, &time);
  const int silence = open("/dev/null", O_WRONLY);
  dup2(silence, STDOUT_FILENO);
  dup2(silence, STDERR_FILENO);
  try {
    work();
  } catch (...) {
  }
  _exit(0);
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

  /// Whether it comes to its end. Where the process lets the system bury its children, nobody knows.
  bool ends_well() {
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
    return ended < 0 || (WIFEXITED(status) && WEXITSTATUS(status) == 0);
  }

 private:
  std::array<int, 2> ends_{};
  pid_t process_ = -1;
};

}  // namespace

#ifdef FUZZING_BUILD_MODE_UNSAFE_FOR_PRODUCTION
void rehearse(const std::function<void()>&) {}
#else
void rehearse(const std::function<void()>& work) {
  if (!Copy(work).ends_well()) throw Hdf5Problem("/", "HDF5 crashes when it reads it");
}
#endif

}  // namespace velocal
