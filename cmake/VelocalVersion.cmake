# SPDX-License-Identifier: GPL-3.0-or-later
# generated/velocal_build.hpp: version and git hash, renewed at each build when the commit has changed.
add_custom_target(velocal_build_info
  COMMAND ${CMAKE_COMMAND} -DSOURCE=${PROJECT_SOURCE_DIR} -DVERSION=${PROJECT_VERSION}
          -DOUTPUT=${PROJECT_BINARY_DIR}/generated/velocal_build.hpp -P ${PROJECT_SOURCE_DIR}/cmake/WriteBuildInfo.cmake
  BYPRODUCTS ${PROJECT_BINARY_DIR}/generated/velocal_build.hpp
  COMMENT "" VERBATIM)
