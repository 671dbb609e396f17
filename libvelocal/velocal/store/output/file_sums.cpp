// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/store/output/file_sums.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <string>
#include <string_view>

#include "velocal/core/error.hpp"
#include "velocal/core/file_reader.hpp"
#include "velocal/core/folder_names.hpp"
#include "velocal/core/is_missing.hpp"
#include "velocal/core/sha256.hpp"
#include "velocal/core/wait.hpp"
#include "velocal/store/output/file_transaction.hpp"

namespace velocal {
namespace {

constexpr std::size_t digest_size = 64;
constexpr std::string_view remedy = "Make the files anew, or remove SHA256SUMS to take them as they are";

/// Takes a line `<digest> <name>`, `<digest>  <name>`, or `<digest> *<name>` of `sha256sum --binary`. False: it is no
/// such line.
bool take_line(std::string_view line, FileSums& sums) {
  if (line.size() < digest_size + 2 || line[digest_size] != ' ' || line.ends_with('\r')) return false;
  std::string digest(line.substr(0, digest_size));
  for (char& digit : digest) digit = static_cast<char>(std::tolower(static_cast<unsigned char>(digit)));
  if (digest.find_first_not_of("0123456789abcdef") != digest.npos) return false;
  std::string_view name = line.substr(digest_size + 1);
  if (name.starts_with(' ') || name.starts_with('*')) name.remove_prefix(1);
  if (name.starts_with("./")) name.remove_prefix(2);  // as of `sha256sum ./*`
  if (name.empty()) return false;
  sums[std::string(name)] = digest;
  return true;
}

/// False: a line is none of a checksum, or the last has no end. The others are taken all the same.
bool take_lines(std::string_view text, FileSums& sums) {
  bool all_well = true;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    all_well = take_line(text.substr(0, end), sums) && end != text.npos && all_well;
    text.remove_prefix(std::min(end, text.size() - 1) + 1);
  }
  return all_well;
}

std::optional<std::string> contents_of(const std::filesystem::path& file) {
  FileReader reader;
  const auto text = reader.read_if_there(file);
  if (!text) return std::nullopt;
  return std::string(text->data(), text->size());
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

std::optional<FileSums> read_file_sums(const std::filesystem::path& file) {
  const auto text = contents_of(file);
  if (!text) return std::nullopt;
  FileSums sums;
  if (take_lines(*text, sums) && !sums.empty()) return sums;
  throw InputError(fmt::format("{} is no list of checksums", file.string()),
                   sums.empty() ? "it lists nothing" : "it has other lines, too", "Make the files anew");
}

std::filesystem::path file_sums(const std::filesystem::path& folder) {
  return folder / "SHA256SUMS";
}

FileSums add_file_sums(const std::filesystem::path& folder, FileTransaction& files,
                       const std::function<bool(const std::string& name)>& is_made_anew) {
  FileSums sums = sums_of(folder, files), old, left;
  take_lines(contents_of(file_sums(folder)).value_or(""), old);
  for (const auto& [name, digest] : old) {
    if (sums.contains(name) || is_missing(folder / name)) continue;
    (is_made_anew(name) ? left : sums)[name] = digest;
  }
  files.add(file_sums(folder), text_of(sums));
  return left;
}

ContentsSeen compared_with_sums(const std::filesystem::path& folder) {
  return [sums = read_file_sums(file_sums(folder))](const std::filesystem::path& file, std::span<const char> contents) {
    if (!sums) return;
    const auto listed = sums->find(file.filename().string());
    if (listed == sums->end()) {
      throw InputError(fmt::format("{} is not listed in SHA256SUMS", file.string()), {}, remedy);
    }
    if (sha256_hex(std::as_bytes(contents)) == listed->second) return;
    throw InputError(fmt::format("{} is not the file that was written", file.string()),
                     "SHA256SUMS beside it lists another content", remedy);
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

std::optional<StrangeFile> strange_file(const std::filesystem::path& folder, bool read,
                                        const std::function<bool(const std::string& name)>& has_to_be_listed) try {
  const auto list = read_file_sums(file_sums(folder));
  const FileSums sums = list.value_or(FileSums{});
  for (const auto& [name, digest] : sums) {
    call_waiting_hook();
    const std::string problem = problem_of(folder / name, digest, read);
    if (!problem.empty()) return StrangeFile{name, problem};
  }
  if (is_missing(folder)) return {};
  for (const std::string& name : names_in(folder, "cannot read the folder")) {
    if (sums.contains(name) || !has_to_be_listed(name)) continue;
    if (!list) return StrangeFile{name, fmt::format("{} is missing", file_sums(folder).string())};
    return StrangeFile{name, fmt::format("{} is not listed in SHA256SUMS", (folder / name).string()),
                       ", and remove it if it stays"};
  }
  return {};
} catch (const InputError& error) {
  return StrangeFile{file_sums(folder).filename().string(), error.what()};
}

}  // namespace velocal
