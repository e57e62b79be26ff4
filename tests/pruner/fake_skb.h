// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Packets for programs that are run by BPF_PROG_TEST_RUN. No system call hands out the address of
// an skb of the kernel's; these lie in a BPF map, whose memory is the kernel's as well, laid out as
// its BTF says. The same packet can so be shown twice, and is any that a random number makes of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "base/fd.h"
#include "base/result.h"

struct btf;

namespace nettrace::test {

class FakeSkbs {
 public:
  static constexpr size_t count = 3;

  static Result<std::unique_ptr<FakeSkbs>> make();
  ~FakeSkbs();
  FakeSkbs(const FakeSkbs&) = delete;
  FakeSkbs& operator=(const FakeSkbs&) = delete;

  // Another packet in the place of this one, by a device and a socket, or without.
  void make_anew(size_t number);

  // Addresses, as the kernel sees them.
  uint64_t skb(size_t number) const;
  uint64_t pointer_to(size_t skb) const;
  uint64_t socket() const;
  uint64_t flow() const;
  uint64_t vmemmap_base() const;  // variables: where pages of fragments are mapped
  uint64_t page_offset_base() const;

  bool kernel_has_function(const char* name) const;

 private:
  struct Field {
    size_t offset, size;
  };

  FakeSkbs() = default;
  std::optional<Error> find_memory();
  void make_others();
  void describe(size_t number, const std::vector<uint8_t>& bytes, size_t l3, uint16_t ethertype);
  std::vector<uint8_t> any_packet(size_t& l3, uint16_t& ethertype);
  void append_ip(std::vector<uint8_t>& bytes, uint16_t ethertype, bool may_have_inner);
  void append_transport(std::vector<uint8_t>& bytes, uint8_t protocol, bool may_have_inner);
  Field field(const std::string& path);
  void put(size_t object, const std::string& path, uint64_t value);

  unsigned any(unsigned below) { return static_cast<unsigned>(random_() % below); }
  bool one_in(unsigned times) { return any(times) == 0; }

  std::mt19937_64 random_{1};
  Fd map_;
  uint8_t* memory_ = nullptr;  // as this process sees it
  uint64_t address_ = 0;       // as the kernel does
  btf* types_ = nullptr;
  std::map<std::string, Field> fields_;
};

}  // namespace nettrace::test
