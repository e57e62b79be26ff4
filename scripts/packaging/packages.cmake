# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
# What CPack makes: .deb, .rpm and .tar.gz, all of the static program, which needs nothing.
set(CPACK_GENERATOR DEB RPM TGZ)
set(CPACK_PACKAGE_VENDOR nettrace)
set(CPACK_PACKAGE_CONTACT ${NETTRACE_MAINTAINER})
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "trace the way of packets through the Linux kernel")
set(CPACK_PACKAGE_DESCRIPTION
  "nettrace shows every kernel function that a packet passes on its way through
the network stack, in order, with its addresses and flags at each step. It
filters in the kernel by eBPF, and runs on kernels 5.10 and newer.")
set(CPACK_RESOURCE_FILE_LICENSE ${PROJECT_SOURCE_DIR}/LICENSE)
set(CPACK_PACKAGE_FILE_NAME nettrace-${PROJECT_VERSION}-${CMAKE_SYSTEM_PROCESSOR})
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS ${CMAKE_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS})
set(CPACK_PROJECT_CONFIG_FILE ${PROJECT_SOURCE_DIR}/scripts/packaging/contents.cmake)

set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_ARCHITECTURE ${CMAKE_SYSTEM_PROCESSOR})
string(REPLACE x86_64 amd64 CPACK_DEBIAN_PACKAGE_ARCHITECTURE ${CPACK_DEBIAN_PACKAGE_ARCHITECTURE})
string(REPLACE aarch64 arm64 CPACK_DEBIAN_PACKAGE_ARCHITECTURE ${CPACK_DEBIAN_PACKAGE_ARCHITECTURE})
set(CPACK_DEBIAN_PACKAGE_SECTION net)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz) # dpkg of Debian 11 knows no zstd

set(CPACK_RPM_FILE_NAME RPM-DEFAULT)
set(CPACK_RPM_PACKAGE_ARCHITECTURE ${CMAKE_SYSTEM_PROCESSOR})
set(CPACK_RPM_PACKAGE_LICENSE "GPL-2.0-only OR BSD-2-Clause")
set(CPACK_RPM_PACKAGE_GROUP System/Monitoring)
set(CPACK_RPM_PACKAGE_DESCRIPTION ${CPACK_PACKAGE_DESCRIPTION})
set(CPACK_RPM_PACKAGE_RELOCATABLE OFF)
set(CPACK_RPM_COMPRESSION_TYPE xz)
set(CPACK_RPM_USER_FILELIST "%license /usr/share/licenses/nettrace/LICENSE")
# Folders that belong to other packages.
foreach(folder sbin share/bash-completion share/bash-completion/completions share/fish
    share/fish/vendor_completions.d share/licenses share/man share/man/man8 share/zsh
    share/zsh/site-functions)
  list(APPEND CPACK_RPM_EXCLUDE_FROM_AUTO_FILELIST_ADDITION /usr/${folder})
endforeach()
# The same bytes each time, and no look at files that are made already.
set(CPACK_RPM_SPEC_MORE_DEFINE
  "%define _buildhost localhost
%define use_source_date_epoch_as_buildtime 1
%define clamp_mtime_to_source_date_epoch 1
%define _build_id_links none
%define __os_install_post %{nil}")
include(CPack)
