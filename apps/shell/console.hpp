// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace velocal {

class RunLog;

/// Opens /dev/null in place of standard streams that are closed. Data files would otherwise become descriptors 0...2,
/// and be printed into. Writing to a closed standard output still fails.
void secure_standard_streams();

/// Whether it is a terminal that can move its cursor (TERM is not "dumb").
bool is_terminal(int file_descriptor);
/// Whether messages have colours: standard error is a terminal, and NO_COLOR (https://no-color.org) is not set.
bool wants_colour();
int terminal_width();

/// Prints results to the standard output. Throws OutputError when that fails; a reader who went away is no error.
void print(std::string_view text);

enum class Verbosity { quiet, normal, verbose };

/// Prints messages to the standard error: "velocal-fit: warning: text".
class Console {
 public:
  explicit Console(std::string program) : program_(std::move(program)) {}
  void set_verbosity(Verbosity verbosity) { verbosity_ = verbosity; }
  const std::string& program() const { return program_; }
  /// All that is printed also goes into the log, which must live as long as the console and its copies.
  void keep_in(RunLog* log) { log_ = log; }

  void error(std::string_view text) const;
  void hint(std::string_view text) const;  ///< said also with --quiet; no error of ours
  void warning(std::string_view text) const;
  void note(std::string_view text) const;    ///< not with --quiet
  void detail(std::string_view text) const;  ///< with --verbose only

  /// Asks until the answer is y or n; the end of the input means no. Throws Interrupted on a signal.
  bool confirm(std::string_view question) const;
  static bool can_ask() { return is_terminal(0) && is_terminal(2); }

 private:
  void message(std::string_view kind, std::string_view colour, std::string_view text) const;

  std::string program_;
  Verbosity verbosity_ = Verbosity::normal;
  RunLog* log_ = nullptr;
};

}  // namespace velocal
