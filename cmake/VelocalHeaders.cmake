# SPDX-License-Identifier: GPL-3.0-or-later
# Compiles each header alone, and twice: it includes what it needs, and may be included again.
file(GLOB_RECURSE headers CONFIGURE_DEPENDS RELATIVE ${PROJECT_SOURCE_DIR}/libvelocal
     ${PROJECT_SOURCE_DIR}/libvelocal/velocal/*.hpp)
foreach(header IN LISTS headers)
  string(REPLACE ".hpp" ".cpp" source ${PROJECT_BINARY_DIR}/headers/${header})
  file(CONFIGURE OUTPUT ${source} CONTENT "#include \"${header}\"\n#include \"${header}\"\n" @ONLY)
  list(APPEND header_sources ${source})
endforeach()
add_library(velocal_headers OBJECT ${header_sources})
target_include_directories(velocal_headers PRIVATE ${PROJECT_SOURCE_DIR}/libvelocal)
target_link_libraries(velocal_headers PRIVATE Eigen3::Eigen yaml-cpp hdf5::hdf5_cpp hdf5::hdf5 Boost::headers
                                              fmt::fmt velocal_warnings)
target_compile_options(velocal_headers PRIVATE -O0)
set_target_properties(velocal_headers PROPERTIES UNITY_BUILD OFF)
