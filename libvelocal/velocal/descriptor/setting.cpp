// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/descriptor/setting.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <charconv>
#include <cmath>
#include <system_error>

#include "velocal/core/error.hpp"

namespace velocal {
namespace {

template <class Type>
std::optional<Type> number_in(const std::string& text) {
  Type number{};
  const char* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc{} || rest != end) return std::nullopt;
  return number;
}

/// What each domain allows, in words.
struct InWords {
  const Vocabulary& vocabulary;

  std::string operator()(const AnyText&) const { return "a text"; }
  std::string operator()(const OneOf& one) const { return fmt::format("{}", fmt::join(one.words(vocabulary), ", ")); }
  std::string operator()(const Number& number) const {
    return fmt::format("{}{}", number.or_auto ? "auto or " : "", number.rule.words);
  }
  std::string operator()(const Integer& range) const {
    return fmt::format("an integer from {} to {}", range.least, range.most);
  }
  std::string operator()(const TrueOrFalse&) const { return "true or false"; }
};

/// The value of a text; empty when the domain does not have it.
struct Parse {
  const std::string& text;
  const Vocabulary& vocabulary;

  std::optional<SettingValue> operator()(const AnyText&) const { return text; }
  std::optional<SettingValue> operator()(const OneOf& one) const {
    const auto words = one.words(vocabulary);
    if (!words.empty()) index_of_word(one.what, words, text);
    return text;
  }
  std::optional<SettingValue> operator()(const Number& range) const {
    if (range.or_auto && text == "auto") return std::numeric_limits<double>::quiet_NaN();
    const auto number = number_in<double>(text);
    if (!number || !std::isfinite(*number) || !range.rule.holds(*number)) return std::nullopt;
    return *number;
  }
  std::optional<SettingValue> operator()(const Integer& range) const {
    const auto number = number_in<int>(text);
    if (!number || *number < range.least || *number > range.most) return std::nullopt;
    return *number;
  }
  std::optional<SettingValue> operator()(const TrueOrFalse&) const {
    if (text != "true" && text != "false") return std::nullopt;
    return text == "true";
  }
};

}  // namespace

std::string allowed_values(const SettingDomain& domain, const Vocabulary& vocabulary) {
  return std::visit(InWords{vocabulary}, domain);
}

SettingValue parse_setting(const SettingDomain& domain, const std::string& text, const Vocabulary& vocabulary,
                           std::string_view name, std::string_view values) {
  if (const auto value = std::visit(Parse{text, vocabulary}, domain)) return *value;
  throw UsageError(fmt::format("{}: must be {}, got \"{}\"", name,
                               values.empty() ? allowed_values(domain, vocabulary) : std::string(values), text));
}

}  // namespace velocal
