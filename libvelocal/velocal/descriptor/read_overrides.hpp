// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "velocal/descriptor/fields.hpp"

namespace velocal {

/// The chips of `asics`, in order. Throws DescriptorError for a pattern that is wrong, and a chip that is there twice.
std::vector<std::string> read_chip_names(const Field& asics);

/// `<module>_<velopix>`, or it throws DescriptorError.
void require_chip_name(const Field& field, const std::string& name);

/// What `overrides` and `faults` say of single chips.
class ChipOverrides {
 public:
  /// `root`: the descriptor. Throws DescriptorError for a chip that is not among these, and for a scan that the
  /// descriptor lacks.
  ChipOverrides(const YamlNode& root, std::span<const std::string> chips);

  /// The descriptor as it is for this chip, without the keys that are of many.
  YamlNode descriptor_of(const std::string& chip) const;
  /// Why the chip is left out; empty: it is not.
  std::string skipped(const std::string& chip) const;
  /// What `faults` says of the chip.
  ChipFault fault(const std::string& chip) const;

 private:
  const YamlNode& root_;
  YamlNode common_;
};

}  // namespace velocal
