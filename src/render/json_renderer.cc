// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Every key is in every object of its kind, null where there is nothing: a reader needs no tests.
#include "render/json_renderer.h"

#include <algorithm>
#include <span>

#include "base/json_writer.h"
#include "packet/tcp_flags.h"

namespace nettrace {
namespace {

static_assert(max_summary_text <= JsonWriter::max_own_text);

std::string_view name_of(Block::End end) {
  switch (end) {
    case Block::End::complete:
      return "complete";
    case Block::End::interrupted:
      return "interrupted";
    case Block::End::silent:
      return "silent";
    case Block::End::crowded_out:
      return "crowded_out";
  }
  return {};  // not reached
}

void write_device(const Event& event, JsonWriter& json) {
  const std::string_view name = event.device_name();
  if (name.empty()) return json.null();
  json.open('{');
  json.key("index").number(event.section<nt_device>().ifindex);
  json.key("name").text(name);
  json.close('}');
}

void write_address(const Address& address, JsonWriter& json) {
  json.own_text_or_null([&](char* to) { return put_address(address, to); });
}

void write_tcp(const Tcp& tcp, JsonWriter& json) {
  json.open('{');
  json.key("seq").number(tcp.seq);
  json.key("ack").number(tcp.ack);
  json.key("flags").open('[');
  for (const TcpFlag& flag : tcp_flags) {
    if (tcp.flags & flag.bit) json.text({&flag.letter, 1});
  }
  json.close(']');
  json.close('}');
}

void write_icmp(const Icmp& icmp, JsonWriter& json) {
  json.open('{');
  json.key("type").number(icmp.type);
  json.key("code").number(icmp.code);
  json.key("id").number_or_null(icmp.id);
  json.key("seq").number_or_null(icmp.seq);
  json.close('}');
}

// {"KEY":VALUE}
void write_single(std::string_view key, uint64_t value, JsonWriter& json) {
  json.open('{');
  json.key(key).number(value);
  json.close('}');
}

// The keys of the header that only one protocol has.
void write_l4_header(const Packet& packet, JsonWriter& json) {
  json.key("tcp");
  packet.tcp ? write_tcp(*packet.tcp, json) : json.null();
  json.key("udp");
  packet.udp_len ? write_single("len", *packet.udp_len, json) : json.null();
  json.key("icmp");
  packet.icmp ? write_icmp(*packet.icmp, json) : json.null();
  json.key("arp");
  packet.arp_op ? write_single("operation", *packet.arp_op, json) : json.null();
}

void write_packet(const Packet& packet, JsonWriter& json) {
  std::optional<uint64_t> source_port, destination_port;
  if (packet.ports) {
    source_port = packet.ports->source;
    destination_port = packet.ports->destination;
  }
  json.key("protocol").own_text_or_null([&](char* to) { return put_protocol(packet, to); });
  json.key("ethertype");
  packet.ethertype != 0 ? json.number(packet.ethertype) : json.null();
  json.key("l4_proto").number_or_null(packet.l4_proto);
  write_address(packet.source, json.key("source"));
  write_address(packet.destination, json.key("destination"));
  json.key("source_port").number_or_null(source_port);
  json.key("destination_port").number_or_null(destination_port);
  json.key("fragment_offset").number(packet.fragment_offset);
  write_l4_header(packet, json);
  json.key("summary").own_text_or_null([&](char* to) { return put_summary(packet, to); });
}

void write_return(const Line& line, JsonWriter& json) {
  if (!line.returned) return json.null();
  json.open('{');
  json.key("value").hex(narrow(*line.return_type, *line.returned));
  json.key("meaning").text_or_null(
      [&](std::string& out) { append_meaning(*line.return_type, *line.returned, out); });
  json.close('}');
}

void write_stack(const SymbolTable& symbols, std::span<const std::byte> stack, JsonWriter& json) {
  if (stack.empty()) return json.null();
  json.open('[');
  for (size_t i = 0; i < frame_count(stack); ++i) write_frame(symbols, frame_at(stack, i), json);
  json.close(']');
}

void write_merge(const SkbMerge& merge, JsonWriter& json) {
  json.open('{');
  json.key("time").seconds(merge.time_ns);
  json.key("skb").hex(merge.skb);
  json.key("taker").hex(merge.merged_into);
  json.close('}');
}

struct Span {
  uint64_t begin_ns = UINT64_MAX;
  uint64_t end_ns = 0;
};

Span span_of(const Block& block) {
  Span span;
  const auto widen = [&span](uint64_t first, uint64_t last) {
    span.begin_ns = std::min(span.begin_ns, first);
    span.end_ns = std::max(span.end_ns, last);
  };
  if (!block.lines.empty()) widen(block.lines.front().time_ns, block.lines.back().time_ns);
  if (!block.merges.empty()) {
    widen(block.merges.front().time_ns, block.merges.back().time_ns);
  }
  return span;
}

void write_losses(const Losses& losses, uint64_t malformed, JsonWriter& json) {
  json.key("lost").open('{');
  for (const LossCause& cause : loss_causes()) json.key(cause.key).number(losses.*cause.count);
  json.key("malformed").number(malformed);
  json.close('}');
}

}  // namespace

// The keys that are there only where a column asks for them: the others cost nothing to know.
void JsonRenderer::write_columns(const Line& line, JsonWriter& json) const {
  const Cells cells{.event = line.event,
                    .leaf = line.leaf,
                    .symbols = &symbols(),
                    .namespaces = &namespaces_,
                    .since_ns = line.since_ns,
                    .arguments = arguments_};
  for (const Column* column : columns_) {
    if (column->write != nullptr) column->write(cells, json);
  }
}

const SymbolTable& JsonRenderer::symbols() const {
  static const SymbolTable none;
  return symbols_ ? *symbols_ : none;
}

// The same on each line of a leaf.
const std::string& JsonRenderer::function_members(const Line& line) {
  const uint32_t leaf = line.event->leaf;
  if (leaf >= functions_.size()) functions_.resize(leaf + 1);
  std::string& members = functions_[leaf];
  if (members.empty()) {
    JsonWriter json(members);
    json.key("function").text(line.leaf->name);
    json.key("module").text(line.leaf->module);
  }
  return members;
}

void JsonRenderer::write_event(const Line& line, JsonWriter& json) {
  const Event& event = *line.event;
  json.open('{');
  json.key("type").text("event");
  json.key("time").seconds(line.time_ns);
  json.members(function_members(line));
  json.key("skb").hex(event.skb);
  json.key("life");
  event.tracking_id != 0 ? json.hex(event.tracking_id) : json.null();
  write_device(event, json.key("if"));
  json.key("pid").number(event.section<nt_task>().pid);
  json.key("comm").text(event.comm());
  json.key("cpu").number(event.cpu);
  json.key("len").number(event.len);
  write_columns(line, json);
  write_packet(event.packet, json);
  write_return(line, json.key("return"));
  write_stack(symbols(), event.stack, json.key("stack"));
  json.close('}');
}

void JsonRenderer::line(const Line& line, std::string& out) {
  JsonWriter json(out);
  write_event(line, json);
  json.end_line();
}

void JsonRenderer::block(const Block& block, std::string& out) {
  const Span span = span_of(block);
  const bool has_time = span.begin_ns <= span.end_ns;
  JsonWriter json(out);
  json.open('{');
  json.key("type").text("packet");
  json.key("skb").hex(block.skb);
  json.key("life").hex(block.tracking_id);
  json.key("end").text(name_of(block.end));
  json.key("lossy").boolean(block.lossy);
  json.key("begin");
  has_time ? json.seconds(span.begin_ns) : json.null();
  json.key("duration");
  has_time ? json.seconds(span.end_ns - span.begin_ns) : json.null();
  json.key("events").open('[');
  for (const Line& line : block.lines) write_event(line, json);
  json.close(']');
  json.key("absorptions").open('[');
  for (const SkbMerge& merge : block.merges) write_merge(merge, json);
  json.close(']');
  json.close('}');
  json.end_line();
}

void append_summary(const Losses& losses, uint64_t malformed, uint64_t printed, std::string& out) {
  JsonWriter json(out);
  json.open('{');
  json.key("type").text("summary");
  json.key("printed").number(printed);
  write_losses(losses, malformed, json);
  json.close('}');
  json.end_line();
}

void append_losses(const Losses& losses, uint64_t malformed, std::string& out) {
  JsonWriter json(out);
  json.open('{');
  json.key("type").text("loss");
  write_losses(losses, malformed, json);
  json.close('}');
  json.end_line();
}

}  // namespace nettrace
