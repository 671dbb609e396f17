// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/source_tree.hpp"

namespace velocal::test {

const std::filesystem::path& source_tree() {
  static const std::filesystem::path folder(VELOCAL_SOURCE_DIR);
  return folder;
}

}  // namespace velocal::test
