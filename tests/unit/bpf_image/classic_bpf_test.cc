// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Translated expressions are run here by an interpreter that knows what the translator emits, and
// must answer as libpcap's own does.
#include "bpf_image/classic_bpf.h"

#include <gtest/gtest.h>

#include <array>
#include <cstring>
#include <map>
#include <optional>
#include <string>

#include "bpf_image/value.h"
#include "filter/expression.h"
#include "nettrace/expression.h"

namespace nettrace {
namespace {

constexpr bpf_insn call(int32_t distance) {
  return {.code = BPF_JMP | BPF_CALL,
          .dst_reg = 0,
          .src_reg = BPF_PSEUDO_CALL,
          .off = 0,
          .imm = distance};
}
constexpr bpf_insn leave = {
    .code = BPF_JMP | BPF_EXIT, .dst_reg = 0, .src_reg = 0, .off = 0, .imm = 0};

// main calls `expression` (at 2), which holds the placeholder and calls `packet_bytes` (at 6).
ProgramImage image() {
  constexpr uint64_t placeholder = NT_EXPRESSION_PLACEHOLDER;
  return {{call(1),
           leave,
           {.code = BPF_LD | BPF_IMM | BPF_DW,
            .dst_reg = 2,
            .src_reg = 0,
            .off = 0,
            .imm = static_cast<int32_t>(placeholder & 0xffffffff)},
           {.code = 0,
            .dst_reg = 0,
            .src_reg = 0,
            .off = 0,
            .imm = static_cast<int32_t>(placeholder >> 32)},
           call(1),
           leave,
           leave},
          {{0, 1}, {2, 2}, {6, 3}}};
}

using Bytes = std::vector<uint8_t>;

// Runs the program from `at` on; its calls are packet_bytes().
class Machine {
 public:
  Machine(std::span<const bpf_insn> program, const Bytes& packet, size_t loader)
      : program_(program), packet_(packet), loader_(loader) {}

  uint64_t run(size_t at) {
    registers_[BPF_REG_2] = quick;
    registers_[BPF_REG_3] = quick_size;
    for (int steps = 0; steps < 100'000; ++steps) {
      const bpf_insn& insn = program_[at];
      if (insn.code == (BPF_JMP | BPF_EXIT)) return registers_[0];
      if (insn.code == (BPF_JMP | BPF_CALL)) {
        EXPECT_EQ(at + 1 + static_cast<size_t>(int64_t{insn.imm}), loader_);
        EXPECT_EQ(registers_[BPF_REG_4], quick);
        EXPECT_EQ(registers_[BPF_REG_5], quick_size);
        registers_[0] = load(registers_[2], registers_[3]);
        ++at;
      } else {
        at += 1 + static_cast<size_t>(int64_t{step(insn)});
      }
    }
    ADD_FAILURE() << "an endless loop";
    return 0;
  }

 private:
  static constexpr uint64_t quick = 0x71, quick_size = 0x512e;  // handed on to packet_bytes()

  uint64_t load(uint64_t offset, uint64_t size) const {
    if (size == 0) return packet_.size();
    if (offset + size > packet_.size()) return NT_NO_BYTES;
    uint64_t value = 0;
    for (uint64_t i = 0; i < size; ++i) value = value << 8 | packet_[offset + i];
    return value;
  }

  // Returns the distance to jump.
  int16_t step(const bpf_insn& insn) {
    uint64_t& dst = registers_[insn.dst_reg];
    const uint64_t b = BPF_SRC(insn.code) == BPF_X ? registers_[insn.src_reg]
                                                   : static_cast<uint64_t>(int64_t{insn.imm});
    switch (BPF_CLASS(insn.code)) {
      case BPF_ALU64:
        dst = computed(BPF_OP(insn.code), dst, b);
        return 0;
      case BPF_ALU:
        dst = static_cast<uint32_t>(
            computed(BPF_OP(insn.code), static_cast<uint32_t>(dst), static_cast<uint32_t>(b)));
        return 0;
      case BPF_ST:
        memory_[insn.off] = static_cast<uint32_t>(insn.imm);
        return 0;
      case BPF_STX:
        memory_[insn.off] = static_cast<uint32_t>(registers_[insn.src_reg]);
        return 0;
      case BPF_LDX:
        EXPECT_EQ(insn.src_reg, BPF_REG_10);
        dst = memory_.at(insn.off);
        return 0;
      case BPF_JMP:
        return holds(BPF_OP(insn.code), dst, b) ? insn.off : int16_t{0};
      case BPF_JMP32:
        return holds(BPF_OP(insn.code), static_cast<uint32_t>(dst), static_cast<uint32_t>(b))
                   ? insn.off
                   : int16_t{0};
      default:
        ADD_FAILURE() << "code " << int{insn.code};
        return 0;
    }
  }

  // What compute() does not know is what only packets are computed with.
  static uint64_t computed(uint8_t op, uint64_t a, uint64_t b) {
    switch (op) {
      case BPF_MUL:
        return a * b;
      case BPF_DIV:
        return a / b;
      case BPF_MOD:
        return a % b;
      case BPF_NEG:
        return -a;
      default:
        return compute(op, a, b, true).value();
    }
  }

  static bool holds(uint8_t op, uint64_t a, uint64_t b) {
    return op == BPF_JA || compare(op, a, b, true).value();
  }

