// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/store/results_collection.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <set>
#include <utility>
#include <vector>

#include "velocal/core/error.hpp"
#include "velocal/core/file_reader.hpp"
#include "velocal/store/output/file_guard.hpp"
#include "velocal/store/output/file_transaction.hpp"
#include "velocal/store/tables/csv_number.hpp"

namespace velocal {
namespace {

constexpr std::string_view header = collection_columns;

std::string key_of(const CollectionRow& row) {
  return fmt::format("{},{},", row.results, row.label);
}

/// A table that cannot be seen is not taken for one that is not there: its rows would be lost.
std::string read_if_there(const std::filesystem::path& path) {
  FileReader reader;
  const auto text = reader.read_if_there(path);
  return text ? std::string(text->begin(), text->end()) : std::string();
}

/// The lines of the text, each with the line end that it has.
std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return lines;
}

std::string_view without_line_end(std::string_view line) {
  while (line.ends_with('\n') || line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

void require_header(const std::filesystem::path& path, std::string_view first_line) {
  if (without_line_end(first_line) == header) return;
  throw OutputError(fmt::format("{} is no results collection", path.string()),
                    fmt::format("its first line is {:?}", without_line_end(first_line).substr(0, 80)),
                    "Move the file away, or repair its first line: " + std::string(header));
}

/// Results and label of the line, with the comma behind them.
std::string_view key_in(std::string_view line) {
  const std::size_t first = line.find(',');
  const std::size_t second = first == line.npos ? first : line.find(',', first + 1);
  return second == line.npos ? line : line.substr(0, second + 1);
}

/// The lines of the old text with the row's own lines replaced by `own`, which may be empty.
std::string replaced(const std::vector<std::string_view>& lines, const std::string& key, const std::string& own,
                     std::string_view line_end) {
  std::string text;
  bool placed = own.empty();
  for (const std::string_view line : lines) {
    const bool is_own = line.starts_with(key);
    if (!is_own) text += line;
    if (is_own && !placed) text += own;
    placed = placed || is_own;
  }
  if (placed) return text;
  if (!text.ends_with('\n')) text += line_end;
  return text + own;
}

std::string updated(const std::filesystem::path& path, std::string_view old_text, const CollectionRow& row, bool keep) {
  const std::string line = collection_line(row);
  if (old_text.empty()) return fmt::format("{}\n{}\n", header, line);
  const std::vector<std::string_view> lines = lines_of(old_text);
  require_header(path, lines.front());
  const std::string line_end = lines.front().ends_with("\r\n") ? "\r\n" : "\n";
  return replaced(lines, key_of(row), keep ? line + line_end : "", line_end);
}

}  // namespace

std::string collection_line(const CollectionRow& row) {
  std::string text = key_of(row) + fmt::format("{},{}", row.shutter, row.baseline ? "True" : "False");
  for (const double number :
       {row.target_mean, row.target_std, row.target_asic.value, row.target_asic.error, row.target_asic_good.value,
        row.target_asic_good.error, row.gain_mean, row.gain_std, row.gain_mean_error, row.gain_asic.value,
        row.gain_asic.error, row.gain_asic_good.value, row.gain_asic_good.error}) {
    (text += ',') += csv_number(number);
  }
  return text;
}

CollectionRow collection_row(const Provenance& provenance, std::string_view shutter, BaselineMode mode,
                             const Calibration& calibration) {
  const bool whole = provenance.group == group_name(PixelGroup::all);
  return {.results = whole ? provenance.dataset : provenance.dataset + "/" + provenance.group,
          .label = provenance.scan,
          .shutter = std::string(shutter),
          .baseline = mode != BaselineMode::after,
          .target_mean = calibration.target_means.mean,
          .target_std = calibration.target_means.standard_deviation,
          .target_asic = calibration.asic.target,
          .target_asic_good = calibration.asic_good.target,
          .gain_mean = calibration.gain_means.mean,
          .gain_std = calibration.gain_means.standard_deviation,
          .gain_mean_error = calibration.gain_means.mean_error,
          .gain_asic = calibration.whole(calibration.asic.gain),
          .gain_asic_good = calibration.whole(calibration.asic_good.gain)};
}

std::string collection_key(const Provenance& provenance) {
  return key_of(collection_row(provenance, {}, {}, {}));
}

void add_collection(const std::filesystem::path& path, const CollectionRow& row, bool keep, FileTransaction& files) {
  const std::string old_text = read_if_there(path);
  if (!keep && old_text.empty()) return;
  const std::string text = updated(path, old_text, row, keep);
  if (keep || text != old_text) files.add(path, text);
}

void gather_collection(const std::filesystem::path& path, std::span<const CollectionRow> rows,
                       const std::vector<std::string>& keys, FileTransaction& files) {
  const std::string old_text = read_if_there(path);
  if (old_text.empty() && rows.empty()) return;
  const std::vector<std::string_view> lines = lines_of(old_text);
  if (!lines.empty()) require_header(path, lines.front());
  const std::string line_end = !lines.empty() && lines.front().ends_with("\r\n") ? "\r\n" : "\n";
  std::string own;
  for (const CollectionRow& row : rows) own += collection_line(row) + line_end;
  const std::set<std::string, std::less<>> gathered(keys.begin(), keys.end());
  std::string text = lines.empty() ? fmt::format("{}\n", header) : std::string();
  bool placed = false;
  for (const std::string_view line : lines) {
    if (!gathered.contains(key_in(line))) {
      text += line;
    } else if (!std::exchange(placed, true)) {
      text += own;
    }
  }
  if (!text.ends_with('\n')) text += line_end;
  if (!placed) text += own;
  if (text != old_text) files.add(path, text);
}

void update_results_collection(const std::filesystem::path& path, const CollectionRow& row) {
  const FileGuard guard(path);
  FileTransaction files;
  add_collection(path, row, true, files);
  files.commit();
}

std::string find_collection_line(const std::filesystem::path& path, std::string_view key) {
  const std::string text = read_if_there(path);
  for (const std::string_view line : lines_of(text)) {
    if (line.starts_with(key)) return std::string(without_line_end(line));
  }
  return {};
}

}  // namespace velocal
