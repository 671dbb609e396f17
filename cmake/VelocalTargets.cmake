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
# For its messages the sanitizer of undefined behaviour notes a million places, which each start of a program has to
# fill in, and the sanitizer of leaks to read at the end: half of a start. GCC's programs stop at the place instead, and the
# sanitizer of addresses says where that is (handle_sigill, CMakePresets.json). What this leaves out is `vptr` alone; the
# fuzz targets (clang) have it.
if(VELOCAL_SANITIZE MATCHES "undefined" AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_compile_options(velocal_sanitizers INTERFACE -fsanitize-undefined-trap-on-error)
endif()

# velocal_add_layer(<name> LAYERS <layers it may use> LIBRARIES <third-party libraries its sources use>)
# The sources are all .cpp files of libvelocal/velocal/<name> and its rooms; what the layer may include is checked by a test.
function(velocal_add_layer name)
  cmake_parse_arguments(arg "" "" "LAYERS;LIBRARIES" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/libvelocal/velocal/${name}/*.cpp)
  add_library(velocal_${name} OBJECT ${sources})
  set_target_properties(velocal_${name} PROPERTIES POSITION_INDEPENDENT_CODE ON)
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
# What is tagged [thorough] does for large drawn samples, or for many pictures, what other tests do once: the
# sanitizers, three to five times as slow, leave it out. To begin a program takes them longer than many a test, so that
# there all tests of a file are one of CTest's; one that is skipped passes.
function(velocal_add_tests name)
  cmake_parse_arguments(arg "" "" "LIBRARIES" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/${name}/*_test.cpp)
  if(NOT sources)
    return()
  endif()
  add_executable(test_${name} ${sources})
  target_link_libraries(test_${name} PRIVATE velocal velocal_test_support velocal_warnings velocal_sanitizers
                        ${arg_LIBRARIES})
  if(NOT name IN_LIST velocal_computing_tests)
    # What is spent on optimising them does not come back when they run.
    target_compile_options(test_${name} PRIVATE $<IF:$<CONFIG:Release>,-O1,-O0>)
  endif()
  if(VELOCAL_SANITIZE)
    foreach(source IN LISTS sources)
      velocal_add_test_of_file(${name} ${source})
    endforeach()
  else()
    catch_discover_tests(test_${name} TEST_PREFIX "${name}/" EXTRA_ARGS --warn NoTests
                         PROPERTIES LABELS ${name} TIMEOUT 900 SKIP_REGULAR_EXPRESSION "SKIPPED: ")
  endif()
endfunction()

function(velocal_add_test_of_file name source)
  file(READ ${source} text)
  string(REGEX MATCHALL "TEST_CASE\\(" cases "${text}")
  string(REGEX MATCHALL "\\[thorough\\]" left_out "${text}")
  list(LENGTH cases cases)
  list(LENGTH left_out left_out)
  if(cases EQUAL left_out)
    return()
  endif()
  cmake_path(GET source STEM file)
  add_test(NAME ${name}/${file} COMMAND test_${name} --filenames-as-tags "[#${file}]~[thorough]" --warn NoTests)
  set_tests_properties(${name}/${file} PROPERTIES LABELS ${name} TIMEOUT 1800)
  if(name STREQUAL "apps")
    set_tests_properties(${name}/${file} PROPERTIES COST 1)  # the longest come first
  endif()
endfunction()
