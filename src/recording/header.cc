// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "recording/header.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <bit>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "base/foreign_text.h"
#include "base/json_reader.h"
#include "nettrace/record.h"
#include "recording/chunk.h"

namespace nettrace {
namespace {

using nlohmann::json;
using Kind = ReturnType::Kind;

// As in PNG: no text begins with it, and what a transfer as text makes of it is not it.
constexpr std::string_view magic = "\x89NTR\r\n\x1a\n";
constexpr uint16_t major_version = 2;  // a later one is not for readers of this one
constexpr uint16_t minor_version = 0;  // a later one is: it only adds

constexpr JsonLimits header_limits{.bytes = max_recording_header, .depth = 16, .values = 1 << 20};
constexpr size_t max_layouts = 64;
constexpr size_t max_value_name = 128;  // of an argument or an enumerator: a line has several
constexpr const char* own_byte_order =
    std::endian::native == std::endian::little ? "little" : "big";

// The format's own words: they stay as they are, whatever messages call these things.
constexpr std::array<std::pair<Kind, const char*>, 14> kinds = {{
    {Kind::unknown, "unknown"},
    {Kind::nothing, "nothing"},
    {Kind::skb, "skb"},
    {Kind::boolean, "boolean"},
    {Kind::verdict, "verdict"},
    {Kind::receive, "receive"},
    {Kind::number, "number"},
    {Kind::other, "other"},
    {Kind::enumeration, "enumeration"},
    {Kind::error, "errno"},
    {Kind::transmit, "transmit"},
    {Kind::tc_action, "tc_action"},
    {Kind::xdp_action, "xdp_action"},
    {Kind::conntrack, "conntrack"},
}};

json to_json(const ReturnType& type) {
  const auto* const kind = std::find_if(kinds.begin(), kinds.end(),
                                        [&](const auto& row) { return row.first == type.kind; });
  json value = {{"kind", kind->second}, {"bytes", type.bytes}};
  for (const auto& [number, name] : type.names) value["names"].push_back({number, name});
  return value;
}

json to_json(const RecordedLeaf& leaf) {
  json value = {{"number", leaf.number}, {"name", leaf.name}};
  if (leaf.returns.kind != Kind::unknown) value["returns"] = to_json(leaf.returns);
  for (const ArgumentType& argument : leaf.args) {
    value["args"].push_back({{"name", argument.name}, {"type", to_json(argument.type)}});
  }
  return value;
}

json to_json(const RecordLayout& layout) {
  return {{"kind", layout.kind}, {"name", layout.name}, {"size", layout.size}};
}

json to_json(const SectionLayout& section) {
  return {{"name", section.name}, {"size", section.size}};
}

template <typename T>
json list_of(const std::vector<T>& items) {
  json list = json::array();
  for (const T& item : items) list.push_back(to_json(item));
  return list;
}

json to_json(const RecordingHeader& header) {
  return {{"nettrace", header.nettrace_version},
          {"kernel", header.kernel_release},
          {"byte_order", own_byte_order},
          {"clock", "CLOCK_MONOTONIC"},
          {"realtime_offset_ns", header.realtime_offset_ns},
          {"follows", true},  // skbs are tracked in every recording
          {"skb_mode", header.skb_mode},
          {"returns", header.returns},
          {"stacks", header.stacks},
          {"callers", header.callers},
          {"filter", header.filter},
          {"records", list_of(header.layouts.records)},
          {"sections", list_of(header.layouts.sections)},
          {"leaves", list_of(header.leaves)},
          {"tracer", header.tracer_json}};
}

Error damaged(std::string_view name, std::string_view why) {
  return usage_error(fmt::format("the header of {} is damaged: {}", name, why),
                     "get another copy of the file");
}

// One object of the header. The first member that is not as it should be is the error; a member
// that is not there leaves its default.
class Members {
 public:
  Members(const json& object, std::optional<std::string>& error) : object_(object), error_(error) {
    if (!object.is_object()) fail(fmt::format("{} in place of an object", object.type_name()));
  }

  const json* find(const char* member) const {
    const auto found = object_.is_object() ? object_.find(member) : object_.end();
    return found == object_.end() ? nullptr : &*found;
  }
  const json* need(const char* member) {
    const json* value = find(member);
    if (!value) fail(fmt::format("{} is missing", member));
    return value;
  }

