// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "velocal/descriptor/source_text.hpp"

namespace velocal {

/// One value of a descriptor with its place, so that messages point into the right file also after `extends`.
struct YamlNode {
  enum class Kind { empty, null, scalar, list, map };  ///< empty: `key:` with nothing behind; null: written out

  Kind kind = Kind::empty;
  Place place;
  std::string scalar;
  bool quoted = false;  ///< scalar: in quotes
  bool flow = false;    ///< list, map: written in brackets or braces
  std::string key;      ///< in a map
  Place key_place;
  std::vector<YamlNode> children;  ///< entries of a list or a map, in the order of the file

  const YamlNode* find(std::string_view child_key) const;  ///< null: there is none
  const YamlNode* label() const;                           ///< a scan's label; null: it has none that is a word
};

/// Name of a child in messages: `fit.model`, `scans[warm]`, `acquisitions[0]`.
std::string child_path(const std::string& parent_path, const YamlNode& parent, std::size_t index);

/// The tree as YAML text; reading it gives the same tree.
std::string emit_yaml(const YamlNode& root);

}  // namespace velocal
