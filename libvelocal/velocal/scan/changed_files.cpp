// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/scan/changed_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <system_error>
#include <unordered_map>
#include <vector>

#include "velocal/core/error.hpp"
#include "velocal/core/file_reader.hpp"
#include "velocal/core/parallel_for.hpp"
#include "velocal/core/system_failure.hpp"
#include "velocal/core/wait.hpp"
#include "velocal/scan/acquisition_name.hpp"
#include "velocal/scan/archive.hpp"
#include "velocal/scan/input_line.hpp"

namespace velocal {
namespace {

/// Size and hash of each input by its name, as the list has them: "131072 0123456789abcdef".
std::unordered_map<std::string, std::string> parse_list(std::string_view list) {
  std::unordered_map<std::string, std::string> inputs;
  while (!list.empty()) {
    const std::string_view line = list.substr(0, list.find('\n'));
    const std::size_t hash = std::min(line.rfind(' '), line.size());
    const std::size_t size = std::min(line.rfind(' ', hash == 0 ? 0 : hash - 1), line.size());
    if (size < hash) inputs.emplace(line.substr(0, size), line.substr(size + 1));
    list.remove_prefix(std::min(line.size() + 1, list.size()));
  }
  return inputs;
}

std::string line_now(const InputFile& file) {
  if (is_compressed(file.path.native())) {
    return input_line(file.name, std::as_bytes(std::span<const char>(read_compressed(file.path, largest_counts_text))));
  }
  FileReader reader;
  return input_line(file.name, std::as_bytes(reader.read(file.path)));
}

/// Empty: the file is as it was.
std::string change_of(const InputFile& file, const std::string* then) {
  std::error_code error;
  const auto size = std::filesystem::file_size(file.path, error);
  const bool missing =
      error == std::errc::no_such_file_or_directory || error == std::errc::not_a_directory;  // as is_missing() has it
  if (error && !missing) {
    const std::string problem = fmt::format("cannot read {}", file.path.string());
    throw_if_exhausted(problem, error.value());
    throw InputError(problem, system_reason(error.value()));
  }
  if (missing) return then == nullptr ? "" : fmt::format("{}: there then, missing now", file.name);
  if (then == nullptr) return fmt::format("{}: missing then, there now", file.name);
  const std::string size_then = then->substr(0, then->find(' '));
  if (!is_compressed(file.path.native()) && size_then != fmt::format("{}", size)) {
    return fmt::format("{}: {} bytes then, {} now", file.name, size_then, size);
  }
  if (!file.compare_contents || line_now(file) == fmt::format("{} {}\n", file.name, *then)) return {};
  return fmt::format("{}: other contents than then", file.name);
}

}  // namespace

std::string changed_files(std::span<const InputFile> files, const std::string& list, int threads) {
  const auto inputs = parse_list(list);
  std::vector<std::string> changes(files.size());
  parallel_for(files.size(), threads, [&](std::size_t i, int) {
    call_waiting_hook();
    const auto then = inputs.find(files[i].name);
    changes[i] = change_of(files[i], then == inputs.end() ? nullptr : &then->second);
  });
  std::erase(changes, "");
  if (changes.size() < 2) return changes.empty() ? "" : changes.front();
  return fmt::format("{} files, the first being {}", changes.size(), changes.front());
}

}  // namespace velocal
