# SPDX-License-Identifier: GPL-3.0-or-later
# The installed tree may be moved as a whole: everything in it finds the rest by relative paths.
include(CMakePackageConfigHelpers)

set(package_folder ${CMAKE_INSTALL_LIBDIR}/cmake/velocal)
install(TARGETS velocal EXPORT velocalTargets LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}
        COMPONENT library NAMELINK_COMPONENT development)
install(EXPORT velocalTargets NAMESPACE velocal:: DESTINATION ${package_folder} COMPONENT development)
include(libvelocal/public_headers.cmake)
foreach(header IN LISTS velocal_public_headers)
  cmake_path(GET header PARENT_PATH folder)
  install(FILES libvelocal/${header} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/${folder} COMPONENT development)
endforeach()
install(DIRECTORY datasets DESTINATION ${CMAKE_INSTALL_DATADIR}/velocal COMPONENT programs)
install(DIRECTORY workflow DESTINATION ${CMAKE_INSTALL_DATADIR}/velocal COMPONENT programs USE_SOURCE_PERMISSIONS)

configure_package_config_file(cmake/velocalConfig.cmake.in ${PROJECT_BINARY_DIR}/velocalConfig.cmake
                              INSTALL_DESTINATION ${package_folder})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/velocalConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/velocalConfig.cmake ${PROJECT_BINARY_DIR}/velocalConfigVersion.cmake
        DESTINATION ${package_folder} COMPONENT development)

file(RELATIVE_PATH includedir_from_libdir ${CMAKE_INSTALL_FULL_LIBDIR} ${CMAKE_INSTALL_FULL_INCLUDEDIR})
configure_file(cmake/velocal.pc.in ${PROJECT_BINARY_DIR}/velocal.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/velocal.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT development)
