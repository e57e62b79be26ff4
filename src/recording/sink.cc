// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "recording/sink.h"

#include <fmt/core.h>

#include <cstring>
#include <optional>
#include <utility>
#include <variant>

#include "event/event.h"
#include "io/output.h"

namespace nettrace {
namespace {

class RecordingSink : public Sink, public RecordConsumer {
 public:
  RecordingSink(RecordingWriter writer, const SymbolTable& symbols, uint64_t max_events,
                std::string greeting)
      : writer_(std::move(writer)), symbols_(symbols), max_events_(max_events) {
    output_.buffer() = std::move(greeting);
  }

  RecordConsumer* records() override { return this; }
  void take(std::span<const std::byte> record) override {
    if (is_done()) return;
    nt_head head;
    if (record.size() < sizeof(head)) return;
    std::memcpy(&head, record.data(), sizeof(head));
    if (head.kind == NT_HIT) {
      ++events_;
      if (!symbols_.empty()) write_symbols(record);
    }
    keep(writer_.record(record));
  }
  void lose_between(uint64_t from_ns, uint64_t to_ns, const Losses& of_ring) override {
    writer_.gap(from_ns, to_ns, of_ring);
  }
  Result<bool> flush() override {
    auto greeted = output_.flush();
    if (!greeted || !*greeted) return greeted;
    keep(writer_.flush());
    return result();
  }
  void lose(const Losses& losses) override { writer_.losses(losses); }
  Result<bool> finish(const Losses& losses) override {
    writer_.losses(losses);
    keep(writer_.finish());
    return result();
  }
  bool is_done() const override { return error_ || reader_gone_ || events_ >= max_events_; }
  uint64_t matched() override { return events_; }
  bool has_shown() const override { return false; }

  std::string summary(const Losses& losses) const override {
    std::string text = fmt::format("{} events recorded, {}", events_, describe(losses));
    if (const uint64_t gone = writer_.overwritten(); gone > 0) {
      text += fmt::format("; -W has overwritten {} of the records", gone);
    }
    return text;
  }

 private:
  void write_symbols(std::span<const std::byte> record) {
    if (decode(record, record_)) return;
    const auto& event = std::get<Event>(record_);
    write_symbol(event.section<nt_caller>().address);
    for (size_t i = 0; i < frame_count(event.stack); ++i) write_symbol(frame_at(event.stack, i));
  }
  void write_symbol(uint64_t address) {
    const SymbolTable::Symbol symbol = symbols_.find(address);
    if (!symbol.name.empty()) writer_.symbol(symbol.address, symbol.name, symbol.module);
  }

  void keep(const Result<bool>& written) {
    if (!written && !error_) error_ = written.error();
    if (written && !*written) reader_gone_ = true;
  }
  Result<bool> result() const {
    if (error_) return *error_;
    return !reader_gone_;
  }

  RecordingWriter writer_;
  const SymbolTable& symbols_;
  uint64_t max_events_;
  uint64_t events_ = 0;
  std::optional<Error> error_;
  bool reader_gone_ = false;
  Record record_;  // the one whose symbols are written
  Output output_;
};

}  // namespace

std::unique_ptr<Sink> make_recording_sink(RecordingWriter writer, const SymbolTable& symbols,
                                          uint64_t max_events, std::string greeting) {
  return std::make_unique<RecordingSink>(std::move(writer), symbols, max_events,
                                         std::move(greeting));
}

}  // namespace nettrace
