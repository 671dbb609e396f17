// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "velocal/descriptor/scan_settings.hpp"
#include "velocal/descriptor/setting.hpp"
#include "velocal/descriptor/yaml_tree.hpp"

namespace velocal {

/// A value of the tree together with its name in messages. Each reading function throws DescriptorError when the value
/// is something else. The tree has to outlive the field.
class Field {
 public:
  /// `asic`: what ${ASIC} stands for in paths; it has to outlive the field. Empty: it stands for nothing.
  Field(const YamlNode& node, std::string path, std::string_view asic = {})
      : node_(&node), path_(std::move(path)), asic_(asic) {}

  const YamlNode& node() const { return *node_; }
  const std::string& path() const { return path_; }  ///< such as `scans[warm].thresholds.step`
  std::string_view asic() const { return asic_; }

  /// `<problem>, got <the value>`
  [[noreturn]] void fail(std::string_view problem, std::string_view suggestion = {}) const;
  /// `must be <expected>, got <the value>`
  [[noreturn]] void reject(std::string_view expected, std::string_view suggestion = {}) const;

  const std::string& text() const;  ///< not empty, no control characters
  std::string folder_name() const;  ///< text that names one folder and stands in a CSV field as it is
  /// The same of a folder beside our own files and folders, whose names it may not have.
  std::string folder_name_beside(std::span<const std::string_view> ours) const;
  std::string file_path() const;  ///< text, environment and ${ASIC} expanded
  bool flag() const;
  int integer(int least, int most) const;
  double number(const NumberRule& rule) const;
  InclusiveRange integer_or_range(int least, int most) const;
  std::size_t one_of(std::span<const std::string_view> words) const;  ///< index of the word
  std::vector<Field> items() const;                                   ///< the field is a list
  std::vector<Field> entries() const;                                 ///< the field is a map

 private:
  std::vector<Field> children() const;

  const YamlNode* node_;
  std::string path_;
  std::string_view asic_;
};

/// A map with a fixed set of keys, each there or not.
class Section {
 public:
  /// Throws DescriptorError when the field is no map, or has another key than these; `unknown` says what that key is.
  Section(Field field, const std::vector<std::string_view>& keys, std::string_view unknown = "unknown key");

  std::optional<Field> find(std::string_view key) const;  ///< empty: the key is missing
  /// Throws DescriptorError when the key is missing; `why` says what asks for it.
  Field get(std::string_view key, std::string_view why = {}) const;

  /// Leaves the value as it is when the key is missing.
  void read(std::string_view key, int& value, int least, int most) const;

 private:
  Field field_;
};

}  // namespace velocal
