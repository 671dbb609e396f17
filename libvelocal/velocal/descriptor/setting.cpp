// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/descriptor/setting.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
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

/// The names of a text with commas between them.
std::vector<std::string> names_in(const std::string& text) {
  std::vector<std::string> names;
  if (text.empty()) return names;
  for (std::size_t begin = 0, end = 0; begin <= text.size(); begin = end + 1) {
    end = std::min(text.find(',', begin), text.size());
    std::string name = text.substr(begin, end - begin);
    name.erase(0, name.find_first_not_of(' '));
    name.erase(name.find_last_not_of(' ') + 1);
    names.push_back(std::move(name));
  }
  return names;
}

/// The range of a text `from..to`, `from..` or `..to`.
std::optional<FitRange> range_in(const std::string& text) {
  const std::size_t dots = text.find("..");
  if (dots == std::string::npos || text == "..") return std::nullopt;
  const auto end_of = [](const std::string& number, int open) {
    return number.empty() ? std::optional(open) : number_in<int>(number);
  };
  const auto from = end_of(text.substr(0, dots), FitRange{}.from), to = end_of(text.substr(dots + 2), FitRange{}.to);
  if (!from || !to || *from < 0 || *to < *from || *to > FitRange{}.to) return std::nullopt;
  return FitRange{*from, *to};
}

/// What each domain allows, in words.
struct InWords {
  const Vocabulary& vocabulary;

  std::string operator()(const AnyText&) const { return "a text"; }
  std::string operator()(const PathText&) const { return "a path"; }
  std::string operator()(const OneOf& one) const { return fmt::format("{}", fmt::join(one.words(vocabulary), ", ")); }
  std::string operator()(const Number& number) const {
    return fmt::format("{}{}", number.or_auto ? "auto or " : "", number.rule.words);
  }
  std::string operator()(const Integer& range) const {
    return fmt::format("an integer from {} to {}", range.least, range.most);
  }
  std::string operator()(const TrueOrFalse&) const { return "true or false"; }
  std::string operator()(const DacRange&) const { return "{from: …, to: …}"; }
  std::string operator()(const NameList&) const { return "a list of names"; }
};

/// The value of a text; empty when the domain does not have it.
struct Parse {
  const std::string& text;
  const Vocabulary& vocabulary;

  std::optional<SettingValue> operator()(const AnyText&) const { return text; }
  std::optional<SettingValue> operator()(const PathText&) const { return text; }
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
  std::optional<SettingValue> operator()(const DacRange&) const {
    if (!text.empty() && !range_in(text)) return std::nullopt;
    return text;
  }
  std::optional<SettingValue> operator()(const NameList&) const {
    const std::vector<std::string> names = names_in(text);
    if (!are_names(names)) return std::nullopt;
    return PlainForm<std::vector<std::string>>::of(names);
  }
};

}  // namespace

SettingValue PlainForm<std::vector<std::string>>::of(const std::vector<std::string>& names) {
  return fmt::format("{}", fmt::join(names, ", "));
}

std::vector<std::string> PlainForm<std::vector<std::string>>::read(const SettingValue& plain) {
  return names_in(std::get<std::string>(plain));
}

SettingValue PlainForm<std::optional<FitRange>>::of(const std::optional<FitRange>& range) {
  return range ? fmt::format("{}..{}", range->from, range->to) : std::string();
}

std::optional<FitRange> PlainForm<std::optional<FitRange>>::read(const SettingValue& plain) {
  return range_in(std::get<std::string>(plain));
}

bool are_names(const std::vector<std::string>& names) {
  const auto is_name = [](const std::string& name) {
    return !name.empty() && std::isalpha(static_cast<unsigned char>(name.front())) != 0 &&
           std::ranges::all_of(name, [](unsigned char c) { return std::isalnum(c) != 0 || c == '_'; });
  };
  const auto once = [&](const std::string& name) { return std::ranges::count(names, name) == 1; };
  return std::ranges::all_of(names, is_name) && std::ranges::all_of(names, once);
}

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
