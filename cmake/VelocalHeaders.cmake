# SPDX-License-Identifier: GPL-3.0-or-later
# Compiles each installed header alone, and twice: it includes what it needs, and may be included again. That all
# headers include what they name is a test of tests/architecture, which takes a second and not minutes.
include(${PROJECT_SOURCE_DIR}/libvelocal/public_headers.cmake)
foreach(header IN LISTS velocal_public_headers)
  string(REPLACE ".hpp" ".cpp" source ${PROJECT_BINARY_DIR}/headers/${header})
  file(CONFIGURE OUTPUT ${source} CONTENT "#include \"${header}\"\n#include \"${header}\"\n" @ONLY)
  list(APPEND header_sources ${source})
endforeach()
add_library(velocal_headers OBJECT ${header_sources})
target_include_directories(velocal_headers PRIVATE ${PROJECT_SOURCE_DIR}/libvelocal)
target_link_libraries(velocal_headers PRIVATE Eigen3::Eigen velocal_warnings)
target_compile_options(velocal_headers PRIVATE -O0)
set_target_properties(velocal_headers PROPERTIES UNITY_BUILD OFF)
