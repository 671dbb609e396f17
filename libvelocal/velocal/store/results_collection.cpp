// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/store/results_collection.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "velocal/core/error.hpp"
#include "velocal/scan/file_reader.hpp"
#include "velocal/store/atomic_file.hpp"
#include "velocal/store/csv_number.hpp"
#include "velocal/store/file_guard.hpp"

namespace velocal {
namespace {

/// The columns of the analysis that this program replaces: old tables and new ones are read together.
constexpr std::string_view header =
    "Results,label,ST,baseline,targetmean,utargetmean,targetASIC,utargetASIC,targetASICgood,utargetASICgood,"
    "Kmean,Kstd,uKmean,KASIC,uKASIC,KASICgood,uKASICgood";

std::string key_of(const CollectionRow& row) {
  return fmt::format("{},{},", row.results, row.label);
}

std::string text_of(const CollectionRow& row) {
  std::string text = key_of(row) + fmt::format("{},{}", row.shutter, row.baseline ? "True" : "False");
  for (const double number :
       {row.target_mean, row.target_std, row.target_asic.value, row.target_asic.error, row.target_asic_good.value,
        row.target_asic_good.error, row.gain_mean, row.gain_std, row.gain_mean_error, row.gain_asic.value,
        row.gain_asic.error, row.gain_asic_good.value, row.gain_asic_good.error}) {
    (text += ',') += csv_number(number);
  }
  return text;
}

/// A table that cannot be seen is not taken for one that is not there: its rows would be lost.
std::string read_if_there(const std::filesystem::path& path) {
  std::error_code error;
  const auto type = std::filesystem::status(path, error).type();
  if (type == std::filesystem::file_type::not_found) return {};
  if (error) throw InputError(fmt::format("cannot read {}", path.string()), error.message());
  FileReader reader;
  const auto text = reader.read(path);
  return {text.begin(), text.end()};
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

std::string updated(const std::filesystem::path& path, std::string_view old_text, const CollectionRow& row) {
  if (old_text.empty()) return fmt::format("{}\n{}\n", header, text_of(row));
  const std::vector<std::string_view> lines = lines_of(old_text);
  require_header(path, lines.front());
  const std::string line_end = lines.front().ends_with("\r\n") ? "\r\n" : "\n";
  const std::string own_line = text_of(row) + line_end;
  std::string text;
  bool placed = false;
  for (const std::string_view line : lines) {
    const bool own = line.starts_with(key_of(row));
    if (!own) text += line;
    if (own && !placed) text += own_line;
    placed = placed || own;
  }
  if (placed) return text;
  if (!text.ends_with('\n')) text += line_end;
  return text + own_line;
}

}  // namespace

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

void update_results_collection(const std::filesystem::path& path, const CollectionRow& row) {
  const FileGuard guard(path);
  const std::string text = updated(path, read_if_there(path), row);
  replace_file(path, std::as_bytes(std::span(text)));
}

bool has_collection_row(const std::filesystem::path& path, const CollectionRow& row) {
  const std::string text = read_if_there(path);
  const std::string key = key_of(row);
  return std::ranges::any_of(lines_of(text), [&](std::string_view line) { return line.starts_with(key); });
}

void remove_collection_row(const std::filesystem::path& path, const CollectionRow& row) {
  if (!has_collection_row(path, row)) return;
  const FileGuard guard(path);
  const std::string old_text = read_if_there(path);
  if (old_text.empty()) return;
  const std::vector<std::string_view> lines = lines_of(old_text);
  require_header(path, lines.front());
  std::string text;
  for (const std::string_view line : lines) {
    if (!line.starts_with(key_of(row))) text += line;
  }
  replace_file(path, std::as_bytes(std::span(text)));
}

}  // namespace velocal
