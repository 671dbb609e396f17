// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

namespace velocal::test {

/// The folder of the sources that the tests were built from. A function of one file, so that compiled tests do not
/// depend on where that is and a compiler cache can serve several checkouts.
const std::filesystem::path& source_tree();

}  // namespace velocal::test
