// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// glibc looks names up with the libraries that /etc/nsswitch.conf lists, and libpcap has it do so
// for the hosts and ports of expressions. A static program would load the libraries of the system
// that it runs on, which are made for that system's glibc. These two are in the program.
#include <nss.h>

__attribute__((constructor)) static void use_own_name_services(void) {
  static const char* const of_files[] = {"ethers", "networks", "protocols", "services"};
  for (unsigned long i = 0; i < sizeof(of_files) / sizeof(*of_files); ++i) {
    __nss_configure_lookup(of_files[i], "files");
  }
  __nss_configure_lookup("hosts", "files dns");
}
