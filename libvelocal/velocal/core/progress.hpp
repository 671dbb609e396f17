// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string_view>

namespace velocal {

/// Told by the library how far long work has come. An implementation may throw from advance()
/// (an interrupted program does): the work then stops, and the exception reaches the caller.
class Progress {
 public:
  virtual ~Progress() = default;

  /// Work on `total` units (files, pixels) begins.
  virtual void start(std::string_view task, std::size_t total, std::string_view unit) = 0;
  /// `units` more are done. Called from any thread.
  virtual void advance(std::size_t units) = 0;
  /// The work has ended, all of it.
  virtual void finish() = 0;
};

/// Says nothing, never throws; the default of every function that takes a Progress.
Progress& no_progress();

}  // namespace velocal
