// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// What a recording says of itself: read back, and refused where it makes no sense.
#include "recording/header.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "support/recording_fixture.h"

namespace nettrace {
namespace {

using nlohmann::json;
using test::small_header;
using testing::HasSubstr;
using testing::StartsWith;

json header_json() { return json::parse(encode_header(small_header())->substr(preamble_bytes)); }

// "WHAT (REMEDY)"
std::string text_of(const Error& error) {
  EXPECT_EQ(error.what.find('\n'), std::string::npos);
  return error.what + " (" + error.remedy + ")";
}

std::string bad(const json& root) {
  const auto header = decode_header(root.dump(), "FILE");
  return header ? "accepted" : text_of(header.error());
}

// The error for the header with this member changed.
std::string bad(const char* pointer, const json& value) {
  json root = header_json();
  root[json::json_pointer(pointer)] = value;
  return bad(root);
}

std::string bad_preamble(std::string bytes) {
  const auto length = read_preamble(std::as_bytes(std::span(bytes)), "FILE");
  return length ? "accepted" : text_of(length.error());
}

TEST(RecordingHeader, IsReadAsItWasWritten) {
  RecordingHeader header = small_header();
  header.realtime_offset_ns = -1;
  header.skb_mode = header.stacks = header.callers = true;
  header.leaves[0].returns = {ReturnType::Kind::verdict, 1, {}};
  const std::string bytes = *encode_header(header);
  const auto length = read_preamble(std::as_bytes(std::span(bytes)), "FILE");
  ASSERT_TRUE(length);
  EXPECT_EQ(*length, bytes.size() - preamble_bytes);
  const auto decoded = decode_header(bytes.substr(preamble_bytes), "FILE");
  ASSERT_TRUE(decoded) << decoded.error().what;
  EXPECT_EQ(*decoded, header);
}

TEST(RecordingHeader, HasAWordForEveryKindOfReturnValue) {
  for (int kind = 0; kind <= static_cast<int>(ReturnType::Kind::conntrack); ++kind) {
    RecordingHeader header = small_header();
    header.leaves = {{0, "ip_rcv", {static_cast<ReturnType::Kind>(kind), 8, {}}}};
    const auto decoded = decode_header(encode_header(header)->substr(preamble_bytes), "FILE");
    EXPECT_EQ(*decoded, header);
  }
}

TEST(RecordingHeader, DescribesItself) {
  const json root = header_json();
  EXPECT_EQ(root["records"][0], (json{{"kind", 1}, {"name", "hit"}, {"size", 48}}));
  EXPECT_EQ(root["sections"][0], (json{{"name", "packet"}, {"size", 192}}));
  EXPECT_EQ(root["leaves"][0]["returns"], (json{{"kind", "number"}, {"bytes", 4}}));
  EXPECT_EQ(root["leaves"][1]["returns"]["names"], json::parse(R"([[-1,"A"],[2,"B"]])"));
  EXPECT_EQ(root["clock"], "CLOCK_MONOTONIC");
}

TEST(RecordingHeader, TakesWordsThatAreNotUtf8) {
  RecordingHeader header = small_header();
  header.filter = "-p \xff\x1b";
  const auto decoded = decode_header(encode_header(header)->substr(preamble_bytes), "FILE");
  ASSERT_TRUE(decoded);
  EXPECT_EQ(decoded->filter.find('\x1b'), std::string::npos);
  EXPECT_THAT(decoded->filter, StartsWith("-p "));
}

TEST(RecordingHeader, IgnoresUnknownMembers) {
  json root = header_json();
  root["later"] = {{"a", {1, 2}}};
  root["leaves"][0]["later"] = 1;
  root["records"][0]["fields"] = json::array({"time_ns"});
  const auto decoded = decode_header(root.dump(), "FILE");
  ASSERT_TRUE(decoded);
  EXPECT_EQ(*decoded, small_header());
}

TEST(RecordingHeader, TakesAKindOfReturnValueToComeAsUnknown) {
  json root = header_json();
  root["leaves"][0]["returns"]["kind"] = "colour";
  EXPECT_EQ(decode_header(root.dump(), "FILE")->leaves[0].returns, ReturnType());
}

TEST(RecordingHeader, HasDefaultsForWhatIsMissing) {
  const json root = {{"byte_order", header_json()["byte_order"]},
                     {"records", json::array()},
                     {"leaves", json::array()},
                     {"tracer", "{}"}};
  const auto decoded = decode_header(root.dump(), "FILE");
  ASSERT_TRUE(decoded) << decoded.error().what;
  EXPECT_EQ(decoded->realtime_offset_ns, 0);
}

TEST(RecordingHeader, RefusesWhatMakesNoSense) {
  EXPECT_THAT(bad("/tracer", 1), HasSubstr("the header of FILE is damaged: tracer is not a"));
  EXPECT_THAT(bad("/returns", 1), HasSubstr("returns is neither true nor false"));
  EXPECT_THAT(bad("/kernel", json::array()), HasSubstr("kernel is not a string"));
  EXPECT_THAT(bad("/realtime_offset_ns", 1.5), HasSubstr("realtime_offset_ns is not a number"));
  EXPECT_THAT(bad("/realtime_offset_ns", UINT64_MAX), HasSubstr("is not a number"));
  EXPECT_THAT(bad("/leaves", json::object()), HasSubstr("leaves is not a list"));
  EXPECT_THAT(bad("/leaves/0", "ip_rcv"), HasSubstr("string in place of an object"));
  EXPECT_THAT(bad("/leaves/0", json::object()), HasSubstr("number is missing"));
  EXPECT_THAT(bad("/leaves/0/number", -1), HasSubstr("number is not a number from 0 to 16383"));
  EXPECT_THAT(bad("/leaves/0/number", 16384), HasSubstr("number is not a number"));
  EXPECT_THAT(bad("/leaves/0/returns/bytes", 0), HasSubstr("bytes is not a number from 1 to 8"));
  EXPECT_THAT(bad("/leaves/1/returns/names", {{1}}), HasSubstr("names is not a list"));
  EXPECT_THAT(bad("/records/0/size", 8), HasSubstr("size is not a number from 16"));
  EXPECT_THAT(bad("/sections/0/size", 0), HasSubstr("size is not a number from 1"));
  EXPECT_THAT(bad("/sections", json(std::vector<json>(17, header_json()["sections"][0]))),
              HasSubstr("sections is not a list of at most 16"));
  EXPECT_THAT(bad("/leaves/0/args", 1), HasSubstr("args is not a list of at most 4"));
  const std::string long_name(129, 'y');
  EXPECT_THAT(bad("/leaves/1/args/0/name", long_name), HasSubstr("name is too long"));
  EXPECT_THAT(bad("/leaves/1/returns/names", {{1, long_name}}), HasSubstr("names has one that is"));
  EXPECT_THAT(bad("/records/0/size", 65537), HasSubstr("size is not a number"));
  EXPECT_THAT(bad("/records", json(std::vector<json>(65, header_json()["records"][0]))),
              HasSubstr("records is not a list of at most 64"));
  EXPECT_THAT(bad("/byte_order", "big"), HasSubstr("another byte order ('big')"));
  EXPECT_THAT(bad(json::array()), HasSubstr("in place of an object"));
  for (const char* member : {"tracer", "leaves", "records"}) {
    json root = header_json();
    root.erase(member);
    EXPECT_THAT(bad(root), HasSubstr(std::string(member) + " is missing"));
  }
  const auto no_json = decode_header("{", "FILE");
  EXPECT_THAT(no_json.error().what, HasSubstr("the header of FILE is damaged: JSON:1:2"));
}

TEST(RecordingHeader, NumbersTheLeavesOfItsTree) {
  RecordingHeader header = small_header();
  EXPECT_EQ(recorded_tree(header, "FILE")->leaves.size(), 2u);
  header.leaves[1].number = 0;
  EXPECT_THAT(recorded_tree(header, "FILE").error().what,
              HasSubstr("leaf 0 of its tracer.json is not 'nf_hook_slow'"));
  header.leaves[1].number = 2;
  EXPECT_FALSE(recorded_tree(header, "FILE"));
  header.tracer_json = "{";
  EXPECT_THAT(recorded_tree(header, "FILE").error().what, HasSubstr("the tracer.json in FILE:1:2"));
}

TEST(RecordingPreamble, IsOfThisVersionOrALaterMinorOne) {
  std::string bytes = encode_header(small_header())->substr(0, preamble_bytes);
  EXPECT_EQ(bad_preamble(bytes), "accepted");
  bytes[8] = 77;
  EXPECT_EQ(bad_preamble(bytes), "accepted");
  bytes[10] = 3;
  EXPECT_THAT(bad_preamble(bytes), HasSubstr("FILE has version 3 of the format, which is newer"));
  bytes[10] = 0;
  EXPECT_THAT(bad_preamble(bytes), HasSubstr("no version 0"));
}

TEST(RecordingPreamble, RefusesOtherFiles) {
  EXPECT_THAT(bad_preamble(""), HasSubstr("FILE is empty"));
  EXPECT_THAT(bad_preamble("\xd4\xc3\xb2\xa1 a pcap"), HasSubstr("not a recording"));
  EXPECT_THAT(bad_preamble("\x89NTR\n\x1a\n, taken for text"), HasSubstr("not a recording"));
  EXPECT_THAT(bad_preamble("\x89NTR\r\n"), HasSubstr("cut off in its header"));
  std::string bytes = encode_header(small_header())->substr(0, preamble_bytes);
  bytes[15] = 127;
  EXPECT_THAT(bad_preamble(bytes), HasSubstr("at most 33554432 are allowed"));
}

}  // namespace
}  // namespace nettrace
