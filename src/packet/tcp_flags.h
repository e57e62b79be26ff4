// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// The flags of TCP, in the order in which packets show them.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace nettrace {

struct TcpFlag {
  uint8_t bit;  // in byte 13 of the header
  char letter;
  std::string_view name;
};

inline constexpr uint8_t tcp_fin = 0x01;
inline constexpr uint8_t tcp_syn = 0x02;
inline constexpr uint8_t tcp_rst = 0x04;

inline constexpr std::array tcp_flags = {
    TcpFlag{0x10, 'A', "ack"},    TcpFlag{0x08, 'P', "push"},   TcpFlag{tcp_syn, 'S', "syn"},
    TcpFlag{tcp_fin, 'F', "fin"}, TcpFlag{tcp_rst, 'R', "rst"}, TcpFlag{0x20, 'U', "urg"},
};

}  // namespace nettrace
