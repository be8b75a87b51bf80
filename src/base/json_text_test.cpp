#include "base/json_text.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/json.h"

namespace puntual {
namespace {

std::string decoded(const std::string& text) { return JsonDocument::read(text)->root().text(); }

TEST(JsonText, FindsMembersAndKeepsSlices) {
  const std::string text = R"( {"a":{"b":[1,"two",{"c":null}]},"n":-12,"s":"77"} )";
  const auto document = JsonDocument::read(text);
  ASSERT_TRUE(document);
  const JsonRef root = document->root();
  EXPECT_EQ(root["a"]["b"].raw(), R"([1,"two",{"c":null}])");
  EXPECT_EQ(root["n"].integer(), -12);
  EXPECT_EQ(root["s"].integer(), 77);
  EXPECT_EQ(root["n"].text(), "-12");
  EXPECT_FALSE(root["missing"]["deeper"]);
  EXPECT_EQ(root["a"].text(), "");
  std::vector<JsonKind> kinds;
  for (const JsonRef one : root["a"]["b"]) kinds.push_back(one.kind());
  EXPECT_EQ(kinds, (std::vector{JsonKind::Number, JsonKind::String, JsonKind::Object}));
}

TEST(JsonText, LastOfDuplicateNamesCountsAlsoWhenEscaped) {
  const std::string text = R"({"id":"first","id":"second","\u0069d":"third"})";
  EXPECT_EQ(JsonDocument::read(text)->root()["id"].text(), "third");
}

TEST(JsonText, DecodesEscapesAndMendsWhatIsNotUnicode) {
  EXPECT_EQ(decoded(R"("a\n\t\"\\\/\u00e9\ud83d\udc4d")"), "a\n\t\"\\/é👍");
  EXPECT_EQ(decoded(R"("x\ud83dy")"), "x\uFFFDy");
  EXPECT_EQ(decoded(R"("x\u0000y")"), "x\uFFFDy");
  EXPECT_EQ(decoded("\"x\xC3\x28\xFF y\""), "x\uFFFD(\uFFFD y");
  EXPECT_EQ(decoded(std::string("\"x\0y\"", 5)), "x\uFFFDy");
  EXPECT_EQ(decoded(R"("\u12")"), "\uFFFD12");
}

TEST(JsonText, RefusesWhatIsNotJson) {
  for (const std::string text : {"", " ", "{", "{}}", "[1,]", "{\"a\"}", "{\"a\":}", "{a:1}", "tru",
                                 "\"x", "[1 2]", "-", "[}", "\"\\", "nul", "{\"a\":1,}"}) {
    EXPECT_FALSE(JsonDocument::read(text)) << text;
  }
}

TEST(JsonText, ExtremeDepthIsOneOpaqueValue) {
  const std::string deep = std::string(1'000'000, '[') + std::string(1'000'000, ']');
  const std::string text = R"({"deep":)" + deep + R"(,"id":"x"})";
  const auto document = JsonDocument::read(text);
  ASSERT_TRUE(document);
  EXPECT_EQ(document->root()["id"].text(), "x");
  EXPECT_EQ(document->root()["deep"].raw().size(), deep.size());
  EXPECT_FALSE(JsonDocument::read(std::string(1'000'000, '[')));
}

TEST(JsonText, HugeNumbersKeepTheirDigits) {
  const std::string text = R"([99999999999999999999999999,1e999,9223372036854775807])";
  const auto document = JsonDocument::read(text);
  auto at = document->root().begin();
  EXPECT_EQ((*at).text(), "99999999999999999999999999");
  EXPECT_FALSE((*at).integer());
  ++at;
  EXPECT_FALSE((*at).integer());
  ++at;
  EXPECT_EQ((*at).integer(), INT64_MAX);
}

RC_GTEST_PROP(JsonText, WhatIsWrittenReadsBack, (const std::string& text)) {
  std::string clean;
  append_clean_utf8(clean, text);
  std::string written;
  append_json_string(written, text);
  RC_ASSERT(decoded(written) == clean);
  RC_ASSERT(json::value_to<std::string>(*parse_json(written)) == clean);
}

RC_GTEST_PROP(JsonText, AnyBytesAreReadOrRefused, (const std::string& text)) {
  const std::string bytes = "{\"a\":" + text + "}";
  if (const auto document = JsonDocument::read(bytes)) {
    std::string seen = document->root()["a"].text();
    seen += document->root()["a"].raw();
  }
}

}  // namespace
}  // namespace puntual
