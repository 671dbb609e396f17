// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/core/made_folders.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "velocal/core/error.hpp"
#include "velocal/core/system_failure.hpp"

namespace velocal {
namespace {

[[noreturn]] void fail(const std::string& problem, int reason) {
  throw_if_exhausted(problem, reason);
  throw OutputError(problem, system_reason(reason), "Name another place", Remedy::other_results);
}

/// 0, or why the path is no folder.
int failure_as_folder(const std::filesystem::path& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return errno;
  return S_ISDIR(status.st_mode) ? 0 : ENOTDIR;
}

}  // namespace

MadeFolders::MadeFolders(const std::filesystem::path& folder, const std::string& problem) {
  std::vector<std::filesystem::path> missing;
  for (std::filesystem::path at = folder; !at.empty() && failure_as_folder(at) != 0; at = at.parent_path()) {
    if (at == at.parent_path()) break;
    if (!at.filename().empty() && at.filename() != ".") missing.push_back(at);
  }
  made_.reserve(missing.size());  // noting what has been made must not fail
  unfinished_.reserve(missing.size());
  for (; !missing.empty(); missing.pop_back()) {
    std::filesystem::path& path = missing.back();  // the outermost
    if (::mkdir(path.c_str(), 0777) == 0) {
      unfinished_.emplace_back(path.c_str(), UnfinishedFile::Removal::if_empty);
      made_.push_back(std::move(path));
    } else if (const int reason = errno; const int failure = failure_as_folder(path)) {
      remove();
      fail(problem.empty() ? "cannot create the folder " + path.string() : problem,
           reason == EEXIST ? failure : reason);
    }
  }
}

MadeFolders::~MadeFolders() {
  remove();
}

void MadeFolders::remove() {
  for (; !made_.empty(); made_.pop_back()) ::rmdir(made_.back().c_str());
}

}  // namespace velocal
