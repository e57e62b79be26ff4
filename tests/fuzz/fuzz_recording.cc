// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Any bytes as a recording. The first one says what they are: a whole file, a header, or what
// follows a header that is right; and in which portions they arrive.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "event/event.h"
#include "recording/reader.h"

using namespace nettrace;

namespace {

class MemorySource : public ByteSource {
 public:
  MemorySource(std::string bytes, size_t portion) : bytes_(std::move(bytes)), portion_(portion) {}

  std::string_view name() const override { return "fuzz"; }
  int fd() const override { return -1; }
  Result<size_t> read(std::span<std::byte> buffer) override {
    const size_t size = std::min({buffer.size(), portion_, bytes_.size() - at_});
    std::copy_n(std::as_bytes(std::span(bytes_)).begin() + static_cast<ptrdiff_t>(at_), size,
                buffer.begin());
    at_ += size;
    return size;
  }

 private:
  std::string bytes_;
  size_t portion_;
  size_t at_ = 0;
};

// 0: hits of this version; else of version 1 and that size, or with other sections: they have to be
// fitted.
std::string good_header(uint32_t hit_bytes) {
  RecordingHeader header;
  header.tracer_json = R"({"name":"all","children":["ip_rcv"]})";
  header.leaves = {{0, "ip_rcv", {ReturnType::Kind::number, 4, {}}, {}}};
  header.layouts = own_layouts();
  if (hit_bytes != 0) header.layouts.records[0].size = hit_bytes;
  if (hit_bytes >= 280) header.layouts.sections.clear();
  if (hit_bytes == 64) header.layouts.sections = {{"news", 24}, {"packet", 200}, {"stack", 500}};
  return *encode_header(header);
}

std::string preamble_for(std::string_view json) {
  std::string bytes = good_header(0).substr(0, preamble_bytes - 4);
  append_le32(static_cast<uint32_t>(json.size()), bytes);
  return bytes;
}

void check(const Error& error) {
  if (error.what.empty() || error.what.find('\n') != std::string::npos) std::abort();
}

void read_all(RecordingReader& reader) {
  const auto take = [](std::span<const std::byte> record) { (void)decode(record); };
  for (;;) {
    const auto more = reader.take(take);
    if (!more) return check(more.error());
    if (!*more) break;
  }
  (void)reader.truncated();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const uint8_t choice = *data;
  std::string bytes(reinterpret_cast<const char*>(data + 1), size - 1);
  switch (choice & 3) {
    case 1:
      bytes.insert(0, preamble_for(bytes));
      break;
    case 2:
      bytes.insert(0, good_header(0));
      break;
    case 3:
      bytes.insert(0, good_header(choice & 4 ? 64 : choice & 16 ? 280 : 296));
      break;
    default:
      break;
  }
  auto source = std::make_unique<MemorySource>(std::move(bytes), choice & 8 ? 65536 : 13);
  const auto on_symbol = [](uint64_t, std::string_view name, std::string_view module) {
    if (name.size() + module.size() > 3 * max_chunk_bytes) std::abort();
  };
  auto reader = RecordingReader::open(std::move(source), on_symbol);
  if (!reader) {
    check(reader.error());
    return 0;
  }
  read_all(**reader);
  return 0;
}
