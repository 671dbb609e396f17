# SPDX-License-Identifier: GPL-3.0-or-later
# Compiles each public header alone, and twice: it includes what it needs, needs nothing but Eigen and the standard
# library, and may be included again.
file(GLOB_RECURSE headers CONFIGURE_DEPENDS RELATIVE ${PROJECT_SOURCE_DIR}/libvelocal
     ${PROJECT_SOURCE_DIR}/libvelocal/velocal/*.hpp)
list(FILTER headers EXCLUDE REGEX "_detail\\.hpp$")
foreach(header IN LISTS headers)
  string(REPLACE ".hpp" ".cpp" source ${PROJECT_BINARY_DIR}/headers/${header})
  file(CONFIGURE OUTPUT ${source} CONTENT "#include \"${header}\"\n#include \"${header}\"\n" @ONLY)
  list(APPEND header_sources ${source})
endforeach()
add_library(velocal_headers OBJECT ${header_sources})
target_include_directories(velocal_headers PRIVATE ${PROJECT_SOURCE_DIR}/libvelocal)
target_link_libraries(velocal_headers PRIVATE Eigen3::Eigen velocal_warnings)
target_compile_options(velocal_headers PRIVATE -O0)
