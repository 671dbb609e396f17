// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <mutex>
#include <string>

#include "velocal/core/progress.hpp"

namespace velocal {

enum class ProgressStyle {
  silent,
  lines,  ///< a plain line now and then: logs, batch systems
  bar,    ///< one line, drawn again and again: terminals
};

/// When a progress of style `lines` writes its first line after the start of the work, and how long it then waits.
struct ProgressPace {
  std::chrono::milliseconds first{5000};
  std::chrono::milliseconds interval{10000};
};

/// "45 % (29491 of 65536 pixels), 2000 pixels/s, 18 s left". Rate and time left are there once something is done.
std::string progress_text(std::size_t done, std::size_t total, std::string_view unit, double seconds);

/// Progress on a terminal or in a log. Whatever its style, advance() throws Interrupted after a signal.
class ConsoleProgress final : public Progress {
 public:
  /// `title` goes in front of each line.
  ConsoleProgress(std::string title, ProgressStyle style, std::FILE* out = stderr, ProgressPace pace = {});
  ~ConsoleProgress() override;
  ConsoleProgress(const ConsoleProgress&) = delete;
  ConsoleProgress& operator=(const ConsoleProgress&) = delete;

  void start(std::string_view task, std::size_t total, std::string_view unit) override;
  void advance(std::size_t units) override;
  void finish() override;

 private:
  using Clock = std::chrono::steady_clock;

  void speak_if_due();
  std::string bar(std::size_t done, double seconds) const;
  void erase();

  std::string title_;
  ProgressStyle style_;
  std::FILE* out_;
  ProgressPace pace_;
  bool colour_ = false;

  std::string task_;
  std::string unit_;
  std::size_t total_ = 0;
  Clock::time_point begin_;
  std::atomic<std::size_t> done_{0};
  std::atomic<Clock::rep> due_{0};  ///< when the next line is due, since the epoch of Clock
  std::mutex drawing_;
  bool drawn_ = false;
};

}  // namespace velocal
