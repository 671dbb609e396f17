// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace velocal {

/// A program started with closed standard streams would get its data files as descriptors 0...2, and print into them.
/// Fills the gaps; writing to what stands in for a closed standard output fails.
void secure_standard_streams();

/// A terminal that moves its cursor (TERM is not "dumb").
bool is_terminal(int file_descriptor);
/// Colours on standard error: a terminal, and NO_COLOR is not set (https://no-color.org).
bool wants_colour();
int terminal_width();

/// Results, to standard output. Throws OutputError when they cannot be written; a reader who went away is no error.
void print(std::string_view text);

enum class Verbosity { quiet, normal, verbose };

/// Messages, to standard error: "velocal-fit: warning: text".
class Console {
 public:
  explicit Console(std::string program) : program_(std::move(program)) {}
  void set_verbosity(Verbosity verbosity) { verbosity_ = verbosity; }
  const std::string& program() const { return program_; }

  void error(std::string_view text) const;
  void hint(std::string_view text) const;  ///< always said, and no error of ours
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
};

}  // namespace velocal
