// SPDX-License-Identifier: GPL-3.0-or-later
#include "findings.hpp"

#include <fmt/format.h>

namespace velocal::test {

void Findings::add_violation(const std::string& what, const std::string& how) {
  const std::scoped_lock lock(mutex_);
  Kind& kind = violations_[what];
  if (kind.count++ > 0) return;
  kind.how = how;
  fmt::print(stderr, "VIOLATION: {}\n  {}\n", what, how);
}

void Findings::add_foreign_crash(const std::string& library) {
  const std::scoped_lock lock(mutex_);
  ++foreign_crashes_[library];
}

std::map<std::string, std::size_t> Findings::violations() const {
  const std::scoped_lock lock(mutex_);
  std::map<std::string, std::size_t> counts;
  for (const auto& [what, kind] : violations_) counts[what] = kind.count;
  return counts;
}

std::map<std::string, std::size_t> Findings::foreign_crashes() const {
  const std::scoped_lock lock(mutex_);
  return foreign_crashes_;
}

}  // namespace velocal::test
