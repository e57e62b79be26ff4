// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// The table of output columns and what each shows.
#include "render/columns.h"

#include <algorithm>
#include <iterator>

#include "base/append_format.h"
#include "base/clock.h"
#include "base/foreign_text.h"
#include "base/number_text.h"
#include "base/utf8.h"

namespace nettrace {
namespace {

constexpr size_t latency_width = 14;

void write_text_or_null(std::string_view text, JsonWriter& json) {
  text.empty() ? json.null() : json.text(text);
}

// Closes a column whose text starts at `start`, is UTF-8 and takes at least `width` places.
void close_column(size_t start, size_t width, std::string& out) {
  const size_t characters = count_characters(std::string_view(out).substr(start));
  if (characters < width) out.append(width - characters, ' ');
  out += ']';
}

void append_id(const Cells& line, std::string& out) {
  out += '[';
  append_hex(line.event->skb, out);
  out += ']';
}

void append_if(const Cells& line, std::string& out) {
  const std::string_view name = line.event->device_name();
  out += '[';
  const size_t start = out.size();
  if (!name.empty()) {
    append_number(line.event->section<nt_device>().ifindex, out);
    out += ':';
    append_printable(name, out);
  }
  close_column(start, 8, out);
}

void append_pid(const Cells& line, std::string& out) {
  out += '[';
  const size_t start = out.size();
  out += "pid:";
  append_number(line.event->section<nt_task>().pid, out);
  out += ',';
  append_printable(line.event->comm(), out);
  close_column(start, 24, out);
}

void append_cpu(const Cells& line, std::string& out) {
  out += "[cpu:";
  append_number(line.event->cpu, 3, out);
  out += ']';
}

void append_module(const Cells& line, std::string& out) {
  append_column(line.leaf->module, 12, out);
}

std::string_view namespace_name(const Cells& line, uint32_t inode) {
  const bool can_ask = inode != 0 && line.namespaces != nullptr && *line.namespaces;
  return can_ask ? (*line.namespaces)(inode) : "";
}

void append_netns(const Cells& line, std::string& out) {
  const uint32_t inode = line.event->section<nt_netns>().inode;
  out += '[';
  const size_t start = out.size();
  if (inode != 0) {
    out += "netns:";
    const std::string_view name = namespace_name(line, inode);
    name.empty() ? append_number(inode, out) : append_printable(name, out);
  }
  close_column(start, 16, out);
}

void write_netns(const Cells& line, JsonWriter& json) {
  const uint32_t inode = line.event->section<nt_netns>().inode;
  json.key("netns");
  inode != 0 ? json.number(inode) : json.null();
  json.key("netns_name").text_or_null([&](std::string& out) {
    out += namespace_name(line, inode);
  });
}

void append_mark(const Cells& line, std::string& out) {
  out += '[';
  const size_t start = out.size();
  append_format(out, "mark:{:#x}", line.event->section<nt_mark>().value);
  close_column(start, 15, out);
}

void write_mark(const Cells& line, JsonWriter& json) {
  json.key("mark").number(line.event->section<nt_mark>().value);
}

void append_len(const Cells& line, std::string& out) {
  out += '[';
  const size_t start = out.size();
  out += "len:";
  append_number(line.event->len, out);
  close_column(start, 9, out);
}

void append_caller(const Cells& line, std::string& out) {
  const uint64_t address = line.event->section<nt_caller>().address;
  out += '[';
  const size_t start = out.size();
  if (address != 0) {
    out += "from:";
    append_frame(*line.symbols, address, out);
  }
  close_column(start, 37, out);
}

void write_caller(const Cells& line, JsonWriter& json) {
  const uint64_t address = line.event->section<nt_caller>().address;
  json.key("caller");
  address != 0 ? write_frame(*line.symbols, address, json) : json.null();
}

void append_latency(const Cells& line, std::string& out) {
  if (line.since_ns) {
    append_format(out, "[{:+12.3f}us]", static_cast<double>(*line.since_ns) / ns_per_us);
  } else {
    append_column("", latency_width, out);
  }
}

void write_latency(const Cells& line, JsonWriter& json) {
  json.key("latency");
  line.since_ns ? json.microseconds(*line.since_ns) : json.null();
}

std::span<const ArgumentType> arguments_of(const Cells& line) {
  const bool listed = line.event->has(NT_SECTION_ARGS) && line.arguments != nullptr &&
                      line.event->leaf < line.arguments->size();
  if (!listed) return {};
  const auto& arguments = (*line.arguments)[line.event->leaf];
  return std::span(arguments).first(std::min<size_t>(arguments.size(), NT_MAX_ARGS));
}

// An enum's name without the type's, which says nothing that the argument's name does not; a number
// whose meaning BTF does not say stays a number.
void append_argument(const ArgumentType& argument, uint64_t value, std::string& out) {
  if (argument.type.kind == ReturnType::Kind::number) {
    append_format(out, "{}", sign_extend(argument.type, value));
    return;
  }
  const size_t start = out.size();
  append_meaning(argument.type, value, out);
  if (out.size() == start) append_format(out, "{}", narrow(argument.type, value));
}

void append_args(const Cells& line, std::string& out) {
  const auto values = line.event->section<nt_args>();
  const auto arguments = arguments_of(line);
  out += '[';
  const size_t start = out.size();
  for (size_t i = 0; i < arguments.size(); ++i) {
    if (i > 0) out += ", ";
    append_printable(arguments[i].name, out);
    out += ": ";
    append_argument(arguments[i], values.values[i], out);
  }
  close_column(start, 24, out);
}

void write_args(const Cells& line, JsonWriter& json) {
  const auto values = line.event->section<nt_args>();
  const auto arguments = arguments_of(line);
  json.key("args");
  if (arguments.empty()) return json.null();
  json.open('[');
  for (size_t i = 0; i < arguments.size(); ++i) {
    json.open('{');
    json.key("name").text(arguments[i].name);
    json.key("value");
    arguments[i].type.kind == ReturnType::Kind::number
        ? json.integer(sign_extend(arguments[i].type, values.values[i]))
        : json.number(narrow(arguments[i].type, values.values[i]));
    json.key("meaning").text_or_null(
        [&](std::string& out) { append_meaning(arguments[i].type, values.values[i], out); });
    json.close('}');
  }
  json.close(']');
}

constexpr Column fields[] = {
    {"id", "memory address of the skb", true, {}, false, append_id, nullptr},
    {"if", "index and name of the network interface", true, NT_SECTION_DEVICE, false, append_if,
     nullptr},
    {"pid", "process that was running", true, NT_SECTION_TASK, false, append_pid, nullptr},
    {"cpu", "CPU that it ran on", true, {}, false, append_cpu, nullptr},
    {"module",
     "network module that the function belongs to",
     true,
     {},
     false,
     append_module,
     nullptr},
    {"netns", "network namespace: name, process, or number", false, NT_SECTION_NETNS, false,
     append_netns, write_netns},
    {"mark", "skb->mark", false, NT_SECTION_MARK, false, append_mark, write_mark},
    {"len", "skb->len, bytes", false, {}, false, append_len, nullptr},
    {"caller", "where the function was called from", false, NT_SECTION_CALLER, false, append_caller,
     write_caller},
    {"latency",
     "time since the packet's step before",
     false,
     {},
     true,
     append_latency,
     write_latency},
    {"args", "arguments of functions, such as drop reasons", false, NT_SECTION_ARGS, false,
     append_args, write_args},
};

}  // namespace

void write_frame(const SymbolTable& symbols, uint64_t address, JsonWriter& json) {
  const SymbolTable::Symbol symbol = symbols.find(address);
  json.open('{');
  json.key("address").hex(address);
  write_text_or_null(symbol.name, json.key("symbol"));
  json.key("offset");
  symbol.name.empty() ? json.null() : json.number(address - symbol.address);
  write_text_or_null(symbol.module, json.key("module"));
  json.close('}');
}

void append_column(std::string_view text, size_t width, std::string& out) {
  out += '[';
  const size_t start = out.size();
  append_printable(text, out);
  close_column(start, width, out);
}

std::span<const Column> all_columns() { return fields; }

const Column* find_column(std::string_view name) {
  const auto* const found =
      std::find_if(std::begin(fields), std::end(fields),
                   [name](const Column& field) { return field.name == name; });
  return found == std::end(fields) ? nullptr : found;
}

}  // namespace nettrace
