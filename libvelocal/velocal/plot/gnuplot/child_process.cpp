// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/plot/gnuplot/child_process.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>
#include <utility>

#include "velocal/core/error.hpp"

extern char** environ;

namespace velocal {
namespace {

[[noreturn]] void fail(const std::string& what, int reason, std::string_view suggestion = {}) {
  throw OutputError(what, std::generic_category().message(reason), suggestion);
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

/// The child's standard streams and its process group.
class SpawnSettings {
 public:
  SpawnSettings(int input, int output, int messages) {
    posix_spawn_file_actions_init(&actions_);
    posix_spawn_file_actions_adddup2(&actions_, input, 0);
    posix_spawn_file_actions_adddup2(&actions_, output, 1);
    posix_spawn_file_actions_adddup2(&actions_, messages, 2);
    posix_spawnattr_init(&attributes_);
    // a group of its own: Ctrl-C is for us, and we wait for the picture that is being drawn
    posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETPGROUP);
    posix_spawnattr_setpgroup(&attributes_, 0);
  }
  ~SpawnSettings() {
    posix_spawn_file_actions_destroy(&actions_);
    posix_spawnattr_destroy(&attributes_);
  }
  SpawnSettings(const SpawnSettings&) = delete;
  SpawnSettings& operator=(const SpawnSettings&) = delete;

  const posix_spawn_file_actions_t* actions() const { return &actions_; }
  const posix_spawnattr_t* attributes() const { return &attributes_; }

 private:
  posix_spawn_file_actions_t actions_;
  posix_spawnattr_t attributes_;
};

/// Through a socket, not a pipe: sending can do without SIGPIPE when the reader has gone.
void send_all(int socket, std::string_view input) {
  while (!input.empty()) {
    const ssize_t sent = send(socket, input.data(), input.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent < 0) return;  // why it reads no more is told by its status
    input.remove_prefix(static_cast<std::size_t>(sent));
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

int wait_for(pid_t process) {
  int status = 0;
  while (waitpid(process, &status, 0) < 0) {
    if (errno != EINTR) fail("cannot wait for another program", errno);
  }
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

}  // namespace

ChildOutcome run_child(const std::vector<std::string>& command, std::string_view input, std::string_view suggestion) {
  std::array<int, 2> ends{};
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) fail("cannot make a socket", errno);
  Descriptor ours(ends[0]), theirs(ends[1]);
  const MemoryFile output, messages;
  const SpawnSettings settings(theirs.get(), output.get(), messages.get());
  std::vector<std::string> words = command;
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  std::vector<char*> environment = environment_of_child();
  pid_t process = -1;
  const int failed = posix_spawnp(&process, words.front().c_str(), settings.actions(), settings.attributes(),
                                  arguments.data(), environment.data());
  if (failed != 0) fail(fmt::format("cannot run {}", words.front()), failed, suggestion);
  theirs.close();
  send_all(ours.get(), input);
  ours.close();
  const int status = wait_for(process);
  return {status, output.contents(), messages.contents()};
}

}  // namespace velocal