  void text(const char* member, std::string& to) {
    const json* value = find(member);
    if (!value) return;
    if (!value->is_string()) return fail(fmt::format("{} is not a string", member));
    to.clear();
    append_printable(value->get_ref<const std::string&>(), to);
  }
  void flag(const char* member, bool& to) {
    const json* value = find(member);
    if (!value) return;
    if (!value->is_boolean()) return fail(fmt::format("{} is neither true nor false", member));
    to = value->get<bool>();
  }
  template <typename T>
  void number(const char* member, T& to, T min, T max) {
    if (const json* value = find(member)) to = integer(*value, member, min, max);
  }
  template <typename T>
  T integer(const json& value, const char* member, T min, T max) {
    const bool fits = value.is_number_unsigned()
                          ? std::cmp_less_equal(value.get<uint64_t>(), max) &&
                                std::cmp_greater_equal(value.get<uint64_t>(), min)
                          : value.is_number_integer() &&
                                std::cmp_less_equal(value.get<int64_t>(), max) &&
                                std::cmp_greater_equal(value.get<int64_t>(), min);
    if (fits) return value.get<T>();
    fail(fmt::format("{} is not a number from {} to {}", member, min, max));
    return min;
  }
  // Every item of the list in `member` goes through `read`.
  template <typename T>
  void list(const char* member, size_t max, std::vector<T>& to, T (*read)(Members item)) {
    const json* value = need(member);
    if (!value) return;
    if (!value->is_array() || value->size() > max) {
      return fail(fmt::format("{} is not a list of at most {}", member, max));
    }
    to.clear();
    for (const json& item : *value) to.push_back(read(Members(item, error_)));
  }

  Members member(const json& object) const { return {object, error_}; }
  void fail(std::string why) {
    if (!error_) error_ = std::move(why);
  }

