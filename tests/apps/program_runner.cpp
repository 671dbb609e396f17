// SPDX-License-Identifier: GPL-3.0-or-later
#include "program_runner.hpp"

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <stdexcept>
#include <thread>

#include "support/files.hpp"

extern char** environ;  // NOLINT: POSIX

namespace velocal::test {
namespace {

class FileActions {
 public:
  FileActions() { posix_spawn_file_actions_init(&actions_); }
  ~FileActions() { posix_spawn_file_actions_destroy(&actions_); }
  FileActions(const FileActions&) = delete;
  FileActions& operator=(const FileActions&) = delete;

  void open(int descriptor, const std::filesystem::path& file, int flags) {
    posix_spawn_file_actions_addopen(&actions_, descriptor, file.c_str(), flags, 0666);
  }
  void duplicate(int from, int to) { posix_spawn_file_actions_adddup2(&actions_, from, to); }
  void close(int descriptor) { posix_spawn_file_actions_addclose(&actions_, descriptor); }
  void change_folder(const std::filesystem::path& folder) {
    if (!folder.empty()) posix_spawn_file_actions_addchdir_np(&actions_, folder.c_str());
  }
  const posix_spawn_file_actions_t* get() const { return &actions_; }

 private:
  posix_spawn_file_actions_t actions_;
};

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> list;
  for (std::string& text : texts) list.push_back(text.data());
  list.push_back(nullptr);
  return list;
}

std::vector<std::string> environment_with(const std::map<std::string, std::string>& added) {
  std::vector<std::string> environment;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string text = *entry;
    if (!added.contains(text.substr(0, text.find('=')))) environment.push_back(text);
  }
  for (const auto& [name, value] : added) environment.push_back(name + "=" + value);
  return environment;
}

void redirect_output(FileActions& actions, const std::string& target, const std::filesystem::path& captured) {
  if (target == "-") {
    actions.close(1);
  } else {
    actions.open(1, target.empty() ? captured : std::filesystem::path(target), O_WRONLY | O_CREAT | O_TRUNC);
  }
}

}  // namespace

Surroundings with_failing_calls(const std::string& fault) {
  return {.environment = {
              {"LD_PRELOAD", VELOCAL_FAILING_CALLS}, {"VELOCAL_FAULT", fault}, {"VELOCAL_FAULT_REPORT", "/dev/null"}}};
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

bool happens(const std::function<bool()>& condition) {
  for (int i = 0; i < 1000 && !condition(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
  return condition();
}

RunningProgram::RunningProgram(const std::string& program, const std::vector<std::string>& arguments,
                               const Surroundings& surroundings) {
  FileActions actions;
  int slave = -1;
  redirect_output(actions, surroundings.standard_output, captured_.path() / "out");
  if (surroundings.terminal_input.empty()) {
    actions.open(0, "/dev/null", O_RDONLY);
    actions.open(2, captured_.path() / "err", O_WRONLY | O_CREAT | O_TRUNC);
  } else {
    if (openpty(&terminal_, &slave, nullptr, nullptr, nullptr) != 0) throw std::runtime_error("no pseudo terminal");
    const std::string& typed = surroundings.terminal_input;
    if (write(terminal_, typed.data(), typed.size()) < 0) throw std::runtime_error("cannot type");
    actions.duplicate(slave, 0);
    actions.duplicate(slave, 2);
    actions.close(slave);
    actions.close(terminal_);
  }
  actions.change_folder(surroundings.folder);
  std::vector<std::string> words{program};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<std::string> environment = environment_with(surroundings.environment);
  const std::string path = std::string(VELOCAL_PROGRAMS) + "/" + program;
  const int failed =
      posix_spawn(&pid_, path.c_str(), actions.get(), nullptr, pointers(words).data(), pointers(environment).data());
  if (slave >= 0) close(slave);
  if (failed != 0) throw std::runtime_error("cannot start " + path);
}

RunningProgram::~RunningProgram() {
  if (pid_ > 0 && !has_ended()) {
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
  }
  if (terminal_ >= 0) close(terminal_);
}

bool RunningProgram::has_ended() {
  if (pid_ < 0) return true;
  int status = 0;
  if (waitpid(pid_, &status, WNOHANG) == 0) return false;
  status_ = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
  pid_ = -1;
  return true;
}

bool RunningProgram::says(const std::string& text) {
  const auto file = captured_.path() / "err";
  for (int tries = 0; tries < 6000; ++tries) {
    const bool ended = has_ended();
    read_terminal();
    if (terminal_ < 0 && std::filesystem::exists(file) && contains(read_text(file), text)) return true;
    if (contains(terminal_text_, text)) return true;
    if (ended) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return false;
}

/// A terminal's text is lost with its last user, so it is read while the program runs, and once more after that.
void RunningProgram::read_terminal() {
  std::array<char, 4096> buffer{};
  pollfd input{terminal_, POLLIN, 0};
  while (terminal_ >= 0 && poll(&input, 1, 0) > 0) {
    const ssize_t count = read(terminal_, buffer.data(), buffer.size());
    if (count <= 0) break;
    terminal_text_.append(buffer.data(), static_cast<std::size_t>(count));
  }
}

void RunningProgram::send(int signal) const {
  if (pid_ > 0) kill(pid_, signal);
}

Outcome RunningProgram::wait() {
  bool ended = false;
  while (!ended) {
    ended = has_ended();
    read_terminal();
    if (!ended) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  Outcome outcome{.status = status_, .out = {}, .err = terminal_text_};
  const auto captured = [&](const char* name) {
    const auto file = captured_.path() / name;
    return std::filesystem::exists(file) ? read_text(file) : std::string();
  };
  outcome.out = captured("out");
  if (terminal_ < 0) outcome.err = captured("err");
  return outcome;
}

bool can_open_terminal() {
  int ours = -1, theirs = -1;
  if (openpty(&ours, &theirs, nullptr, nullptr, nullptr) != 0) return false;
  close(ours);
  close(theirs);
  return true;
}

Outcome run(const std::string& program, const std::vector<std::string>& arguments, const Surroundings& surroundings) {
  return RunningProgram(program, arguments, surroundings).wait();
}

}  // namespace velocal::test
