// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace velocal {

/// What went wrong, in the numbers that the programs exit with (docs/errors.md).
enum class ErrorKind {
  internal = 1,
  usage = 2,
  descriptor = 3,
  input = 4,
  output = 5,
  loss = 6,
  resource = 7,
};

/// What sets an error right, where a caller can do or say more about it than the text: the programs name the command or
/// option. make_...: that file of results is to be made, or made anew.
enum class Remedy { none, make_baseline, make_flux, make_fit, make_matrices, make_truth, other_data, other_results };

/// The text of every error: "problem (reason). Suggestion". Reason and suggestion may be empty.
std::string error_message(std::string_view problem, std::string_view reason, std::string_view suggestion);

/// Base of everything that this library throws on purpose. A fit that fails is no error but a status.
class Error : public std::runtime_error {
 public:
  /// `message` as error_message() makes it.
  Error(ErrorKind kind, const std::string& message, Remedy remedy = Remedy::none)
      : std::runtime_error(message), kind_(kind), remedy_(remedy) {}
  ErrorKind kind() const noexcept { return kind_; }   ///< also the exit status of a program that ends with it
  Remedy remedy() const noexcept { return remedy_; }  ///< none: the text says all there is

 private:
  ErrorKind kind_;
  Remedy remedy_;
};

/// A call or a command line that asks for what does not exist.
class UsageError : public Error {
 public:
  /// The text is error_message() of the three.
  explicit UsageError(std::string_view problem, std::string_view reason = {}, std::string_view suggestion = {})
      : Error(ErrorKind::usage, error_message(problem, reason, suggestion)) {}
};

/// A dataset descriptor that cannot be used.
class DescriptorError : public Error {
 public:
  /// The text is error_message() of the three.
  explicit DescriptorError(std::string_view problem, std::string_view reason = {}, std::string_view suggestion = {})
      : Error(ErrorKind::descriptor, error_message(problem, reason, suggestion)) {}
};

/// Data that are missing, damaged, or belong to something else.
class InputError : public Error {
 public:
  /// The text is error_message() of the three.
  explicit InputError(std::string_view problem, std::string_view reason = {}, std::string_view suggestion = {},
                      Remedy remedy = Remedy::none)
      : Error(ErrorKind::input, error_message(problem, reason, suggestion), remedy) {}
};

/// A result that cannot be written, or must not be overwritten.
class OutputError : public Error {
 public:
  /// The text is error_message() of the three.
  explicit OutputError(std::string_view problem, std::string_view reason = {}, std::string_view suggestion = {},
                       Remedy remedy = Remedy::none)
      : Error(ErrorKind::output, error_message(problem, reason, suggestion), remedy) {}
};

}  // namespace velocal
