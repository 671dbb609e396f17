// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/store/read_collection.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <string_view>
#include <system_error>

#include "velocal/core/error.hpp"
#include "velocal/core/file_reader.hpp"

namespace velocal {
namespace {

/// Pieces of the text between separators, without the ends of lines and the blanks around them.
std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> pieces;
  while (true) {
    const std::size_t end = std::min(text.find(separator), text.size());
    std::string_view piece = text.substr(0, end);
    while (piece.ends_with('\r') || piece.ends_with(' ')) piece.remove_suffix(1);
    while (piece.starts_with(' ')) piece.remove_prefix(1);
    pieces.push_back(piece);
    if (end == text.size()) return pieces;
    text.remove_prefix(end + 1);
  }
}

/// Takes the fields of one row, one after the other.
class RowReader {
 public:
  RowReader(std::vector<std::string_view> fields, std::string place)
      : fields_(std::move(fields)), place_(std::move(place)) {
    const std::size_t columns = split(collection_columns, ',').size();
    if (fields_.size() == columns) return;
    throw InputError(fmt::format("{}: {} fields in the line", place_, fields_.size()),
                     fmt::format("a results collection has {} columns", columns));
  }
  std::string text() { return std::string(fields_[next_++]); }
  double number() {
    const std::string_view field = fields_[next_++];
    double value = undefined;
    const auto [stop, error] = std::from_chars(field.data(), field.data() + field.size(), value);
    if (field.empty() || (error == std::errc{} && stop == field.data() + field.size())) return value;
    throw InputError(fmt::format("{}: expected a number, got \"{}\"", place_, field.substr(0, 24)));
  }
  Uncertain uncertain() {
    const double value = number();
    return {value, number()};
  }

 private:
  std::vector<std::string_view> fields_;
  std::string place_;
  std::size_t next_ = 0;
};

CollectionRow row_of(RowReader reader) {
  CollectionRow row;
  row.results = reader.text();
  row.label = reader.text();
  row.shutter = reader.text();
  row.baseline = reader.text() == "True";
  row.target_mean = reader.number();
  row.target_std = reader.number();
  row.target_asic = reader.uncertain();
  row.target_asic_good = reader.uncertain();
  row.gain_mean = reader.number();
  row.gain_std = reader.number();
  row.gain_mean_error = reader.number();
  row.gain_asic = reader.uncertain();
  row.gain_asic_good = reader.uncertain();
  return row;
}

}  // namespace

std::vector<CollectionRow> read_results_collection(const std::filesystem::path& path) {
  FileReader reader;
  const auto contents = reader.read(path);
  const auto lines = split(std::string_view(contents.data(), contents.size()), '\n');
  if (lines.front() != collection_columns) {
    throw InputError(fmt::format("{} is no results collection", path.string()),
                     fmt::format("its first line is {:?}", lines.front().substr(0, 80)),
                     "Name a results_collection.csv, of velocal or of the analysis before it");
  }
  std::vector<CollectionRow> rows;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    if (lines[i].empty()) continue;
    rows.push_back(row_of({split(lines[i], ','), fmt::format("{}:{}", path.string(), i + 1)}));
  }
  return rows;
}

}  // namespace velocal
