// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/store/output/file_sums.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <string_view>

#include "velocal/core/error.hpp"
#include "velocal/core/is_missing.hpp"
#include "velocal/core/sha256.hpp"
#include "velocal/scan/file_reader.hpp"
#include "velocal/store/output/file_transaction.hpp"

namespace velocal {
namespace {

constexpr std::size_t digest_size = 64;

using Sums = std::map<std::string, std::string>;  ///< digests by file name

/// Lines `<digest> <name>`, with one blank or two.
void take_lines(std::string_view text, Sums& sums) {
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    const std::size_t name = line.find_first_not_of(' ', digest_size);
    if (name != line.npos && name > digest_size) sums[std::string(line.substr(name))] = line.substr(0, digest_size);
    text.remove_prefix(std::min(line.size() + 1, text.size()));
  }
}

/// Empty where the file is missing.
Sums read_sums(const std::filesystem::path& folder) {
  Sums sums;
  if (is_missing(file_sums(folder))) return sums;
  FileReader reader;
  const auto text = reader.read(file_sums(folder));
  take_lines({text.data(), text.size()}, sums);
  return sums;
}

}  // namespace

std::filesystem::path file_sums(const std::filesystem::path& folder) {
  return folder / "SHA256SUMS";
}

void add_file_sums(const std::filesystem::path& folder, FileTransaction& files) {
  Sums sums = read_sums(folder);
  take_lines(files.listing(folder), sums);
  std::string text;
  for (const auto& [name, digest] : sums) text += fmt::format("{}  {}\n", digest, name);
  files.add(file_sums(folder), text);
}

void require_file_sums(const std::filesystem::path& folder, const std::vector<std::string>& names) {
  const Sums sums = read_sums(folder);
  FileReader reader;
  for (const std::string& name : names) {
    const auto listed = sums.find(name);
    if (listed == sums.end() || is_missing(folder / name)) continue;
    if (sha256_hex(std::as_bytes(reader.read(folder / name))) == listed->second) continue;
    throw InputError(fmt::format("{} is not the file that was written", (folder / name).string()),
                     "SHA256SUMS beside it lists another content",
                     "Export the files anew, or remove SHA256SUMS to take them as they are");
  }
}

}  // namespace velocal
