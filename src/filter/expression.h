// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// A pcap expression ("tcp port 80 and host 10.0.0.1"), compiled by libpcap into classic BPF.
#pragma once

#include <linux/filter.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"

namespace nettrace {

class Expression {
 public:
  // The words of the command line, which are joined by blanks. What libpcap refuses is a usage
  // error that says where, as is what it compiles for too long.
  static Result<Expression> compile(std::span<const std::string> words,
                                    std::chrono::milliseconds patience = std::chrono::seconds(20));

  // For packets that begin with an Ethernet header.
  const std::vector<sock_filter>& program() const { return program_; }
  // It asks for VLAN tags: packets are shown with theirs.
  bool wants_tags() const { return wants_tags_; }
  // `frame`: what there is of a packet of `len` bytes.
  bool matches(std::span<const std::byte> frame, uint32_t len) const;

 private:
  Expression(std::vector<sock_filter> program, bool wants_tags)
      : program_(std::move(program)), wants_tags_(wants_tags) {}

  std::vector<sock_filter> program_;
  bool wants_tags_;
};

}  // namespace nettrace
