// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/descriptor/environment.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "velocal/core/error.hpp"

namespace velocal {
namespace {

bool is_variable_name(std::string_view name) {
  const auto is_digit = [](char c) { return '0' <= c && c <= '9'; };
  const auto is_letter = [](char c) { return ('A' <= c && c <= 'Z') || ('a' <= c && c <= 'z') || c == '_'; };
  return !name.empty() && !is_digit(name.front()) &&
         std::all_of(name.begin(), name.end(), [&](char c) { return is_letter(c) || is_digit(c); });
}

/// Value of `NAME` or `NAME:-default`.
std::string variable(std::string_view reference, std::string_view asic) {
  const std::size_t separator = reference.find(":-");
  const std::string name(reference.substr(0, separator));
  if (name == "ASIC") {
    if (asic.empty()) throw UsageError("${ASIC} has no value here", "it stands for a chip, and this is of all chips");
    return std::string(asic);
  }
  if (!is_variable_name(name)) throw UsageError(fmt::format("{:?} is no name of an environment variable", name));
  const char* value = std::getenv(name.c_str());
  if (separator == reference.npos) {
    if (value == nullptr) throw UsageError(fmt::format("the environment variable {} is not set", name));
    return value;
  }
  return value != nullptr && *value != '\0' ? std::string(value) : std::string(reference.substr(separator + 2));
}

}  // namespace

std::string expand_environment(std::string_view text, std::string_view asic) {
  std::string expanded;
  while (!text.empty()) {
    const std::size_t start = std::min(text.find("${"), text.size());
    expanded.append(text.substr(0, start));
    text.remove_prefix(start);
    if (text.empty()) break;
    const std::size_t end = text.find('}');
    if (end == text.npos) throw UsageError("\"${\" without \"}\"");
    expanded.append(variable(text.substr(2, end - 2), asic));
    text.remove_prefix(end + 1);
  }
  return expanded;
}

}  // namespace velocal
