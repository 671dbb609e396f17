// SPDX-License-Identifier: GPL-3.0-or-later
#include "findings.hpp"

#include <fmt/format.h>

#include "validation/markdown.hpp"

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

std::size_t Findings::violations() const {
  const std::scoped_lock lock(mutex_);
  std::size_t sum = 0;
  for (const auto& [what, kind] : violations_) sum += kind.count;
  return sum;
}

std::string Findings::violation_table() const {
  const std::scoped_lock lock(mutex_);
  if (violations_.empty()) return "None.";
  std::string text = head({"violation", "times"}, 1);
  for (const auto& [what, kind] : violations_) text += row({what, std::to_string(kind.count)});
  return without_last_break(text);
}

std::string Findings::foreign_crash_table() const {
  const std::scoped_lock lock(mutex_);
  if (foreign_crashes_.empty()) return "None.";
  std::string text = head({"library", "crashes"}, 1);
  for (const auto& [library, count] : foreign_crashes_) text += row({"`" + library + "`", std::to_string(count)});
  return without_last_break(text);
}

}  // namespace velocal::test
