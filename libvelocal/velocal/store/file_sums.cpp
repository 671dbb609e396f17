// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/store/file_sums.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <string_view>

#include "velocal/core/is_missing.hpp"
#include "velocal/scan/file_reader.hpp"
#include "velocal/store/file_transaction.hpp"

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

}  // namespace

void add_file_sums(const std::filesystem::path& folder, FileTransaction& files) {
  const std::filesystem::path file = folder / "SHA256SUMS";
  Sums sums;
  if (!is_missing(file)) {
    FileReader reader;
    const auto old = reader.read(file);
    take_lines({old.data(), old.size()}, sums);
  }
  take_lines(files.listing(folder), sums);
  std::string text;
  for (const auto& [name, digest] : sums) text += fmt::format("{}  {}\n", digest, name);
  files.add(file, text);
}

}  // namespace velocal