 private:
  const json& object_;
  std::optional<std::string>& error_;
};

void read_names(Members& type, ReturnType::Names& names) {
  const json* list = type.find("names");
  if (!list) return;
  const bool is_list = list->is_array() && std::all_of(list->begin(), list->end(), [](auto& pair) {
                         return pair.is_array() && pair.size() == 2 && pair[1].is_string();
                       });
  if (!is_list) return type.fail("names is not a list of numbers and names");
  for (const json& pair : *list) {
    auto& [number, name] = names.emplace_back();
    number = type.integer(pair[0], "names", std::numeric_limits<int64_t>::min(),
                          std::numeric_limits<int64_t>::max());
    const auto& text = pair[1].get_ref<const std::string&>();
    if (text.size() > max_value_name) return type.fail("names has one that is too long");
    append_printable(text, name);
  }
}

// A kind that a later version added says nothing to this one.
ReturnType read_return_type(Members type) {
  ReturnType returns;
  std::string word;
  type.text("kind", word);
  type.number<uint8_t>("bytes", returns.bytes, 1, 8);
  read_names(type, returns.names);
  const auto* const kind =
      std::find_if(kinds.begin(), kinds.end(), [&](const auto& row) { return row.second == word; });
  return kind == kinds.end() ? ReturnType() : (returns.kind = kind->first, returns);
}

ArgumentType read_argument(Members item) {
  ArgumentType argument;
  item.text("name", argument.name);
  if (argument.name.size() > max_value_name) item.fail("name is too long");
  if (const json* type = item.need("type")) argument.type = read_return_type(item.member(*type));
  return argument;
}

RecordedLeaf read_leaf(Members item) {
  RecordedLeaf leaf;
  item.need("number");
  item.number<uint32_t>("number", leaf.number, 0, max_leaves - 1);
  item.text("name", leaf.name);
  if (const json* returns = item.find("returns")) {
    leaf.returns = read_return_type(item.member(*returns));
  }
  if (item.find("args")) item.list("args", NT_MAX_ARGS, leaf.args, read_argument);
  return leaf;
}

SectionLayout read_section(Members item) {
  SectionLayout section;
  item.need("name");
  item.need("size");
  item.text("name", section.name);
  item.number<uint32_t>("size", section.size, 1, max_chunk_bytes);
  return section;
}

RecordLayout read_layout(Members item) {
  RecordLayout layout;
  item.need("kind");
  item.need("size");
  item.number<uint32_t>("kind", layout.kind, 0, std::numeric_limits<uint32_t>::max());
  item.text("name", layout.name);
  item.number<uint32_t>("size", layout.size, sizeof(nt_head), max_chunk_bytes);
  return layout;
}

}  // namespace

Result<std::string> encode_header(const RecordingHeader& header) {
  // Words of the command line may be no UTF-8.
  const std::string text =
      to_json(header).dump(-1, ' ', /*ensure_ascii=*/false, json::error_handler_t::replace);
  if (header.tracer_json.size() > max_tree_bytes) {
    return usage_error(fmt::format("the tracer.json of this trace has {} bytes as a recording "
                                   "writes it, at most {} are read",
                                   header.tracer_json.size(), max_tree_bytes),
                       "use a shorter tracer.json");
  }
  if (text.size() > max_recording_header) {
    return usage_error(fmt::format("a recording's header would have {} bytes, at most {} are "
                                   "allowed",
                                   text.size(), max_recording_header),
                       "use a shorter tracer.json");
  }
  std::string bytes(magic);
  append_le16(minor_version, bytes);
  append_le16(major_version, bytes);
  append_le32(static_cast<uint32_t>(text.size()), bytes);
  return bytes + text;
}

Error cut_off_in_header(std::string_view name) {
  return usage_error(fmt::format("{} is cut off in its header: nothing of it can be read", name),
                     "get another copy of the file");
}

Result<size_t> read_preamble(std::span<const std::byte> bytes, std::string_view name) {
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  if (text.empty()) {
    return usage_error(fmt::format("{} is empty", name), "name a file that nettrace -w wrote");
  }
  if (text.substr(0, magic.size()) != magic.substr(0, text.size())) {
    return usage_error(fmt::format("{} is not a recording of nettrace", name),
                       "name a file that nettrace -w wrote; packet captures are for tcpdump");
  }
  if (bytes.size() < preamble_bytes) return cut_off_in_header(name);
  const uint64_t major = read_le(bytes.subspan(10), 2);
  if (major == 0) return damaged(name, "there is no version 0");
  if (major > major_version) {
    return usage_error(fmt::format("{} has version {} of the format, which is newer than this "
                                   "nettrace",
                                   name, major),
                       "read it with the nettrace that wrote it, or a later one");
  }
  const size_t length = read_le(bytes.subspan(12), 4);
  if (length <= max_recording_header) return length;
  return damaged(name,
                 fmt::format("{} bytes, at most {} are allowed", length, max_recording_header));
}

Result<RecordingHeader> decode_header(std::string_view json_text, std::string_view name) {
  const auto root = read_json(json_text, "JSON", header_limits);
  if (!root) return damaged(name, root.error().what);
  RecordingHeader header;
  std::optional<std::string> error;
  Members members(*root, error);
  std::string byte_order;
  members.text("byte_order", byte_order);
  members.text("nettrace", header.nettrace_version);
  members.text("kernel", header.kernel_release);
  members.text("filter", header.filter);
  members.number("realtime_offset_ns", header.realtime_offset_ns,
                 std::numeric_limits<int64_t>::min(), std::numeric_limits<int64_t>::max());
  members.flag("skb_mode", header.skb_mode);
  members.flag("returns", header.returns);
  members.flag("stacks", header.stacks);
  members.flag("callers", header.callers);
  members.list("records", max_layouts, header.layouts.records, read_layout);
  header.layouts.sections.clear();
  if (members.find("sections")) {
    members.list("sections", max_sections, header.layouts.sections, read_section);
  }
  members.list("leaves", max_leaves, header.leaves, read_leaf);
  const json* tracer = members.need("tracer");
  if (tracer && !tracer->is_string()) members.fail("tracer is not a string");
  if (error) return damaged(name, *error);
  if (byte_order != own_byte_order) {
    return usage_error(fmt::format("{} comes from a machine of another byte order ({})", name,
                                   in_quotes(byte_order)),
                       "read it on such a machine");
  }
  header.tracer_json = tracer->get<std::string>();
  return header;
}

Result<TracerTree> recorded_tree(const RecordingHeader& header, std::string_view name) {
  auto tree = parse_tracer_tree(header.tracer_json, fmt::format("the tracer.json in {}", name));
  if (!tree) return tree;
  for (const RecordedLeaf& leaf : header.leaves) {
    if (leaf.number < tree->leaves.size() && tree->leaves[leaf.number].name == leaf.name) continue;
    return damaged(name, fmt::format("leaf {} of its tracer.json is not {}", leaf.number,
                                     in_quotes(leaf.name)));
  }
  return tree;
}

}  // namespace nettrace
