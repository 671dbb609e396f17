// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>

namespace velocal::test {

/// The calls of a program that comes to its end.
struct Calls {
  std::map<std::string, std::size_t> of_kind;  ///< how many
  std::set<std::size_t> new_allocations;       ///< numbers of those that the same callers have not made before
};

}  // namespace velocal::test
