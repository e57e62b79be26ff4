// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// libpcap's archive names D-Bus among the devices that it can capture from, and so asks for the
// libraries of D-Bus and systemd. Here it compiles expressions and captures nothing: static builds
// say in its place that there are no such devices.
#include <pcap/pcap.h>

struct pcap_if_list;
int dbus_findalldevs(struct pcap_if_list* devices, char* error);
pcap_t* dbus_create(const char* device, char* error, int* is_ours);

int dbus_findalldevs(struct pcap_if_list* devices, char* error) {
  (void)devices;
  (void)error;
  return 0;
}

pcap_t* dbus_create(const char* device, char* error, int* is_ours) {
  (void)device;
  (void)error;
  *is_ours = 0;
  return NULL;
}
