# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
# Which components a package holds; CPack reads this for each kind.
if(CPACK_GENERATOR STREQUAL DEB)
  set(components common system debian)
elseif(CPACK_GENERATOR STREQUAL RPM)
  set(components common system generic)
else()
  set(components common generic)
endif()
list(GET CPACK_INSTALL_CMAKE_PROJECTS 0 1 project)
set(CPACK_INSTALL_CMAKE_PROJECTS)
foreach(component IN LISTS components)
  list(APPEND CPACK_INSTALL_CMAKE_PROJECTS ${project} ${component} /)
endforeach()
