// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Small recordings, and all that can be read of a recording.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "recording/reader.h"
#include "recording/writer.h"
#include "support/memory_stream.h"
#include "support/record_builder.h"

namespace nettrace::test {

inline RecordingHeader small_header() {
  RecordingHeader header;
  header.nettrace_version = "0.1.0";
  header.kernel_release = "6.12.0";
  header.filter = "-p tcp --dport 80";
  header.tracer_json = R"({"name":"all","children":["ip_rcv","nf_hook_slow"]})";
  header.leaves = {{0, "ip_rcv", {ReturnType::Kind::number, 4, {}}},
                   {1,
                    "nf_hook_slow",
                    {ReturnType::Kind::enumeration, 4, {{-1, "A"}, {2, "B"}}},
                    {{"reason", {ReturnType::Kind::enumeration, 4, {{8, "NETFILTER_DROP"}}}}}}};
  header.realtime_offset_ns = 1'750'000'000'123'456'789;
  header.returns = true;
  return header;
}

inline std::string text_of(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

inline std::string hit(uint32_t leaf) {
  test::HitRecord record = record_of(ETH_P_IP, join({Ipv4{}, tcp(40000, 80, 1, 2, 0x10)}));
  record.hit.leaf = leaf;
  return text_of(bytes_of(record));
}

inline std::string returned(uint64_t call) {
  const nt_return record{
      .head = {.time_ns = 5, .kind = NT_RETURN, .cpu = 0}, .call = call, .value = 1};
  return text_of(std::as_bytes(std::span(&record, 1)));
}

inline std::span<const std::byte> bytes_of(const std::string& text) {
  return std::as_bytes(std::span(text));
}

// Everything that a reader hands over.
struct Contents {
  std::vector<std::string> records = {};
  std::map<uint64_t, std::string> symbols = {};  // "name [module]"
  Losses losses = {};
  std::optional<std::string> truncated = {};
  std::optional<Error> error = {};  // of open() or take()
  std::unique_ptr<RecordingReader> reader = {};
};

inline Contents read_all(std::string file, size_t portion = 64 << 10) {
  Contents contents;
  const auto on_symbol = [&](uint64_t address, std::string_view name, std::string_view module) {
    contents.symbols[address] = std::string(name) + " [" + std::string(module) + "]";
  };
  auto reader =
      RecordingReader::open(std::make_unique<MemorySource>(std::move(file), portion), on_symbol);
  if (!reader) {
    contents.error = reader.error();
    return contents;
  }
  const auto on_record = [&](auto record) { contents.records.push_back(text_of(record)); };
  for (bool more = true; more;) {
    const auto taken = (*reader)->take(on_record);
    if (!taken) contents.error = taken.error();
    more = taken && *taken;
  }
  contents.losses = (*reader)->losses();
  contents.truncated = (*reader)->truncated();
  contents.reader = std::move(*reader);
  return contents;
}

// Two hits, a return, a symbol and losses.
inline std::string small_recording() {
  MemoryDisk disk;
  auto writer = RecordingWriter::create("FILE", small_header(), {}, disk.opener());
  (void)writer->record(bytes_of(hit(0)));
  writer->symbol(0xffffffff81000010, "ip_rcv_finish", "");
  (void)writer->record(bytes_of(hit(1)));
  writer->losses({.ring_full = 3, .rest_full = 4, .tracked_full = 2, .calls_full = 1});
  (void)writer->record(bytes_of(returned(7)));
  (void)writer->finish();
  return disk.files["FILE"];
}

}  // namespace nettrace::test
