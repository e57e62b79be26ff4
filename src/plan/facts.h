// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// What the running kernel has and allows, as a plain value. kernel/facts_reader.h reads it from a
// live kernel; tests construct it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "event/return_value.h"

namespace nettrace {

// An argument of one of the types that were asked about.
struct Parameter {
  uint8_t index = 0;  // among the arguments, from 0
  std::string name;   // empty: BTF has none
  std::string type;   // "enum skb_drop_reason"

  bool operator==(const Parameter&) const = default;
};

// A function of the kernel's symbol table that a leaf's name or regex asks about.
struct Function {
  std::string module;                 // empty: built in
  int copies = 1;                     // how many symbols bear the name
  bool local = false;                 // static, or a compiler's copy of an inline function
  bool closed = false;                // the kernel lets nobody probe it, as far as was asked
  bool in_btf = false;                // the kernel's BTF describes it
  uint32_t btf_id = 0;                // in_btf: of the function, in the BTF of its module
  uint8_t arguments = 0;              // in_btf: how many
  std::optional<uint8_t> skb_index;   // in_btf: first struct sk_buff * argument, from 0
  std::optional<uint8_t> skbp_index;  // in_btf: first struct sk_buff ** argument, from 0
  std::vector<uint8_t> skb_indexes;   // in_btf: every struct sk_buff * argument
  std::optional<uint8_t> sock_index;  // in_btf: first struct sock * argument, from 0
  std::optional<uint8_t> flow_index;  // in_btf: first struct flowi4 * or flowi6 * argument
  std::vector<Parameter> parameters;  // in_btf: of the types that were asked about
  bool large_argument = false;        // in_btf: what comes behind one was not looked at
  ReturnType returns;                 // what it, or what it is a clone of, returns
};

struct Tracepoint {
  std::optional<uint8_t> skb_arg;          // position of the skb among the raw arguments
  std::optional<uint8_t> sock_arg;         // position of the struct sock among them
  std::vector<Parameter> parameters = {};  // of the types that were asked about
  std::vector<std::string> fields;  // of its format file; empty where tracefs is out of reach
};

// The running kernel's numbers in enum bpf_attach_type, as its BTF has them; 0: it has none.
struct AttachTypes {
  uint32_t kprobe_multi = 0;    // BPF_TRACE_KPROBE_MULTI, 5.18
  uint32_t kprobe_session = 0;  // BPF_TRACE_KPROBE_SESSION, 6.10
  uint32_t fentry_multi = 0;    // BPF_TRACE_FENTRY_MULTI, 7.x
  uint32_t fsession_multi = 0;  // BPF_TRACE_FSESSION_MULTI, 7.x
};

enum class Lockdown { unknown, none, integrity, confidentiality };

struct Features {
  bool btf = false;           // /sys/kernel/btf/vmlinux, or --btf
  bool kprobes = false;       // kprobe PMU exists
  bool kprobe_multi = false;  // fprobe: BPF_TRACE_KPROBE_MULTI links work
  bool sessions = false;      // BPF_TRACE_KPROBE_SESSION links work
  AttachTypes attach_types;
  uint32_t session_is_return = 0;  // BTF ids of the functions that sessions need
  uint32_t session_cookie = 0;
  bool cookies = false;             // bpf_get_attach_cookie for perf links
  bool tracepoint_cookies = false;  // and for raw tracepoints
  bool fentry = false;              // BPF_TRACE_FENTRY programs load
  bool typed_fentry = false;    // their arguments are read as typed pointers: no helper does it all
  bool fentry_multi = false;    // BPF_TRACE_FENTRY_MULTI links work
  bool tracefs = false;         // mounted (or mountable) and readable
  bool symbols = false;         // /proc/kallsyms readable
  bool probing_denied = false;  // root-only questions above could not be asked
  Lockdown lockdown = Lockdown::unknown;
  std::vector<std::string> unmounted;  // of /proc and /sys, without which nothing else is known
  std::vector<std::string> missing_capabilities;  // of those that tracing needs here
  std::string release;                            // uname -r
};

using FunctionMap = std::map<std::string, Function, std::less<>>;

struct KernelFacts {
  Features features;
  std::string btf_file;           // where its types are from; empty: from itself
  uint64_t vmemmap_base = 0;      // addresses of kernel variables (nettrace/config.h, nt_memory);
  uint64_t page_offset_base = 0;  // 0: not there, or hidden from this user
  FunctionMap functions;          // only those asked about
  std::map<std::string, Tracepoint, std::less<>> tracepoints;  // by "category:name"
  std::map<std::string, ReturnType, std::less<>> types;        // those asked about
};

}  // namespace nettrace
