// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/plot/gnuplot/child_process.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <utility>

#include "velocal/core/error.hpp"
#include "velocal/core/system_failure.hpp"
#include "velocal/core/wait.hpp"

extern char** environ;

namespace velocal {
namespace {

[[noreturn]] void fail(const std::string& what, int reason, std::string_view suggestion = {}) {
  throw_if_exhausted(what, reason);
  throw OutputError(what, system_reason(reason), suggestion);
}

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() { close(); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  int get() const { return number_; }
  void close() {
    if (const int number = std::exchange(number_, -1); number >= 0) ::close(number);
  }

 private:
  int number_;
};

/// A file in memory: unlike a pipe it takes all that is written before anybody reads, so that neither side waits for
/// the other.
class MemoryFile {
 public:
  MemoryFile() : file_(memfd_create("velocal", MFD_CLOEXEC)) {
    if (file_.get() < 0) fail("cannot make a file in memory", errno);
  }
  int get() const { return file_.get(); }

  std::string contents() const {
    std::string text;
    std::array<char, 65536> buffer{};
    for (;;) {
      const ssize_t count = pread(file_.get(), buffer.data(), buffer.size(), static_cast<off_t>(text.size()));
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) fail("cannot read a file in memory", errno);
      if (count == 0) return text;
      text.append(buffer.data(), static_cast<std::size_t>(count));
    }
  }

 private:
  Descriptor file_;
};

/// How long a wait lasts before the waiting hook is called [ms].
constexpr int wait_ms = 50;

/// Through a socket, not a pipe: sending can do without SIGPIPE when the reader has gone.
void send_all(int socket, std::string_view input) {
  while (!input.empty()) {
    const ssize_t sent = send(socket, input.data(), input.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent >= 0) {
      input.remove_prefix(static_cast<std::size_t>(sent));
    } else if (errno == EAGAIN) {
      pollfd room{socket, POLLOUT, 0};
      poll(&room, 1, wait_ms);
      call_waiting_hook();
    } else if (errno != EINTR) {
      return;  // why it reads no more is told by its status
    }
  }
}

/// The environment without gnuplot's own choice of a terminal, which it cannot start with where that is not installed.
std::vector<char*> environment_of_child() {
  std::vector<char*> variables;
  for (char** variable = environ; *variable != nullptr; ++variable) {
    if (!std::string_view(*variable).starts_with("GNUTERM=")) variables.push_back(*variable);
  }
  variables.push_back(nullptr);
  return variables;
}

/// What the new process needs, made ready before it is there: it must not allocate.
struct ChildPlan {
  std::vector<std::string> words;
  std::vector<char*> arguments = {};
  std::vector<char*> environment = environment_of_child();
  std::array<int, 3> streams{};  ///< its standard input, output and error
  pid_t parent = getpid();
  int failure = -1;  ///< where it writes the errno when it cannot start

  ChildPlan(const std::vector<std::string>& command, const std::array<int, 3>& standard_streams, int report)
      : words(command), streams(standard_streams), failure(report) {
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
  }
};

/// In the new process.
[[noreturn]] void become(const ChildPlan& plan) {
  // a group of its own: Ctrl-C is for us, and we decide about the picture that is being drawn
  setpgid(0, 0);
  // and it does not outlive us, however we end
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() == plan.parent) {
    for (int stream = 0; stream < 3; ++stream) dup2(plan.streams[static_cast<std::size_t>(stream)], stream);
    execvpe(plan.arguments.front(), plan.arguments.data(), plan.environment.data());
  }
  const int reason = errno;
  if (write(plan.failure, &reason, sizeof reason) < 0) _exit(126);
  _exit(127);
}

/// A running process; killed with all that it has started unless it was waited for.
class Child {
 public:
  Child(const ChildPlan& plan, Descriptor& failure_end, int failure, std::string_view suggestion) : process_(fork()) {
    if (process_ == 0) become(plan);
    if (process_ < 0) fail(fmt::format("cannot run {}", plan.words.front()), errno);
    failure_end.close();
    int reason = 0;
    ssize_t told = -1;
    do {
      told = read(failure, &reason, sizeof reason);  // it ends when the other program begins
    } while (told < 0 && errno == EINTR);
    if (told == sizeof reason) fail_to_start(plan, reason, suggestion);
  }
  ~Child() { end(); }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  /// Its status; `socket` is the other end of its standard input, and tells when it closes that.
  int wait(int socket) {
    int status = 0;
    for (bool open = true; waitpid(process_, &status, WNOHANG) == 0;) {
      pollfd input{socket, POLLIN, 0};
      if (open && poll(&input, 1, wait_ms) > 0) {
        open = false;
      } else if (!open) {
        wait_a_moment();
      }
      call_waiting_hook();
    }
    process_ = -1;
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
  }

 private:
  [[noreturn]] void fail_to_start(const ChildPlan& plan, int reason, std::string_view suggestion) {
    end();
    fail(fmt::format("cannot run {}", plan.words.front()), reason, suggestion);
  }

  void end() {
    if (process_ <= 0) return;
    kill(-process_, SIGKILL);
    kill(process_, SIGKILL);  // it may not have its group yet
    while (waitpid(process_, nullptr, 0) < 0 && errno == EINTR) continue;
    process_ = -1;
  }

  pid_t process_;
};

}  // namespace

ChildOutcome run_child(const std::vector<std::string>& command, std::string_view input, std::string_view suggestion) {
  std::array<int, 2> ends{}, failure_ends{};
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) fail("cannot make a socket", errno);
  Descriptor ours(ends[0]), theirs(ends[1]);
  if (pipe2(failure_ends.data(), O_CLOEXEC) != 0) fail("cannot make a pipe", errno);
  Descriptor failure(failure_ends[0]), failure_of_child(failure_ends[1]);
  const MemoryFile output, messages;
  const ChildPlan plan(command, {theirs.get(), output.get(), messages.get()}, failure_of_child.get());
  Child child(plan, failure_of_child, failure.get(), suggestion);
  theirs.close();
  send_all(ours.get(), input);
  shutdown(ours.get(), SHUT_WR);
  const int status = child.wait(ours.get());
  return {status, output.contents(), messages.contents()};
}

}  // namespace velocal
