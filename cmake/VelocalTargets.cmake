# SPDX-License-Identifier: GPL-3.0-or-later
# Flags of our own targets, and one function a kind of target. Nothing here reaches those who link us.

add_library(velocal_warnings INTERFACE)
target_compile_options(velocal_warnings INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion
                       -Wnon-virtual-dtor -Wold-style-cast -Woverloaded-virtual)
# GCC 12 gives these falsely for std::string and for Eigen's matrices of bounded size.
target_compile_options(velocal_warnings INTERFACE
                       "$<$<CXX_COMPILER_ID:GNU>:-Wno-restrict;-Wno-maybe-uninitialized;-Wno-stringop-overflow>")
if(VELOCAL_WERROR)
  target_compile_options(velocal_warnings INTERFACE -Werror)
endif()

add_library(velocal_sanitizers INTERFACE)
if(VELOCAL_SANITIZE)
  target_compile_options(velocal_sanitizers INTERFACE -fsanitize=${VELOCAL_SANITIZE} -fno-sanitize-recover=all
                         -fno-omit-frame-pointer)
  target_link_options(velocal_sanitizers INTERFACE -fsanitize=${VELOCAL_SANITIZE})
endif()
# The sanitizers note a million addresses. Where these are not fixed, each start of a program has to fill them in, which
# takes longer than many a test. A Python module cannot be had so.
if(VELOCAL_SANITIZE AND NOT VELOCAL_SANITIZE_PYTHON)
  set(VELOCAL_FIXED_ADDRESSES ON)
  target_compile_options(velocal_sanitizers INTERFACE -fno-pie)
  target_link_options(velocal_sanitizers INTERFACE -no-pie)
endif()

# velocal_add_layer(<name> LAYERS <layers it may use> LIBRARIES <third-party libraries its sources use>)
# The sources are all .cpp files of libvelocal/velocal/<name> and its rooms; what the layer may include is checked by a test.
function(velocal_add_layer name)
  cmake_parse_arguments(arg "" "" "LAYERS;LIBRARIES" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/libvelocal/velocal/${name}/*.cpp)
  add_library(velocal_${name} OBJECT ${sources})
  if(NOT VELOCAL_FIXED_ADDRESSES)
    set_target_properties(velocal_${name} PROPERTIES POSITION_INDEPENDENT_CODE ON)
  endif()
  target_include_directories(velocal_${name} PUBLIC ${PROJECT_SOURCE_DIR}/libvelocal ${PROJECT_BINARY_DIR}/generated)
  target_link_libraries(velocal_${name} PUBLIC Eigen3::Eigen PRIVATE velocal_warnings velocal_sanitizers fmt::fmt
                        ${arg_LIBRARIES})
  foreach(layer IN LISTS arg_LAYERS)
    add_dependencies(velocal_${name} velocal_${layer})
  endforeach()
  target_link_libraries(velocal PRIVATE velocal_${name})
endfunction()

# velocal_add_program(<name>): apps/<name>.cpp becomes bin/<name>, which finds the library wherever both are installed
function(velocal_add_program name)
  add_executable(${name} ${name}.cpp)
  target_link_libraries(${name} PRIVATE velocal_apps velocal_warnings velocal_sanitizers)
  file(RELATIVE_PATH library_from_program ${CMAKE_INSTALL_FULL_BINDIR} ${CMAKE_INSTALL_FULL_LIBDIR})
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bin
                        INSTALL_RPATH "$ORIGIN/${library_from_program}")
  add_dependencies(velocal_programs ${name})
  install(TARGETS ${name} RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT programs)
endfunction()

# velocal_add_tests(<name> [LIBRARIES ...]): one Catch2 program of all tests/<name>/*_test.cpp, labelled <name>.
# A test that writes "SKIPPED: <reason>" counts as skipped. A test's name passes through
# CMake and a command line: it has no ";" and no "-" in front; one that then matches no test fails.
# What is tagged [statistics] compares large drawn samples with their truth, in code that other tests run, too: the
# sanitizers, three to five times as slow, leave it out.
function(velocal_add_tests name)
  cmake_parse_arguments(arg "" "" "LIBRARIES" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/${name}/*_test.cpp)
  if(NOT sources)
    return()
  endif()
  add_executable(test_${name} ${sources})
  target_link_libraries(test_${name} PRIVATE velocal velocal_test_support velocal_warnings velocal_sanitizers
                        ${arg_LIBRARIES})
  if(VELOCAL_SANITIZE)
    set(selection TEST_SPEC "~[statistics]")
    if(NOT name IN_LIST velocal_computing_tests)
      target_compile_options(test_${name} PRIVATE -O0)  # takes half as long to compile
    endif()
  endif()
  catch_discover_tests(test_${name} ${selection} TEST_PREFIX "${name}/" EXTRA_ARGS --warn NoTests
                       PROPERTIES LABELS ${name} TIMEOUT 900 SKIP_REGULAR_EXPRESSION "SKIPPED: ")
endfunction()
