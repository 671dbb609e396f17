// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "shell/report.hpp"
#include "velocal/core/pixel_matrix.hpp"
#include "velocal/store/page/packed_array.hpp"

namespace velocal {

/// The arrays of a page, in the order in which the head's JSON names them by number.
class ReportArrays {
 public:
  /// The values must live until pack(). Returns what stands for them in the head: {"array": 7}.
  template <class Values>
  Json add(const Values& values) {
    packers_.push_back([view = std::span(values.data(), values.size())] { return packed(view); });
    return {{"array", packers_.size() - 1}};
  }
  /// The same for values that nobody keeps.
  template <class T>
  Json keep(std::vector<T> values) {
    packers_.push_back([kept = std::move(values)] { return packed(std::span<const T>(kept)); });
    return {{"array", packers_.size() - 1}};
  }
  /// Errors, doubles that packed_errors() rounds; they are kept.
  template <class Values>
  Json keep_errors(Values errors) {
    packers_.push_back([kept = std::move(errors)] { return packed_errors(std::span(kept.data(), kept.size())); });
    return {{"array", packers_.size() - 1}};
  }

  /// On `threads` threads; <= 0: all.
  std::vector<PackedArray> pack(int threads) const;

 private:
  std::vector<std::function<PackedArray()>> packers_;
};

}  // namespace velocal
