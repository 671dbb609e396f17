// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/version.hpp"

#include <fmt/core.h>

#include <Eigen/Core>
#include <boost/version.hpp>
#include <nlohmann/json.hpp>

#include "velocal/core/simd_level.hpp"
#include "velocal/core/version.hpp"

namespace velocal {

std::string version_text(std::string_view program) {
  return fmt::format(
      "{} {} (git {})\n"
      "Boost {}.{}.{}, Eigen {}.{}.{}, GSL {}, HDF5 {}, yaml-cpp {}, fmt {}.{}.{}, nlohmann_json {}.{}.{}, xxHash {}, "
      "OpenSSL {}, libarchive {}, libdeflate {}\n"
      "SIMD: {}\n",
      program, version(), git_hash(), BOOST_VERSION / 100000, BOOST_VERSION / 100 % 1000, BOOST_VERSION % 100,
      EIGEN_WORLD_VERSION, EIGEN_MAJOR_VERSION, EIGEN_MINOR_VERSION, VELOCAL_GSL_VERSION, VELOCAL_HDF5_VERSION,
      VELOCAL_YAML_CPP_VERSION, FMT_VERSION / 10000, FMT_VERSION / 100 % 100, FMT_VERSION % 100,
      NLOHMANN_JSON_VERSION_MAJOR, NLOHMANN_JSON_VERSION_MINOR, NLOHMANN_JSON_VERSION_PATCH, VELOCAL_XXHASH_VERSION,
      VELOCAL_OPENSSL_VERSION, VELOCAL_LIBARCHIVE_VERSION, VELOCAL_LIBDEFLATE_VERSION, simd_level_name(simd_level()));
}

}  // namespace velocal
