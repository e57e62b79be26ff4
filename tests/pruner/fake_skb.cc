// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "fake_skb.h"

#include <arpa/inet.h>
#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <linux/if_ether.h>
#include <netinet/in.h>
#include <sys/mman.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <stdexcept>

#include "base/kernel_errno.h"

namespace nettrace::test {
namespace {

// What lies where in the map.
constexpr size_t variables = 0;  // the memory's address, vmemmap_base, page_offset_base
constexpr size_t pointers = 0x100;
constexpr size_t skbs_at = 0x1000, skb_bytes = 0x400;
constexpr size_t device = 0x2000;
constexpr size_t net = 0x4000;
constexpr size_t sock = 0x8000;
constexpr size_t flow_at = 0xa000;
constexpr size_t heads = 0x10000, page_bytes = 0x1000;
constexpr size_t pages = 0x20000;
constexpr size_t map_bytes = 0x30000;

constexpr size_t headroom = 64;
constexpr size_t listed_at = 0x800;  // of a head: there the fragments are listed
constexpr uint64_t vmemmap = 0xffffea0000000000;
constexpr uint16_t unset = 0xffff;

constexpr std::array<const char*, 3> addresses4 = {"10.9.1.1", "10.9.1.2", "192.168.7.7"};
constexpr std::array<const char*, 3> addresses6 = {"fd09:1::1", "fd09:1::2", "2001:db8::1"};
constexpr std::array<uint16_t, 4> ports = {53, 80, 7, 4000};
constexpr std::array<uint8_t, 4> tcp_flags = {0x02, 0x12, 0x10, 0x11};
constexpr uint16_t vxlan_port = 4789;

void append16(std::vector<uint8_t>& bytes, unsigned number) {
  bytes.push_back(static_cast<uint8_t>(number >> 8));
  bytes.push_back(static_cast<uint8_t>(number));
}
void append_address(std::vector<uint8_t>& bytes, int family, const char* text) {
  std::array<uint8_t, 16> address{};
  inet_pton(family, text, address.data());
  bytes.insert(bytes.end(), address.begin(), address.begin() + (family == AF_INET ? 4 : 16));
}
uint32_t address4(const char* text) {
  uint32_t address = 0;
  inet_pton(AF_INET, text, &address);
  return address;
}

// Among the members of a struct, and of those in it that have no name.
const btf_member* find_member(const btf* types, uint32_t id, const std::string& name,
                              uint32_t& offset) {
  const btf_type* type = btf__type_by_id(types, id);
  const btf_member* members = btf_members(type);
  for (uint16_t i = 0; i < btf_vlen(type); ++i) {
    const uint32_t at = btf_member_bit_offset(type, i) / 8;
    const std::string own = btf__name_by_offset(types, members[i].name_off);
    if (own == name) {
      offset += at;
      return &members[i];
    }
    const btf_type* inner = btf__type_by_id(types, members[i].type);
    if (!own.empty() || !btf_is_composite(inner)) continue;
    uint32_t below = offset + at;
    if (const btf_member* found = find_member(types, members[i].type, name, below)) {
      offset = below;
      return found;
    }
  }
  return nullptr;
}

}  // namespace

Result<std::unique_ptr<FakeSkbs>> FakeSkbs::make() {
  std::unique_ptr<FakeSkbs> skbs(new FakeSkbs());
  skbs->types_ = btf__load_vmlinux_btf();
  if (skbs->types_ == nullptr) return trace_error("the kernel has no BTF");
  if (auto error = skbs->find_memory()) return *error;
  skbs->make_others();
  for (size_t i = 0; i < count; ++i) skbs->make_anew(i);
  return skbs;
}

FakeSkbs::~FakeSkbs() {
  if (memory_ != nullptr) munmap(memory_, map_bytes);
  btf__free(types_);
}

// A program that writes where the map's memory is into the memory.
std::optional<Error> FakeSkbs::find_memory() {
  const auto failed = [](const char* what) {
    return trace_error(std::string(what) + ": " + error_words(errno));
  };
  LIBBPF_OPTS(bpf_map_create_opts, options);
  options.map_flags = BPF_F_MMAPABLE;
  map_ =
      Fd(bpf_map_create(BPF_MAP_TYPE_ARRAY, "fake_skbs", sizeof(uint32_t), map_bytes, 1, &options));
  if (!map_) return failed("no map");
  void* const memory = mmap(nullptr, map_bytes, PROT_READ | PROT_WRITE, MAP_SHARED, map_.get(), 0);
  if (memory == MAP_FAILED) return failed("cannot map the map");
  memory_ = static_cast<uint8_t*>(memory);
  const bpf_insn program[] = {
      {.code = BPF_LD | BPF_IMM | BPF_DW,
       .dst_reg = 1,
       .src_reg = BPF_PSEUDO_MAP_VALUE,
       .off = 0,
       .imm = map_.get()},
      {},
      {.code = BPF_STX | BPF_MEM | BPF_DW, .dst_reg = 1, .src_reg = 1, .off = variables, .imm = 0},
      {.code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = 0, .src_reg = 0, .off = 0, .imm = 0},
      {.code = BPF_JMP | BPF_EXIT, .dst_reg = 0, .src_reg = 0, .off = 0, .imm = 0}};
  const Fd loaded(bpf_prog_load(BPF_PROG_TYPE_RAW_TRACEPOINT, "where", "Dual BSD/GPL", program,
                                std::size(program), nullptr));
  if (!loaded) return failed("no program");
  LIBBPF_OPTS(bpf_test_run_opts, run);
  if (bpf_prog_test_run_opts(loaded.get(), &run) != 0) return failed("no run");
  std::memcpy(&address_, memory_ + variables, sizeof(address_));
  return std::nullopt;
}

FakeSkbs::Field FakeSkbs::field(const std::string& path) {
  const auto known = fields_.find(path);
  if (known != fields_.end()) return known->second;
  const size_t dot = path.find('.');
  int id = btf__find_by_name_kind(types_, path.substr(0, dot).c_str(), BTF_KIND_STRUCT);
  uint32_t offset = 0;
  for (size_t at = dot; at != std::string::npos && id > 0;) {
    const size_t next = path.find('.', at + 1);
    const btf_member* member =
        find_member(types_, static_cast<uint32_t>(id), path.substr(at + 1, next - at - 1), offset);
    id = member == nullptr ? -1 : btf__resolve_type(types_, member->type);
    at = next;
  }
  const Field found{
      offset,
      id < 0 ? 0 : static_cast<size_t>(btf__resolve_size(types_, static_cast<uint32_t>(id)))};
  return fields_.emplace(path, found).first->second;
}

void FakeSkbs::put(size_t object, const std::string& path, uint64_t value) {
  const Field to = field(path);
  if (to.size == 0) throw std::runtime_error("this kernel has no " + path);
  std::memcpy(memory_ + object + to.offset, &value, std::min(to.size, sizeof(value)));
}

void FakeSkbs::make_others() {
  const std::array<uint64_t, 2> bases = {vmemmap, address_};
  std::memcpy(memory_ + variables + 8, bases.data(), sizeof(bases));
  put(device, "net_device.ifindex", 3);
  put(device, "net_device.type", 1);
  put(device, "net_device.nd_net.net", address_ + net);
  std::memcpy(memory_ + device + field("net_device.name").offset, "fake0", 6);
  put(net, "net.ns.inum", 4026532000);
}

void FakeSkbs::make_anew(size_t number) {
  const size_t head = heads + number * page_bytes;
  std::memset(memory_ + skbs_at + number * skb_bytes, 0, skb_bytes);
  std::memset(memory_ + head, 0, page_bytes);
  const uint64_t address = skb(number);
  std::memcpy(memory_ + pointers + number * 8, &address, sizeof(address));

  const std::array<uint16_t, 3> families = {AF_INET, AF_INET6, AF_UNIX};
  put(sock, "sock.__sk_common.skc_family", families.at(any(families.size())));
  put(sock, "sock.__sk_common.skc_daddr", address4(addresses4.at(any(3))));
  put(sock, "sock.__sk_common.skc_rcv_saddr", address4(addresses4.at(any(3))));
  put(sock, "sock.__sk_common.skc_dport", htons(ports.at(any(4))));
  put(sock, "sock.__sk_common.skc_num", ports.at(any(4)));
  put(sock, "sock.__sk_common.skc_state", any(13));
  put(sock, "sock.__sk_common.skc_net.net", address_ + net);
  put(sock, "sock.sk_protocol", one_in(2) ? IPPROTO_TCP : IPPROTO_UDP);
  for (const char* end : {"daddr", "rcv_saddr"}) {
    const std::string name = std::string("sock.__sk_common.skc_v6_") + end;
    inet_pton(AF_INET6, addresses6.at(any(3)), memory_ + sock + field(name).offset);
  }
  put(flow_at, "flowi4.saddr", address4(addresses4.at(any(3))));
  put(flow_at, "flowi4.daddr", address4(addresses4.at(any(3))));
  put(flow_at, "flowi4.__fl_common.flowic_proto", one_in(2) ? IPPROTO_TCP : IPPROTO_UDP);
  put(flow_at, "flowi4.uli.ports.dport", htons(ports.at(any(4))));

  size_t l3 = 0;
  uint16_t ethertype = 0;
  const std::vector<uint8_t> bytes = any_packet(l3, ethertype);
  describe(number, bytes, l3, ethertype);
}

// The skb as some function or other may see it.
void FakeSkbs::describe(size_t number, const std::vector<uint8_t>& bytes, size_t l3,
                        uint16_t ethertype) {
  const size_t skb = skbs_at + number * skb_bytes, head = heads + number * page_bytes;
  const size_t linear = one_in(4) ? any(static_cast<unsigned>(bytes.size()) + 1) : bytes.size();
  std::copy_n(bytes.begin(), linear, memory_ + head + headroom);
  put(skb, "sk_buff.head", address_ + head);
  put(skb, "sk_buff.data", address_ + head + headroom + (one_in(2) ? l3 : 0));
  put(skb, "sk_buff.tail", headroom + linear);
  put(skb, "sk_buff.end", listed_at);
  put(skb, "sk_buff.len", bytes.size() - (one_in(2) ? l3 : 0));
  put(skb, "sk_buff.mac_header", one_in(4) ? unset : headroom);
  put(skb, "sk_buff.network_header", one_in(4) ? 0 : headroom + l3);
  put(skb, "sk_buff.transport_header", one_in(2) ? unset : headroom + l3 + 20);
  put(skb, "sk_buff.protocol", one_in(4) ? 0 : htons(ethertype));
  put(skb, "sk_buff.mark", one_in(2) ? 7 : 0);
  put(skb, "sk_buff.dev", one_in(4) ? 0 : address_ + device);
  put(skb, "sk_buff.sk", one_in(2) ? 0 : address_ + sock);
  put(skb, "sk_buff.skb_mstamp_ns", random_());
  if (one_in(6)) {
    put(skb, "sk_buff.vlan_proto", htons(ETH_P_8021Q));
    put(skb, "sk_buff.vlan_tci", 5);
  }
  if (linear < bytes.size() && !one_in(4)) {
    const size_t page = pages + number * page_bytes, fragment = head + listed_at;
    const std::array<uint64_t, 2> listed = {
        vmemmap + page / page_bytes *
                      static_cast<uint64_t>(
                          btf__resolve_size(types_, static_cast<uint32_t>(btf__find_by_name_kind(
                                                        types_, "page", BTF_KIND_STRUCT)))),
        bytes.size() - linear};
    std::copy(bytes.begin() + static_cast<ptrdiff_t>(linear), bytes.end(), memory_ + page);
    put(skb, "sk_buff.data_len", bytes.size() - linear);
    put(fragment, "skb_shared_info.nr_frags", 1);
    std::memcpy(memory_ + fragment + field("skb_shared_info.frags").offset, listed.data(),
                sizeof(listed));
  }
  if (one_in(8)) {  // what no function should see, and some do
    const std::array<const char*, 4> words = {"sk_buff.mac_header", "sk_buff.network_header",
                                              "sk_buff.protocol", "sk_buff.tail"};
    put(skb, words.at(any(words.size())), random_() & 0xffff);
  }
}

std::vector<uint8_t> FakeSkbs::any_packet(size_t& l3, uint16_t& ethertype) {
  const std::array<uint16_t, 4> ethertypes = {ETH_P_IP, ETH_P_IP, ETH_P_IPV6, ETH_P_ARP};
  ethertype = ethertypes.at(any(ethertypes.size()));
  std::vector<uint8_t> bytes(12, 2);  // the two MAC addresses
  while (one_in(6)) {
    append16(bytes, ETH_P_8021Q);
    append16(bytes, 5);
  }
  append16(bytes, ethertype);
  l3 = bytes.size();
  if (ethertype == ETH_P_ARP) {
    for (const unsigned word : {1, ETH_P_IP, 0x0604, 1, 2, 2, 2}) append16(bytes, word);
    append_address(bytes, AF_INET, addresses4.at(any(3)));
    bytes.insert(bytes.end(), 6, 2);
    append_address(bytes, AF_INET, addresses4.at(any(3)));
  } else {
    append_ip(bytes, ethertype, true);
  }
  if (one_in(8)) bytes.resize(any(static_cast<unsigned>(bytes.size())) + 1);
  return bytes;
}

void FakeSkbs::append_ip(std::vector<uint8_t>& bytes, uint16_t ethertype, bool may_have_inner) {
  const std::array<uint8_t, 4> protocols = {IPPROTO_UDP, IPPROTO_TCP, IPPROTO_ICMP, IPPROTO_IPIP};
  const uint8_t protocol = protocols.at(any(may_have_inner ? 4 : 3));
  if (ethertype == ETH_P_IP) {
    append16(bytes, 0x4500);
    for (const unsigned word : {100U, 1U, one_in(8) ? 0x2000U | any(3) : 0x4000U}) {
      append16(bytes, word);
    }
    append16(bytes, 64U << 8 | protocol);
    append16(bytes, 0);
    append_address(bytes, AF_INET, addresses4.at(any(3)));
    append_address(bytes, AF_INET, addresses4.at(any(3)));
  } else {
    const bool has_options = one_in(6);
    for (const unsigned word : {0x6000U, 0U, 80U}) append16(bytes, word);
    const unsigned next = has_options ? unsigned{IPPROTO_DSTOPTS} : protocol;
    append16(bytes, next << 8 | 64U);
    append_address(bytes, AF_INET6, addresses6.at(any(3)));
    append_address(bytes, AF_INET6, addresses6.at(any(3)));
    if (has_options) {
      append16(bytes, static_cast<unsigned>(protocol) << 8);
      bytes.insert(bytes.end(), 6, 0);
    }
  }
  append_transport(bytes, protocol, may_have_inner);
}

void FakeSkbs::append_transport(std::vector<uint8_t>& bytes, uint8_t protocol,
                                bool may_have_inner) {
  if (protocol == IPPROTO_IPIP) return append_ip(bytes, ETH_P_IP, false);
  const bool is_vxlan = protocol == IPPROTO_UDP && may_have_inner && one_in(4);
  append16(bytes, ports.at(any(4)));
  append16(bytes, is_vxlan ? vxlan_port : ports.at(any(4)));
  if (protocol == IPPROTO_TCP) {
    bytes.insert(bytes.end(), 8, 1);
    append16(bytes, 0x5000U | tcp_flags.at(any(4)));
    bytes.insert(bytes.end(), 6, 0);
  } else {
    append16(bytes, 50);
    append16(bytes, 0);
  }
  if (is_vxlan) {
    const std::array<uint8_t, 8> header = {8};
    bytes.insert(bytes.end(), header.begin(), header.end());
    bytes.insert(bytes.end(), 12, 3);
    append16(bytes, ETH_P_IP);
    return append_ip(bytes, ETH_P_IP, false);
  }
  bytes.insert(bytes.end(), any(60), 'x');
}

uint64_t FakeSkbs::skb(size_t number) const { return address_ + skbs_at + number * skb_bytes; }
uint64_t FakeSkbs::pointer_to(size_t skb) const { return address_ + pointers + skb * 8; }
uint64_t FakeSkbs::socket() const { return address_ + sock; }
uint64_t FakeSkbs::flow() const { return address_ + flow_at; }
uint64_t FakeSkbs::vmemmap_base() const { return address_ + variables + 8; }
uint64_t FakeSkbs::page_offset_base() const { return address_ + variables + 16; }

bool FakeSkbs::kernel_has_function(const char* name) const {
  return btf__find_by_name_kind(types_, name, BTF_KIND_FUNC) > 0;
}

}  // namespace nettrace::test
