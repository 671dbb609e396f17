// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/core/process_mark.hpp"

#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <span>
#include <system_error>

#include "velocal/core/sha256.hpp"

namespace velocal {
namespace {

std::string first_line_of(const std::string& file) {
  std::ifstream stream(file);
  std::string line;
  std::getline(stream, line);
  return line;
}

constexpr std::string_view unknown = "00000000";

std::string digits_of(const std::string& text) {
  if (text.empty()) return std::string(unknown);
  return sha256_hex(std::as_bytes(std::span(text))).substr(0, unknown.size());
}

/// Copies of a computer may share the one or the other. Empty: it is not known.
std::string computer() {
  const std::string id = first_line_of("/etc/machine-id"), name = first_line_of("/proc/sys/kernel/hostname");
  return id.empty() || name.empty() || name == "localhost" || name == "(none)" ? "" : id + name;
}

/// Where process numbers mean something: the computer, its start, and the container.
struct Place {
  std::string computer = digits_of(velocal::computer());
  std::string start = digits_of(first_line_of("/proc/sys/kernel/random/boot_id"));
  std::string container;

  Place() {
    std::error_code none;
    container = digits_of(std::filesystem::read_symlink("/proc/self/ns/pid", none).string());
  }
  std::string text() const { return computer + start + container; }
};

bool are_known(std::string_view a, std::string_view b) {
  return a != unknown && b != unknown;
}

bool are_same(std::string_view a, std::string_view b) {
  return are_known(a, b) && a == b;
}

/// When the process began [clock ticks since the computer's start], field 22 of proc(5); empty: there is none.
std::string begin_of(pid_t process) {
  std::string fields = first_line_of("/proc/" + std::to_string(process) + "/stat");
  const std::size_t name_end = fields.rfind(')');  // the name may hold anything
  if (name_end == std::string::npos) return {};
  fields.erase(0, name_end + 1);
  std::size_t begin = 0;
  for (int field = 3; field <= 22; ++field) begin = fields.find(' ', begin) + 1;
  return fields.substr(begin, fields.find(' ', begin) - begin);
}

}  // namespace

std::string process_mark() {
  static const std::string place = Place().text();
  const pid_t process = getpid();  // a fork has another one
  return place + "-" + std::to_string(process) + "-" + begin_of(process);
}

bool process_has_ended(std::string_view mark) {
  static const Place here;
  const std::size_t first = mark.find('-'), second = mark.find('-', first + 1);
  if (second == std::string_view::npos || first != here.text().size()) return false;
  const std::string_view computer = mark.substr(0, unknown.size()), start = mark.substr(unknown.size(), unknown.size());
  const std::string_view container = mark.substr(2 * unknown.size(), unknown.size());
  if (!are_same(container, here.container)) return false;
  if (are_same(computer, here.computer) && are_known(start, here.start) && start != here.start) return true;
  if (!are_same(start, here.start)) return false;
  pid_t process = 0;
  const auto [end, error] = std::from_chars(mark.data() + first + 1, mark.data() + second, process);
  if (error != std::errc{} || end != mark.data() + second || process <= 0) return false;
  if (kill(process, 0) != 0 && errno == ESRCH) return true;
  const std::string begin = begin_of(process);
  const std::string_view marked = mark.substr(second + 1);  // either is empty where it could not be read: who knows
  return !begin.empty() && !marked.empty() && begin != marked;
}

}  // namespace velocal
