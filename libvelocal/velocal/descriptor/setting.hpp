// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "velocal/descriptor/fit_settings.hpp"
#include "velocal/descriptor/vocabulary.hpp"

// A setting is one row of a table (setting_tables.hpp). The descriptor's reader, the command line, the attributes of
// results files and the test of docs/descriptor.md all work from the row.

namespace velocal {

/// What a number has to be, beside finite.
struct NumberRule {
  std::string_view words;
  bool (*holds)(double);
};
inline constexpr NumberRule finite{"a finite number", [](double) { return true; }};
inline constexpr NumberRule positive{"a positive number", [](double x) { return x > 0; }};
inline constexpr NumberRule non_negative{"a number >= 0", [](double x) { return x >= 0; }};
inline constexpr NumberRule inside_0_1{"a number above 0 and below 1", [](double x) { return x > 0 && x < 1; }};
inline constexpr NumberRule from_0_to_1{"a number from 0 to 1", [](double x) { return x >= 0 && x <= 1; }};
inline constexpr NumberRule above_0_to_1{"a number above 0, at most 1", [](double x) { return x > 0 && x <= 1; }};

// What values a setting may have.
struct AnyText {};
struct PathText {};  ///< its environment variables are filled in; "" = none
struct OneOf {
  std::string_view what;  ///< names the setting in `unknown statistic "poison"`
  std::vector<std::string_view> (*words)(const Vocabulary&);
};
struct Number {
  NumberRule rule;
  bool or_auto = false;  ///< the word `auto` may stand in its place
};
struct Integer {
  int least;
  int most;
};
struct TrueOrFalse {};
/// A map {from: ..., to: ...} of thresholds, one or both; the plain form is "1490..1600", and "" without one.
struct DacRange {};
struct NameList {};  ///< names, each once; the plain form is their text, "a, b"
using SettingDomain = std::variant<AnyText, PathText, OneOf, Number, Integer, TrueOrFalse, DacRange, NameList>;

/// The words of an enumeration.
template <SettingEnum Enum>
OneOf one_of_words() {
  return {enum_words<Enum>.what, [](const Vocabulary&) {
            const auto words = setting_words<Enum>();
            return std::vector<std::string_view>(words.begin(), words.end());
          }};
}

/// A setting's value in plain form: a word or name as it is written, a number (NaN: `auto`), true or false.
using SettingValue = std::variant<std::string, double, int, bool>;

/// A member's type in plain form and back. The plain value has to be in the setting's domain.
template <class Type>
struct PlainForm {
  static SettingValue of(const Type& value) { return value; }
  static Type read(const SettingValue& plain) { return std::get<Type>(plain); }
};
template <>
struct PlainForm<std::optional<double>> {
  static SettingValue of(const std::optional<double>& value) {
    return value.value_or(std::numeric_limits<double>::quiet_NaN());
  }
  static std::optional<double> read(const SettingValue& plain) {
    const double value = std::get<double>(plain);
    return value == value ? std::optional(value) : std::nullopt;
  }
};
template <>
struct PlainForm<std::vector<std::string>> {
  static SettingValue of(const std::vector<std::string>& names);
  static std::vector<std::string> read(const SettingValue& plain);
};
template <>
struct PlainForm<std::optional<FitRange>> {
  static SettingValue of(const std::optional<FitRange>& range);
  static std::optional<FitRange> read(const SettingValue& plain);
};
template <SettingEnum Enum>
struct PlainForm<Enum> {
  static SettingValue of(Enum value) { return std::string(to_string(value)); }
  static Enum read(const SettingValue& plain) { return parse_word<Enum>(std::get<std::string>(plain)); }
};

/// Access to a member of `Section` in plain form.
template <class Section>
struct SettingMember {
  SettingValue (*get)(const Section&);
  void (*set)(Section&, const SettingValue&);
};

/// `member<&FitSettings::model>`
template <auto pointer>
inline constexpr auto member = []<class Section, class Type>(Type Section::*) {
  return SettingMember<Section>{
      [](const Section& section) { return PlainForm<Type>::of(section.*pointer); },
      [](Section& section, const SettingValue& plain) { section.*pointer = PlainForm<Type>::read(plain); }};
}(pointer);

/// One setting of a section of the descriptor. Its default is the one of the struct `Section`.
template <class Section>
struct Setting {
  std::string_view key;
  SettingMember<Section> member;
  SettingDomain domain;
  std::string_view help = {};           ///< one line for --help
  bool is_option = false;               ///< the stage's program takes it as `--key`, with `-` for `_`
  std::string_view placeholder = {};    ///< stands for the option's value in --help; "": the words there are
  std::string_view option_values = {};  ///< what messages ask of the option's value; "": allowed_values()
  std::string_view attribute = {};      ///< its name in results files; "": the key
  /// Its value in results files that are older than the setting; empty: the default. Set it before the default changes.
  std::optional<SettingValue> formerly = {};

  SettingValue default_value() const { return member.get(Section{}); }
  SettingValue value_of_older_files() const { return formerly.value_or(default_value()); }
  std::string attribute_name() const { return std::string(attribute.empty() ? key : attribute); }
};

/// Whether these are names of parameters: a letter, then letters, digits and `_`; no name twice.
bool are_names(const std::vector<std::string>& names);

/// What a value may be, in words: `neyman, poisson`, `auto or a number >= 0`, `an integer from 0 to 9`.
std::string allowed_values(const SettingDomain& domain, const Vocabulary& vocabulary = {});

/// The value that stands as text on a command line or in a results file. A list of words that is empty allows any.
/// Throws UsageError: `unknown <what> "text" (there are ...)`, or `<name>: must be <values>, got "text"`.
SettingValue parse_setting(const SettingDomain& domain, const std::string& text, const Vocabulary& vocabulary,
                           std::string_view name, std::string_view values = {});

}  // namespace velocal
