# SPDX-License-Identifier: GPL-3.0-or-later
# Debian packages, one an install component: `./bootstrap package`. What a package needs of others is found by
# dpkg-shlibdeps; what it needs of its siblings stands here.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_CONTACT "The authors of velocal <velocal@example.org>")
set(CPACK_PACKAGE_DIRECTORY ${PROJECT_BINARY_DIR}/packages)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS ${PROJECT_BINARY_DIR}/libvelocal)
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE
                                                WORLD_READ WORLD_EXECUTE)
set(CPACK_COMPONENTS_ALL library development programs python)

# velocal_package(<component> <package> SECTION <section> SUMMARY <line> TEXT <more> [DEPENDS <packages>])
function(velocal_package component package)
  cmake_parse_arguments(arg "" "SECTION;SUMMARY;TEXT;DEPENDS" "" ${ARGN})
  string(TOUPPER ${component} key)
  set(CPACK_DEBIAN_${key}_PACKAGE_NAME ${package} PARENT_SCOPE)
  set(CPACK_DEBIAN_${key}_PACKAGE_SECTION ${arg_SECTION} PARENT_SCOPE)
  set(CPACK_DEBIAN_${key}_PACKAGE_DEPENDS "${arg_DEPENDS}" PARENT_SCOPE)
  set(CPACK_COMPONENT_${key}_DESCRIPTION "${arg_SUMMARY}\n${arg_TEXT}" PARENT_SCOPE)
  install(FILES packaging/debian/copyright DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/${package} COMPONENT ${component})
  set(changelog ${PROJECT_BINARY_DIR}/changelog/${package}/changelog.gz)
  install(FILES ${changelog} DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/${package} COMPONENT ${component} OPTIONAL)
  file(MAKE_DIRECTORY ${PROJECT_BINARY_DIR}/changelog/${package})
  execute_process(COMMAND gzip -9 -n -c ${PROJECT_SOURCE_DIR}/CHANGELOG.md OUTPUT_FILE ${changelog})
endfunction()

set(text "velocal sums the hits of threshold scans with an X-ray source, fits
the flux of each pixel, and gives the gain in electrons per unit of
threshold, with uncertainties.")
velocal_package(library libvelocal0 SECTION libs TEXT "${text}"
                SUMMARY "calibration of VeloPix threshold scans (library)")
velocal_package(development libvelocal-dev SECTION libdevel TEXT "${text}"
                SUMMARY "calibration of VeloPix threshold scans (headers)"
                DEPENDS "libvelocal0 (= ${PROJECT_VERSION}), libeigen3-dev (>= 3.4)")
velocal_package(programs velocal SECTION science TEXT "${text}"
                SUMMARY "calibration of VeloPix threshold scans (programs)"
                DEPENDS "libvelocal0 (= ${PROJECT_VERSION}), gnuplot-nox | gnuplot, python3:any")
velocal_package(python python3-velocal SECTION python TEXT "${text}"
                SUMMARY "calibration of VeloPix threshold scans (Python)"
                DEPENDS "libvelocal0 (= ${PROJECT_VERSION}), python3 (>= 3.11), python3 (<< 3.12), python3-numpy")
set(CPACK_DEBIAN_LIBRARY_PACKAGE_CONTROL_EXTRA ${PROJECT_SOURCE_DIR}/packaging/debian/triggers)
set(CPACK_DEBIAN_PYTHON_PACKAGE_CONTROL_EXTRA ${PROJECT_SOURCE_DIR}/packaging/debian/python/postinst
                                              ${PROJECT_SOURCE_DIR}/packaging/debian/python/prerm)
include(CPack)
