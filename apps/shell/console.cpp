// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/console.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <boost/algorithm/string/case_conv.hpp>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <iostream>

#include "shell/run_log.hpp"
#include "shell/signals.hpp"
#include "velocal/core/error.hpp"
#include "velocal/core/shortened.hpp"

namespace velocal {
namespace {

/// Waits for the line in poll(), which a signal ends; a read would go on. A signal may come just before it, too.
bool read_line(std::string& line) {
  constexpr int wait_ms = 200;
  pollfd input{0, POLLIN, 0};
  for (int ready = 0; ready == 0 || (ready < 0 && errno == EINTR);) {
    throw_if_interrupted();
    ready = poll(&input, 1, wait_ms);
  }
  return static_cast<bool>(std::getline(std::cin, line));
}

}  // namespace

void secure_standard_streams() {
  // open() takes the lowest free descriptor; read-only, so that writing to a closed output still fails
  int descriptor = open("/dev/null", O_RDONLY);
  while (descriptor >= 0 && descriptor <= 2) descriptor = open("/dev/null", O_RDONLY);
  if (descriptor > 2) close(descriptor);
}

bool is_terminal(int file_descriptor) {
  const char* kind = std::getenv("TERM");
  return isatty(file_descriptor) == 1 && (kind == nullptr || std::strcmp(kind, "dumb") != 0);
}

bool wants_colour() {
  const char* refused = std::getenv("NO_COLOR");
  return is_terminal(2) && (refused == nullptr || *refused == '\0');
}

int terminal_width() {
  winsize size{};
  if (ioctl(2, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return 80;
  return size.ws_col;
}

void print(std::string_view text) {
  errno = 0;
  const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
  if (!written && errno != EPIPE) throw OutputError("cannot write to the standard output", std::strerror(errno));
}

void Console::message(std::string_view kind, std::string_view colour, std::string_view text) const {
  const bool coloured = !kind.empty() && wants_colour();
  const std::string head = coloured ? fmt::format("{}{}:\033[0m ", colour, kind) : fmt::format("{}: ", kind);
  const std::string line = fmt::format("{}: {}{}\n", program_, kind.empty() ? "" : head, shortened(text, 20'000));
  std::fputs(line.c_str(), stderr);
  if (log_ != nullptr) log_->say(kind.empty() ? std::string(text) : fmt::format("{}: {}", kind, text));
}

void Console::error(std::string_view text) const {
  message("error", "\033[1;31m", text);
}

void Console::hint(std::string_view text) const {
  message("", "", text);
}

void Console::warning(std::string_view text) const {
  message("warning", "\033[1;33m", text);
}

void Console::note(std::string_view text) const {
  if (verbosity_ != Verbosity::quiet) message("", "", text);
}

void Console::detail(std::string_view text) const {
  if (verbosity_ == Verbosity::verbose) message("", "", text);
}

bool Console::confirm(std::string_view question) const {
  std::string answer;
  for (;;) {
    std::fputs(fmt::format("{}: {} [y/N] ", program_, question).c_str(), stderr);
    if (!read_line(answer)) return false;
    boost::algorithm::to_lower(answer);
    if (answer == "y" || answer == "yes") return true;
    if (answer.empty() || answer == "n" || answer == "no") return false;
  }
}

}  // namespace velocal