  std::span<const bpf_insn> program_;
  const Bytes& packet_;
  size_t loader_;
  std::array<uint64_t, MAX_BPF_REG> registers_{};
  std::map<int16_t, uint32_t> memory_;
};

bool matches(const std::vector<bpf_insn>& program, const Bytes& packet) {
  const auto start = static_cast<size_t>(int64_t{program[0].imm}) + 1;
  return Machine(program, packet, program.size() - 1).run(start) != 0;
}

// Ethernet, IPv4 with options or without, a transport header.
Bytes ipv4(uint8_t protocol, uint16_t sport, uint16_t dport, size_t options = 0,
           size_t payload = 0) {
  Bytes bytes(14 + 20 + options + 20 + payload);
  bytes[12] = 8;
  bytes[14] = static_cast<uint8_t>(0x45 + options / 4);
  bytes[14 + 3] = static_cast<uint8_t>(bytes.size() - 14);
  bytes[14 + 9] = protocol;
  const Bytes addresses = {10, 0, 0, 1, 192, 168, 7, 9};
  std::copy(addresses.begin(), addresses.end(), bytes.begin() + 14 + 12);
  uint8_t* const l4 = bytes.data() + 14 + 20 + options;
  l4[0] = static_cast<uint8_t>(sport >> 8);
  l4[1] = static_cast<uint8_t>(sport);
  l4[2] = static_cast<uint8_t>(dport >> 8);
  l4[3] = static_cast<uint8_t>(dport);
  l4[13] = 2;  // SYN
  return bytes;
}

Bytes tagged(Bytes packet) {
  const Bytes tag = {0x81, 0, 0, 7};
  packet.insert(packet.begin() + 12, tag.begin(), tag.end());
  return packet;
}

std::vector<Bytes> packets() {
  Bytes arp(42);
  arp[12] = 8;
  arp[13] = 6;
  Bytes ipv6(14 + 40 + 20);
  ipv6[12] = 0x86;
  ipv6[13] = 0xdd;
  ipv6[20] = 6;
  ipv6[14 + 40 + 3] = 80;
  Bytes cut_off = ipv4(6, 4711, 80);
  cut_off.resize(35);
  return {{},
          Bytes(10),
          arp,
          ipv6,
          ipv4(6, 4711, 80),
          ipv4(6, 80, 4711, 4),
          ipv4(17, 53, 5300),
          ipv4(17, 5300, 53, 8, 100),
          ipv4(1, 0x0800, 0),
          tagged(ipv4(6, 4711, 80)),
          cut_off};
}

const char* const expressions[] = {
    "icmp",
    "arp or ip6",
    "tcp port 80",
    "tcp dst port 80",
    "host 10.0.0.1",
    "src net 10.0.0.0/8 and not dst host 192.168.7.8",
    "portrange 50-60",
    "udp portrange 5000-6000",
    "tcp[tcpflags] & (tcp-syn|tcp-ack) != 0",
    "tcp[13] = 2 and ip[0] & 0xf > 5",
    "ip[2:2] > 60",
    "ip[2:2] - ((ip[0] & 0xf) << 2) - 20 = 0",
    "(ip[2:2] * 3 + 7) / 2 > 90",
    "ip[2:2] / ip[1] = 1",
    "ether[0] ^ ether[12] = 8",
    "greater 60",
    "less 60",
    "len > 50 and len < 160",
    "vlan",
    "vlan 7 and tcp port 80",
    "ip6 and tcp dst port 80",
    "ip proto 17",
    "ether proto 0x806",
    "not ip",
};

TEST(ClassicBpf, AnswersAsLibpcapDoes) {
  int matching = 0;
  for (const char* const text : expressions) {
    const std::string words[] = {text};
    const auto expression = Expression::compile(words);
    ASSERT_TRUE(expression) << text << ": " << expression.error().what;
    const auto program = with_expression(image(), expression->program()).insns;
    for (const Bytes& packet : packets()) {
      const bool expected = expression->matches(std::as_bytes(std::span(packet)),
                                                static_cast<uint32_t>(packet.size()));
      EXPECT_EQ(matches(program, packet), expected) << text << ", packet of " << packet.size();
      matching += expected;
    }
  }
  EXPECT_GT(matching, 40);
}

TEST(ClassicBpf, AProgramWithoutTheirPlaceStaysAsItIs) {
  const std::string words[] = {"icmp"};
  const auto program = with_expression({{leave}, {}}, Expression::compile(words)->program());
  EXPECT_EQ(program.insns.size(), 1u);
}

TEST(ClassicBpf, WhatStandsBehindThePlaceholderMoves) {
  const std::string words[] = {"icmp"};
  const auto [insns, functions] = with_expression(image(), Expression::compile(words)->program());
  EXPECT_EQ(insns[0].imm, 1);  // the expression stands where the placeholder stood
  ASSERT_EQ(functions.size(), 3u);
  EXPECT_EQ(functions[1].insn_off, 2u);
  EXPECT_EQ(functions[1].type_id, 2u);
  EXPECT_EQ(functions[2].insn_off, insns.size() - 1);  // packet_bytes() is one instruction
  EXPECT_EQ(functions[2].type_id, 3u);
}

}  // namespace
}  // namespace nettrace
