// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

namespace velocal {

/// Calls at(i) for packs of W that begin at point i and together cover n >= W points: the last may begin before the one
/// ahead of it ends, and computes what they share once more.
template <std::size_t W, class At>
void for_packs(std::size_t n, At at) {
  std::size_t i = 0;
  for (; i + W <= n; i += W) at(i);
  if (i < n) at(n - W);
}

/// A pack's worth of thresholds for fewer points: the last is repeated.
template <std::size_t W>
struct FewPoints {
  FewPoints(const double* from, std::size_t n) {
    for (std::size_t i = 0; i < W; ++i) threshold[i] = from[i < n ? i : n - 1];
  }
  double threshold[W];
};

}  // namespace velocal
