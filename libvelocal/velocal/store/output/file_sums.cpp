// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/store/output/file_sums.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "velocal/core/error.hpp"
#include "velocal/core/is_missing.hpp"
#include "velocal/core/sha256.hpp"
#include "velocal/core/wait.hpp"
#include "velocal/scan/file_reader.hpp"
#include "velocal/store/output/file_transaction.hpp"

namespace velocal {
namespace {

constexpr std::size_t digest_size = 64;

/// Lines `<digest> <name>`, with one blank or two.
void take_lines(std::string_view text, FileSums& sums) {
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    const std::size_t name = line.find_first_not_of(' ', digest_size);
    if (name != line.npos && name > digest_size) sums[std::string(line.substr(name))] = line.substr(0, digest_size);
    text.remove_prefix(std::min(line.size() + 1, text.size()));
  }
}

}  // namespace

FileSums sums_of(const std::filesystem::path& folder, const FileTransaction& files) {
  FileSums sums;
  take_lines(files.listing(folder), sums);
  return sums;
}

std::string text_of(const FileSums& sums) {
  std::string text;
  for (const auto& [name, digest] : sums) text += fmt::format("{}  {}\n", digest, name);
  return text;
}

FileSums read_file_sums(const std::filesystem::path& file) {
  FileSums sums;
  FileReader reader;
  if (const auto text = reader.read_if_there(file)) take_lines({text->data(), text->size()}, sums);
  return sums;
}

std::filesystem::path file_sums(const std::filesystem::path& folder) {
  return folder / "SHA256SUMS";
}

void add_file_sums(const std::filesystem::path& folder, FileTransaction& files) {
  FileSums sums = sums_of(folder, files);
  FileSums old = read_file_sums(file_sums(folder));
  std::erase_if(old, [&](const auto& file) { return is_missing(folder / file.first); });
  sums.merge(old);
  files.add(file_sums(folder), text_of(sums));
}

ContentsSeen compared_with_sums(const std::filesystem::path& folder) {
  return [sums = read_file_sums(file_sums(folder))](const std::filesystem::path& file, std::span<const char> contents) {
    const auto listed = sums.find(file.filename().string());
    if (listed == sums.end() || sha256_hex(std::as_bytes(contents)) == listed->second) return;
    throw InputError(fmt::format("{} is not the file that was written", file.string()),
                     "SHA256SUMS beside it lists another content",
                     "Export the files anew, or remove SHA256SUMS to take them as they are");
  };
}

namespace {

std::string problem_of(const std::filesystem::path& file, const std::string& digest, bool read) try {
  if (is_missing(file)) return fmt::format("{} is missing", file.string());
  FileReader reader;
  const bool same = !read || sha256_hex(std::as_bytes(reader.read(file))) == digest;
  return same ? "" : fmt::format("{} is not the file that was written", file.string());
} catch (const InputError& error) {
  return error.what();
}

}  // namespace

std::optional<StrangeFile> strange_file(const std::filesystem::path& folder, bool read) try {
  for (const auto& [name, digest] : read_file_sums(file_sums(folder))) {
    call_waiting_hook();
    const std::string problem = problem_of(folder / name, digest, read);
    if (!problem.empty()) return StrangeFile{name, problem};
  }
  return {};
} catch (const InputError& error) {
  return StrangeFile{file_sums(folder).filename().string(), error.what()};
}

}  // namespace velocal
