// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* usage: datagrams COUNT: sends so many datagrams of 64 bytes over loopback, receives each before
 * the next, and prints the CPU time of it all in ns: where a guest counts exactly, an instruction
 * is one. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>

#define PORT 7777

static long long cpu_ns(void) {
  struct timespec now;

  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return now.tv_sec * 1000000000LL + now.tv_nsec;
}

static int exchange(int sender, int receiver, long count) {
  char data[64] = {0};

  for (long i = 0; i < count; i++) {
    if (send(sender, data, sizeof(data), 0) != sizeof(data) ||
        recv(receiver, data, sizeof(data), 0) != sizeof(data))
      return 0;
  }
  return 1;
}

int main(int argc, char** argv) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(PORT)};
  int receiver = socket(AF_INET, SOCK_DGRAM, 0), sender = socket(AF_INET, SOCK_DGRAM, 0);
  long count = argc == 2 ? atol(argv[1]) : 0;
  long long begin;

  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (count <= 0 || bind(receiver, (void*)&address, sizeof(address)) ||
      connect(sender, (void*)&address, sizeof(address)))
    return 2;
  begin = cpu_ns();
  if (!exchange(sender, receiver, count)) return 1;
  printf("%lld\n", cpu_ns() - begin);
  return 0;
}
