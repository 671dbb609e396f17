// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/core/version.hpp"

#include "velocal_build.hpp"

namespace velocal {

std::string_view version() {
  return VELOCAL_VERSION;
}

std::string_view git_hash() {
  return VELOCAL_GIT_HASH;
}

}  // namespace velocal
