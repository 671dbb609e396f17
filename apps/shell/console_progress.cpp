// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/console_progress.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "shell/console.hpp"
#include "shell/signals.hpp"

namespace velocal {
namespace {

constexpr std::chrono::milliseconds redraw_interval{100};

std::string duration_text(double seconds) {
  const auto whole = static_cast<long long>(seconds + 0.5);
  if (whole < 60) return fmt::format("{} s", whole);
  if (whole < 3600) return fmt::format("{} min {:02} s", whole / 60, whole % 60);
  return fmt::format("{} h {:02} min", whole / 3600, whole / 60 % 60);
}

std::size_t percent(std::size_t done, std::size_t total) {
  return total == 0 ? 100 : 100 * done / total;
}

/// ", 2000 pixels/s, 18 s left"; empty while nothing is done.
std::string speed_text(std::size_t done, std::size_t total, std::string_view unit, double seconds) {
  if (done == 0 || seconds <= 0.0) return {};
  const double rate = static_cast<double>(done) / seconds;
  const double left = static_cast<double>(total - std::min(done, total)) / rate;
  return fmt::format(", {:.{}f} {}/s, {} left", rate, rate < 10.0 ? 1 : 0, unit, duration_text(left));
}

}  // namespace

std::string progress_text(std::size_t done, std::size_t total, std::string_view unit, double seconds) {
  return fmt::format("{} % ({} of {} {}){}", percent(done, total), done, total, unit,
                     speed_text(done, total, unit, seconds));
}

ConsoleProgress::ConsoleProgress(std::string title, ProgressStyle style, std::FILE* out, ProgressPace pace)
    : title_(std::move(title)), style_(style), out_(out), pace_(pace), colour_(wants_colour()) {}

ConsoleProgress::~ConsoleProgress() {
  erase();
}

void ConsoleProgress::start(std::string_view task, std::size_t total, std::string_view unit) {
  throw_if_interrupted();
  task_ = task;
  unit_ = unit;
  total_ = total;
  done_ = 0;
  begin_ = Clock::now();
  const auto wait = style_ == ProgressStyle::bar ? Clock::duration::zero() : Clock::duration(pace_.first);
  due_ = (begin_ + wait).time_since_epoch().count();
}

void ConsoleProgress::advance(std::size_t units) {
  throw_if_interrupted();
  done_ += units;
  if (style_ != ProgressStyle::silent) speak_if_due();
}

void ConsoleProgress::finish() {
  erase();
  throw_if_interrupted();
}

void ConsoleProgress::speak_if_due() {
  const auto now = Clock::now();
  if (now.time_since_epoch().count() < due_.load(std::memory_order_relaxed)) return;
  const std::unique_lock lock(drawing_, std::try_to_lock);
  if (!lock) return;  // another thread is just saying it
  const auto wait = style_ == ProgressStyle::bar ? Clock::duration(redraw_interval) : Clock::duration(pace_.interval);
  due_ = (now + wait).time_since_epoch().count();
  const double seconds = std::chrono::duration<double>(now - begin_).count();
  const std::size_t done = done_;
  if (style_ == ProgressStyle::bar) {
    std::fputs(bar(done, seconds).c_str(), out_);
    std::fflush(out_);
    drawn_ = true;
  } else {
    const std::string line = fmt::format("{}: {}: {}\n", title_, task_, progress_text(done, total_, unit_, seconds));
    std::fputs(line.c_str(), out_);
  }
}

std::string ConsoleProgress::bar(std::size_t done, double seconds) const {
  const std::string head = fmt::format("{}: {} ", title_, task_);
  const std::string tail = fmt::format(" {} %{}", percent(done, total_), speed_text(done, total_, unit_, seconds));
  // a line that fills the terminal would wrap, and \r would not find its beginning again
  const auto width = static_cast<std::size_t>(terminal_width() - 1);
  const std::size_t texts = head.size() + tail.size() + 2;
  if (texts >= width) return fmt::format("\r{}\033[K", tail.substr(1, width));
  const std::size_t cells = std::min<std::size_t>(30, width - texts);
  const std::size_t full = total_ == 0 ? cells : std::min(cells, cells * done / total_);
  return fmt::format("\r{}[{}{}{}{}]{}\033[K", head, colour_ ? "\033[32m" : "", std::string(full, '#'),
                     colour_ ? "\033[0m" : "", std::string(cells - full, '-'), tail);
}

void ConsoleProgress::erase() {
  const std::scoped_lock lock(drawing_);
  if (!drawn_) return;
  std::fputs("\r\033[K", out_);
  std::fflush(out_);
  drawn_ = false;
}

}  // namespace velocal
