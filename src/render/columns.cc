// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// The table of output columns and what each shows.
#include "render/columns.h"

#include <algorithm>
#include <iterator>

#include "base/append_format.h"
#include "base/clock.h"
#include "base/text.h"

namespace nettrace {
namespace {

constexpr size_t latency_width = 14;

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
  const Event& event = *line.event;
  out += '[';
  const size_t start = out.size();
  if (event.ifindex != 0) {
    append_number(event.ifindex, out);
    if (!event.ifname.empty()) out += ':';
    append_printable(event.ifname, out);
  }
  close_column(start, 8, out);
}

void append_pid(const Cells& line, std::string& out) {
  out += '[';
  const size_t start = out.size();
  out += "pid:";
  append_number(line.event->pid, out);
  out += ',';
  append_printable(line.event->comm, out);
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

void append_netns(const Cells& line, std::string& out) {
  out += '[';
  const size_t start = out.size();
  if (line.event->netns != 0) {
    out += "netns:";
    const bool can_ask = line.namespaces != nullptr && *line.namespaces;
    const std::string_view name = can_ask ? (*line.namespaces)(line.event->netns) : "";
    name.empty() ? append_number(line.event->netns, out) : append_printable(name, out);
  }
  close_column(start, 16, out);
}

void append_mark(const Cells& line, std::string& out) {
  out += '[';
  const size_t start = out.size();
  append_format(out, "mark:{:#x}", line.event->mark);
  close_column(start, 15, out);
}

void append_len(const Cells& line, std::string& out) {
  out += '[';
  const size_t start = out.size();
  out += "len:";
  append_number(line.event->len, out);
  close_column(start, 9, out);
}

void append_caller(const Cells& line, std::string& out) {
  out += '[';
  const size_t start = out.size();
  if (line.event->caller != 0) {
    out += "from:";
    append_frame(*line.symbols, line.event->caller, out);
  }
  close_column(start, 37, out);
}

void append_latency(const Cells& line, std::string& out) {
  if (line.since_ns) {
    append_format(out, "[{:+12.3f}us]", static_cast<double>(*line.since_ns) / ns_per_us);
  } else {
    append_column("", latency_width, out);
  }
}

constexpr Field fields[] = {
    {"id", "memory address of the skb", true, RecordField::nothing, append_id},
    {"if", "index and name of the network interface", true, RecordField::device, append_if},
    {"pid", "process that was running", true, RecordField::task, append_pid},
    {"cpu", "CPU that it ran on", true, RecordField::nothing, append_cpu},
    {"module", "network module that the function belongs to", true, RecordField::nothing,
     append_module},
    {"netns", "network namespace: name, process, or number", false, RecordField::netns,
     append_netns},
    {"mark", "skb->mark", false, RecordField::mark, append_mark},
    {"len", "skb->len, bytes", false, RecordField::nothing, append_len},
    {"caller", "where the function was called from", false, RecordField::caller, append_caller},
    {"latency", "time since the packet's step before", false, RecordField::steps, append_latency},
};

}  // namespace

void append_column(std::string_view text, size_t width, std::string& out) {
  out += '[';
  const size_t start = out.size();
  append_printable(text, out);
  close_column(start, width, out);
}

std::span<const Field> all_fields() { return fields; }

const Field* find_field(std::string_view name) {
  const auto* const found = std::find_if(std::begin(fields), std::end(fields),
                                         [name](const Field& field) { return field.name == name; });
  return found == std::end(fields) ? nullptr : found;
}

}  // namespace nettrace
