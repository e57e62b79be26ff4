// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Files of a test, in memory.
#pragma once

#include <algorithm>
#include <cstring>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/byte_stream.h"

namespace nettrace::test {

class MemorySource : public ByteSource {
 public:
  // Gives at most `portion` bytes at a time.
  explicit MemorySource(std::string bytes, size_t portion = 64 << 10)
      : bytes_(std::move(bytes)), portion_(portion) {}

  std::string_view name() const override { return "FILE"; }
  int fd() const override { return -1; }
  Result<size_t> read(std::span<std::byte> buffer) override {
    const size_t size = std::min({buffer.size(), portion_, bytes_.size() - at_});
    std::memcpy(buffer.data(), bytes_.data() + at_, size);
    at_ += size;
    return size;
  }

 private:
  std::string bytes_;
  size_t portion_;
  size_t at_ = 0;
};

// What was written by whom, and when that has to fail.
struct MemoryDisk {
  std::map<std::string, std::string> files = {};
  std::vector<std::string> opened = {};  // in order
  size_t room = SIZE_MAX;                // bytes; then the disk is full
  bool reader_is_there = true;

  SinkOpener opener() {
    return [this](const std::string& path) -> Result<std::unique_ptr<ByteSink>> {
      if (path.starts_with("/nowhere")) return usage_error("cannot create " + path, "");
      opened.push_back(path);
      files[path].clear();
      return std::unique_ptr<ByteSink>(std::make_unique<Sink>(*this, files[path]));
    };
  }

 private:
  class Sink : public ByteSink {
   public:
    Sink(MemoryDisk& disk, std::string& file) : disk_(disk), file_(file) {}
    Result<bool> write(std::string_view bytes) override {
      if (!disk_.reader_is_there) return false;
      const auto fitting = bytes.substr(0, disk_.room);
      file_ += fitting;
      disk_.room -= fitting.size();
      if (fitting.size() < bytes.size()) return trace_error("no space left", "");
      return true;
    }

   private:
    MemoryDisk& disk_;
    std::string& file_;
  };
};

}  // namespace nettrace::test
