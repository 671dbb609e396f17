// SPDX-License-Identifier: GPL-3.0-or-later
#include "child.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace velocal::test {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

/// A file in memory that catches what is written to it.
class Capture {
 public:
  Capture() : descriptor_(memfd_create("captured", MFD_CLOEXEC)) {
    if (descriptor_ < 0) throw std::runtime_error("memfd_create failed");
  }
  ~Capture() { close(descriptor_); }
  Capture(const Capture&) = delete;
  Capture& operator=(const Capture&) = delete;

  int get() const { return descriptor_; }
  std::string text() const {
    std::string bytes(static_cast<std::size_t>(lseek(descriptor_, 0, SEEK_END)), '\0');
    const ssize_t count = pread(descriptor_, bytes.data(), bytes.size(), 0);
    bytes.resize(static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
    return bytes;
  }

 private:
  int descriptor_;
};

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> list;
  for (std::string& text : texts) list.push_back(text.data());
  list.push_back(nullptr);
  return list;
}

std::vector<std::string> environment_of(const Command& command) {
  std::vector<std::string> all;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string text = *entry;
    if (!command.environment.contains(text.substr(0, text.find('=')))) all.push_back(text);
  }
  for (const auto& [name, value] : command.environment) all.push_back(name + "=" + value);
  return all;
}

/// Between vfork and exec, in the memory of the parent: calls of the system only.
[[noreturn]] void become(const Command& command, char** arguments, char** environment, int out, int err) {
  const int input = open("/dev/null", O_RDONLY);
  const int output = command.output.empty() ? out : open(command.output.c_str(), O_WRONLY);
  signal(SIGINT, SIG_DFL);  // what a shell starts in the background ignores it
  bool good = setsid() >= 0 && input >= 0 && dup2(input, 0) == 0 && dup2(output, 1) == 1 && dup2(err, 2) == 2 &&
              chdir(command.folder.c_str()) == 0;
  for (const auto& [what, limit] : command.limits) {
    const rlimit value{limit, limit};
    good = good && setrlimit(static_cast<__rlimit_resource>(what), &value) == 0;
  }
  if (command.user != 0) good = good && setgid(command.user) == 0 && setuid(command.user) == 0;
  if (good) execve(command.program.c_str(), arguments, environment);
  _exit(127);
}

/// Whether it ends within the time.
bool ends_within(int process, double seconds) {
  pollfd wait{process, POLLIN, 0};
  return poll(&wait, 1, static_cast<int>(std::ceil(std::max(seconds, 0.0) * 1e3))) > 0;
}

void wait_or_kill(const Command& command, pid_t child, Clock::time_point begin, Ended& ended) {
  const int process = static_cast<int>(syscall(SYS_pidfd_open, child, 0));
  if (command.signal != 0) {
    const double rest = command.signal_after_s - seconds_since(begin);
    if (rest > 0) usleep(static_cast<useconds_t>(rest * 1e6));
    ended.was_alive = !ends_within(process, 0.0);
    kill(child, command.signal);
  }
  ended.timed_out = !ends_within(process, command.timeout_s);
  if (ended.timed_out) kill(child, SIGKILL);
  close(process);
}

/// The processes of the session that live. The dead stay there until init buries them, which may take its time.
std::vector<pid_t> living_in(pid_t session) {
  std::vector<pid_t> living;
  for (const auto& process : std::filesystem::directory_iterator("/proc")) {
    std::ifstream stream(process.path() / "stat");  // proc(5): "number (name) state parent group session"
    std::string line;
    if (!std::getline(stream, line) || line.rfind(')') == std::string::npos) continue;
    std::istringstream fields(line.substr(line.rfind(')') + 1));
    char state = 0;
    pid_t parent = 0, group = 0, own_session = 0;
    if (!(fields >> state >> parent >> group >> own_session) || own_session != session) continue;
    if (state != 'Z' && state != 'X') living.push_back(std::stoi(line));
  }
  return living;
}

/// Those that it started get a moment, and are then killed. They may have groups of their own, as gnuplot has.
bool children_left(pid_t session) {
  for (int tries = 0; tries < 100; ++tries) {
    if (living_in(session).empty()) return false;
    usleep(10000);
  }
  for (const pid_t process : living_in(session)) kill(process, SIGKILL);
  return true;
}

}  // namespace

std::string Command::text() const {
  std::string text = fmt::format("cd {} &&", folder.string());
  for (const auto& [name, value] : environment) text += fmt::format(" {}=\"{}\"", name, value);
  return fmt::format("{} {} {}", text, program.string(), fmt::join(arguments, " "));
}

Ended run(const Command& command) {
  const Capture out, err;
  std::vector<std::string> words{command.program.string()};
  words.insert(words.end(), command.arguments.begin(), command.arguments.end());
  std::vector<std::string> environment = environment_of(command);
  auto word_list = pointers(words), environment_list = pointers(environment);
  const auto begin = Clock::now();
  const pid_t child = vfork();  // a copy of this process, which holds the files of all cases, would take its time
  if (child < 0) throw std::runtime_error("vfork failed");
  if (child == 0) become(command, word_list.data(), environment_list.data(), out.get(), err.get());
  Ended ended;
  wait_or_kill(command, child, begin, ended);
  int status = 0;
  waitpid(child, &status, 0);
  ended.seconds = seconds_since(begin);
  ended.ended_by = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
  ended.status = ended.ended_by != 0 ? 128 + ended.ended_by : WEXITSTATUS(status);
  ended.left_child = children_left(child);
  ended.out = out.text();
  ended.err = err.text();
  return ended;
}

Ended run_well(const Command& command) {
  Ended ended = run(command);
  if (ended.status == 0) return ended;
  throw std::runtime_error(fmt::format("{} ends with {}: {}", command.text(), ended.status, ended.err));
}

}  // namespace velocal::test
