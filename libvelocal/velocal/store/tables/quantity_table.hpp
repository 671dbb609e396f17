// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <fmt/format.h>

#include <cstddef>
#include <string>
#include <string_view>

#include "velocal/core/uncertain.hpp"
#include "velocal/store/tables/csv_number.hpp"

namespace velocal {

/// A CSV text with a row `quantity,value,error,unit` for each quantity (docs/file-formats.md, "summary.csv").
class QuantityTable {
 public:
  void add(std::string_view quantity, double value, std::string_view error, std::string_view unit) {
    text_ += fmt::format("{},{},{},{}\n", quantity, csv_number(value), error, unit);
  }
  void add(std::string_view quantity, double value, std::string_view unit) { add(quantity, value, "", unit); }
  void add(std::string_view quantity, Uncertain value, std::string_view unit) {
    add(quantity, value.value, csv_number(value.error), unit);
  }
  void add_count(std::string_view quantity, std::size_t count) {
    text_ += fmt::format("{},{},,pixels\n", quantity, count);
  }
  std::string_view text() const { return text_; }

 private:
  std::string text_ = "quantity,value,error,unit\n";
};

}  // namespace velocal
