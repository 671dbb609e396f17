// SPDX-License-Identifier: GPL-3.0-or-later
#include "run_once.hpp"

#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <utility>

#include "program_runner.hpp"
#include "support/files.hpp"
#include "support/temporary_folder.hpp"

namespace velocal::test {
namespace {

namespace fs = std::filesystem;

using Commands = std::vector<std::vector<std::string>>;
using Descriptors = std::map<std::string, std::string>;  ///< texts by name

/// Nothing, where there is more than descriptors.
std::optional<Descriptors> descriptors_in(const fs::path& folder) {
  Descriptors descriptors;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() != ".yaml") return {};
    descriptors[entry.path().filename()] = read_text(entry.path());
  }
  return descriptors;
}

/// With the times of the files: velocal-pack compares them.
void copy_files(const fs::path& from, const fs::path& to) {
  fs::copy(from, to, fs::copy_options::recursive | fs::copy_options::overwrite_existing);
  for (const auto& entry : fs::recursive_directory_iterator(from)) {
    if (!entry.is_regular_file()) continue;
    fs::last_write_time(to / entry.path().lexically_relative(from), entry.last_write_time());
  }
}

void run_all(const fs::path& folder, const Commands& commands) {
  for (const std::vector<std::string>& command : commands) {
    const Outcome outcome = run(command.front(), {command.begin() + 1, command.end()}, {.folder = folder});
    if (outcome.status != 0) throw std::runtime_error(command.front() + ": " + outcome.err);
  }
}

/// What the commands make of the descriptors; begins with what all but the last of them have made.
const fs::path& made_of(const Descriptors& descriptors, const Commands& commands) {
  static std::map<std::pair<Descriptors, Commands>, std::unique_ptr<TemporaryFolder>> made;
  const std::pair key(descriptors, commands);
  if (const auto found = made.find(key); found != made.end()) return found->second->path();
  auto folder = std::make_unique<TemporaryFolder>();
  if (commands.empty()) {
    for (const auto& [name, text] : descriptors) write_text(folder->path() / name, text);
  } else {
    copy_files(made_of(descriptors, Commands(commands.begin(), commands.end() - 1)), folder->path());
    run_all(folder->path(), {commands.back()});
  }
  return made.emplace(key, std::move(folder)).first->second->path();
}

}  // namespace

void run_once(const fs::path& folder, const Commands& commands) {
  if (const auto descriptors = descriptors_in(folder)) {
    copy_files(made_of(*descriptors, commands), folder);
  } else {
    run_all(folder, commands);
  }
}

}  // namespace velocal::test
