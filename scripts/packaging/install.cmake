# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
# What is installed where. The components: `common`, and `generic` for what Debian keeps elsewhere (or
# not at all), are what `cmake --install` installs; packages take `system` and Debian's `debian` besides
# (contents.cmake).
include(GNUInstallDirs)
set(CMAKE_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE
  GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)

# gzip as Debian wants it, and the same bytes each time.
function(add_gzipped from to)
  add_custom_command(OUTPUT ${to} COMMAND gzip -9nc ${from} > ${to} DEPENDS ${from} VERBATIM)
endfunction()
add_gzipped(nettrace.8 nettrace.8.gz)
string(TIMESTAMP PACKAGE_DATE "%a, %d %b %Y %H:%M:%S +0000" UTC) # SOURCE_DATE_EPOCH where that is set
set(NETTRACE_MAINTAINER "nettrace authors <nettrace@example.org>" CACHE STRING
  "Name and address in the packages")
configure_file(scripts/packaging/changelog.in changelog @ONLY)
add_gzipped(changelog changelog.gz)
add_custom_target(installed ${ALL_BUILDS} DEPENDS nettrace made_docs nettrace.8.gz changelog.gz)

install(TARGETS nettrace DESTINATION ${CMAKE_INSTALL_SBINDIR} COMPONENT common)
install(FILES ${CMAKE_BINARY_DIR}/nettrace.8.gz DESTINATION ${CMAKE_INSTALL_MANDIR}/man8
  COMPONENT common)
install(FILES ${CMAKE_BINARY_DIR}/nettrace.bash RENAME nettrace
  DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions COMPONENT common)
install(FILES ${CMAKE_BINARY_DIR}/nettrace.fish
  DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d COMPONENT common)
# An example: the one in force is in the program, and a copy in /etc would hide a newer one.
install(FILES tracer.json DESTINATION ${CMAKE_INSTALL_DOCDIR}/examples COMPONENT common)

install(FILES ${CMAKE_BINARY_DIR}/_nettrace
  DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions COMPONENT generic)
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DATADIR}/licenses/nettrace COMPONENT generic)

# Relative to /usr, the prefix of packages.
install(DIRECTORY DESTINATION ../etc/nettrace COMPONENT system EXCLUDE_FROM_ALL)

install(FILES ${CMAKE_BINARY_DIR}/_nettrace
  DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions COMPONENT debian EXCLUDE_FROM_ALL)
install(FILES scripts/packaging/copyright ${CMAKE_BINARY_DIR}/changelog.gz
  DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT debian EXCLUDE_FROM_ALL)
install(FILES scripts/packaging/lintian-overrides RENAME nettrace
  DESTINATION ${CMAKE_INSTALL_DATADIR}/lintian/overrides COMPONENT debian EXCLUDE_FROM_ALL)

# A static program holds these libraries' code, and goes with their licences.
if(NETTRACE_STATIC)
  foreach(package libbpf-dev libc6-dev libcli11-dev libelf-dev libfmt-dev libpcap0.8-dev libzstd-dev
      nlohmann-json3-dev zlib1g-dev gcc-12-base)
    install(FILES /usr/share/doc/${package}/copyright RENAME ${package}
      DESTINATION ${CMAKE_INSTALL_DOCDIR}/libraries COMPONENT common OPTIONAL)
  endforeach()
endif()

include(scripts/packaging/packages.cmake)
