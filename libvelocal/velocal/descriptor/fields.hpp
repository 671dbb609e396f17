// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "velocal/descriptor/fit_settings.hpp"
#include "velocal/descriptor/scan_settings.hpp"
#include "velocal/descriptor/yaml_tree.hpp"

namespace velocal {

/// What a number has to be, beside finite.
struct NumberRule {
  std::string_view words;
  bool (*holds)(double);
};
inline constexpr NumberRule finite{"a finite number", [](double) { return true; }};
inline constexpr NumberRule positive{"a positive number", [](double x) { return x > 0; }};
inline constexpr NumberRule non_negative{"a number >= 0", [](double x) { return x >= 0; }};
inline constexpr NumberRule non_negative_or_auto{"auto or a number >= 0", [](double x) { return x >= 0; }};
inline constexpr NumberRule inside_0_1{"a number above 0 and below 1", [](double x) { return x > 0 && x < 1; }};
inline constexpr NumberRule from_0_to_1{"a number from 0 to 1", [](double x) { return x >= 0 && x <= 1; }};
inline constexpr NumberRule above_0_to_1{"a number above 0, at most 1", [](double x) { return x > 0 && x <= 1; }};

/// A value of the tree together with its name in messages. Whatever reads it throws DescriptorError when it is not
/// that. The tree has to outlive it.
class Field {
 public:
  Field(const YamlNode& node, std::string path) : node_(&node), path_(std::move(path)) {}

  const YamlNode& node() const { return *node_; }
  const std::string& path() const { return path_; }  ///< such as `scans[warm].thresholds.step`

  /// `<problem>, got <the value>`
  [[noreturn]] void fail(std::string_view problem, std::string_view suggestion = {}) const;
  /// `must be <expected>, got <the value>`
  [[noreturn]] void reject(std::string_view expected, std::string_view suggestion = {}) const;

  const std::string& text() const;  ///< not empty, no control characters
  std::string folder_name() const;  ///< text that names one folder and stands in a CSV field as it is
  std::string file_path() const;    ///< text, environment expanded
  bool flag() const;
  int integer(int least, int most) const;
  double number(const NumberRule& rule) const;
  InclusiveRange integer_or_range(int least, int most) const;
  std::size_t one_of(std::span<const std::string_view> words) const;  ///< index of the word
  std::vector<Field> items() const;                                   ///< of a list
  std::vector<Field> entries() const;                                 ///< of a map

 private:
  std::vector<Field> children() const;

  const YamlNode* node_;
  std::string path_;
};

/// A map with a fixed set of keys, each there or not.
class Section {
 public:
  /// Throws DescriptorError unless the field is a map that has none but these keys; `unknown` is what any other is.
  Section(Field field, const std::vector<std::string_view>& keys, std::string_view unknown = "unknown key");

  std::optional<Field> find(std::string_view key) const;  ///< empty: the key is missing
  /// Throws DescriptorError when the key is missing; `why` says what asks for it.
  Field get(std::string_view key, std::string_view why = {}) const;

  /// These leave the value as it is when the key is missing.
  void read(std::string_view key, double& value, const NumberRule& rule) const;
  void read(std::string_view key, int& value, int least, int most) const;
  template <class Setting>
  void read(std::string_view key, Setting& value) const {
    if (const auto field = find(key)) value = static_cast<Setting>(field->one_of(setting_words<Setting>()));
  }

 private:
  Field field_;
};

}  // namespace velocal
