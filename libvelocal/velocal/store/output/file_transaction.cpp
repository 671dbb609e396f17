// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/store/output/file_transaction.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "velocal/core/error.hpp"
#include "velocal/core/sha256.hpp"
#include "velocal/core/system_failure.hpp"
#include "velocal/core/wait.hpp"

namespace velocal {
namespace {

bool is_among(const std::vector<std::filesystem::path>& paths, const std::filesystem::path& path) {
  return std::ranges::find(paths, path) != paths.end();
}

void clean(const std::filesystem::path& folder) {
  for (const auto& file : left_temporaries(folder)) ::unlink(file.c_str());
}

void remove_file(const std::filesystem::path& file) {
  if (::unlink(file.c_str()) == 0 || errno == ENOENT || errno == ENOTDIR) return;
  throw OutputError(fmt::format("cannot remove {}", file.string()), system_reason(errno), "Remove it yourself");
}

}  // namespace

FileTransaction::~FileTransaction() {
  while (!files_.empty()) files_.pop_back();  // the first may have made the folder of all
}

void FileTransaction::add(const std::filesystem::path& target, std::span<const std::byte> contents) {
  TemporaryFile file(target, contents);
  std::string digest = sha256_hex(contents);
  const std::scoped_lock lock(mutex_);
  if (!is_among(folders_, file.folder())) {
    clean(file.folder());
    folders_.push_back(file.folder());
  }
  digests_.push_back(std::move(digest));
  files_.push_back(std::move(file));
}

void FileTransaction::add(const std::filesystem::path& target, std::string_view text) {
  add(target, std::as_bytes(std::span(text)));
}

std::string FileTransaction::listing(const std::filesystem::path& folder) const {
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < files_.size(); ++i) {
    lines.push_back(fmt::format("{} {}\n", digests_[i], files_[i].target().lexically_relative(folder).string()));
  }
  std::ranges::sort(lines);
  return fmt::format("{}", fmt::join(lines, ""));
}

void FileTransaction::commit() {
  place();
  synchronise();
}

void FileTransaction::place() {
  call_waiting_hook();  // a signal that came while the files were made still ends it here
  for (TemporaryFile& file : files_) file.place();
  // Not before: where the new files find no way to their places, the old ones are still complete.
  for (const std::filesystem::path& file : removed_) remove_file(file);
}

void FileTransaction::synchronise() {
  for (const std::filesystem::path& folder : folders_) {
    const auto of_folder = std::ranges::find(files_, folder, &TemporaryFile::folder);
    if (of_folder != files_.end()) synchronise_folder(folder, of_folder->target());
  }
}

void write_file(const std::filesystem::path& target, std::span<const std::byte> contents, FileTransaction* files) {
  if (files != nullptr) return files->add(target, contents);
  FileTransaction alone;
  alone.add(target, contents);
  alone.commit();
}

void write_file(const std::filesystem::path& target, std::string_view text, FileTransaction* files) {
  write_file(target, std::as_bytes(std::span(text)), files);
}

}  // namespace velocal
