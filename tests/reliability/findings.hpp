// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <mutex>
#include <string>

namespace velocal::test {

/// What was not as promised, and what other people's libraries did. Threads may add at once.
class Findings {
 public:
  /// `what` in words; alike ones are counted, of which the first is told with how to see it again.
  void add_violation(const std::string& what, const std::string& how);
  /// A crash inside a library that is not ours.
  void add_foreign_crash(const std::string& library);

  /// How often each was found.
  std::map<std::string, std::size_t> violations() const;
  std::map<std::string, std::size_t> foreign_crashes() const;

 private:
  struct Kind {
    std::size_t count = 0;
    std::string how;
  };
  mutable std::mutex mutex_;
  std::map<std::string, Kind> violations_;
  std::map<std::string, std::size_t> foreign_crashes_;
};

}  // namespace velocal::test
