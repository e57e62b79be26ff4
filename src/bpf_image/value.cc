// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "bpf_image/value.h"

#include <linux/bpf.h>

namespace nettrace {
namespace {

std::optional<uint64_t> compute_whole(uint8_t op, uint64_t a, uint64_t b, bool is_64) {
  const uint64_t shift = b & (is_64 ? 63 : 31);
  switch (op) {
    case BPF_MOV:
      return b;
    case BPF_ADD:
      return a + b;
    case BPF_SUB:
      return a - b;
    case BPF_AND:
      return a & b;
    case BPF_OR:
      return a | b;
    case BPF_XOR:
      return a ^ b;
    case BPF_LSH:
      return a << shift;
    case BPF_RSH:
      return a >> shift;
    default:
      return std::nullopt;
  }
}

template <typename Signed, typename Unsigned>
std::optional<bool> compare_as(uint8_t op, uint64_t left, uint64_t right) {
  const auto a = static_cast<Unsigned>(left);
  const auto b = static_cast<Unsigned>(right);
  const auto signed_a = static_cast<Signed>(a);
  const auto signed_b = static_cast<Signed>(b);
  switch (op) {
    case BPF_JEQ:
      return a == b;
    case BPF_JNE:
      return a != b;
    case BPF_JGT:
      return a > b;
    case BPF_JGE:
      return a >= b;
    case BPF_JLT:
      return a < b;
    case BPF_JLE:
      return a <= b;
    case BPF_JSET:
      return (a & b) != 0;
    case BPF_JSGT:
      return signed_a > signed_b;
    case BPF_JSGE:
      return signed_a >= signed_b;
    case BPF_JSLT:
      return signed_a < signed_b;
    case BPF_JSLE:
      return signed_a <= signed_b;
    default:
      return std::nullopt;
  }
}

}  // namespace

std::optional<uint64_t> compute(uint8_t op, uint64_t a, uint64_t b, bool is_64) {
  const uint64_t mask = is_64 ? UINT64_MAX : UINT32_MAX;
  const auto result = compute_whole(op, a & mask, b & mask, is_64);
  if (!result) return std::nullopt;
  return *result & mask;
}

std::optional<bool> compare(uint8_t op, uint64_t a, uint64_t b, bool is_64) {
  return is_64 ? compare_as<int64_t, uint64_t>(op, a, b) : compare_as<int32_t, uint32_t>(op, a, b);
}

}  // namespace nettrace
