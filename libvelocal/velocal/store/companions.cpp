// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/store/companions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <string_view>
#include <vector>

#include "velocal/core/file_reader.hpp"
#include "velocal/core/is_missing.hpp"
#include "velocal/core/sha256.hpp"
#include "velocal/store/output/file_transaction.hpp"

namespace velocal {
namespace {

constexpr std::string_view row_name = "row of results_collection.csv";
/// Tells a result that has no other files from one that is older than the list.
constexpr std::string_view none = "none\n";

struct Companion {
  std::string digest;
  std::string name;
};

std::vector<Companion> parse_companions(std::string_view text) {
  std::vector<Companion> companions;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    const std::size_t blank = line.find(' ');
    if (blank != line.npos)
      companions.push_back({std::string(line.substr(0, blank)), std::string(line.substr(blank + 1))});
    text.remove_prefix(std::min(line.size() + 1, text.size()));
  }
  return companions;
}

std::string digest_of(std::string_view text) {
  return sha256_hex(std::as_bytes(std::span(text)));
}

std::string stray_row(const Companion& row, const Provenance& provenance, const std::filesystem::path& collection) {
  const std::string line = find_collection_line(collection, collection_key(provenance));
  if (line.empty()) return fmt::format("not its part of {}", collection.string());
  return digest_of(line) == row.digest ? "" : fmt::format("its row of {} does not belong to it", collection.string());
}

std::string stray_file(const Companion& companion, const std::filesystem::path& folder) {
  const std::filesystem::path file = folder / companion.name;
  if (is_missing(file)) return fmt::format("not its part of {}", file.string());
  FileReader reader;
  const auto contents = reader.read(file);
  const bool same = digest_of({contents.data(), contents.size()}) == companion.digest;
  return same ? "" : fmt::format("{} does not belong to it", file.string());
}

}  // namespace

std::string companions_of(const std::filesystem::path& folder, const FileTransaction& files, const CollectionRow* row) {
  std::string text = files.listing(folder);
  if (row != nullptr) text += fmt::format("{} {}\n", digest_of(collection_line(*row)), row_name);
  return text.empty() ? std::string(none) : text;
}

std::string stray_companion(const std::filesystem::path& folder, const Provenance& provenance,
                            const std::filesystem::path& collection) {
  for (const Companion& companion : parse_companions(provenance.companions)) {
    const std::string stray =
        companion.name == row_name ? stray_row(companion, provenance, collection) : stray_file(companion, folder);
    if (!stray.empty()) return stray;
  }
  return {};
}

bool lists_companion(const Provenance& provenance, const std::string& name) {
  if (provenance.companions.empty()) return true;
  return std::ranges::count(parse_companions(provenance.companions), name, &Companion::name) > 0;
}

}  // namespace velocal
