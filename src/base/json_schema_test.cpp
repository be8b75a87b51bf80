#include "base/json_schema.h"

#include <gtest/gtest.h>

namespace puntual {
namespace {

std::string findings_of(std::string_view schema, std::string_view value,
                        UnknownFields unknown = UnknownFields::AsSchemaSays) {
  const json::value document = *parse_json(fmt::format(
      R"({{"it":{},"share":{{"type":"object","properties":{{"n":{{"type":"integer","minimum":1}}}},"required":["n"]}}}})",
      schema));
  std::string text;
  for (const auto& one : check_schema(document, document.at("it"), *parse_json(value), unknown))
    text += fmt::format("{} {};", one.pointer, one.detail);
  return text;
}

TEST(JsonSchema, TypesAndBounds) {
  EXPECT_EQ(findings_of(R"({"type":"integer"})", "3"), "");
  EXPECT_EQ(findings_of(R"({"type":"integer"})", "3.5"), " expected integer;");
  EXPECT_EQ(findings_of(R"({"type":["string","null"]})", "null"), "");
  EXPECT_EQ(findings_of(R"({"type":["string","null"]})", "1"), " expected string, null;");
  EXPECT_EQ(findings_of(R"({"type":"integer","minimum":1,"maximum":200})", "201"),
            " expected at most 200;");
  EXPECT_EQ(findings_of(R"({"type":"string","maxLength":3})", R"("ñañ")"), "")
      << "characters, not bytes";
  EXPECT_EQ(findings_of(R"({"type":"string","maxLength":3})", R"("cuatro")"),
            " expected at most 3 characters;");
  EXPECT_EQ(findings_of(R"({"type":"string","enum":["a","b"]})", R"("c")"),
            " expected one of: a, b;");
  EXPECT_EQ(findings_of(R"({"type":"string","format":"date"})", R"("2026-02-30")"),
            " expected a date: YYYY-MM-DD;");
  EXPECT_EQ(
      findings_of(R"({"type":"string","format":"date-time"})", R"("2026-11-24T10:00:00-05:00")"),
      "");
}

TEST(JsonSchema, FieldsAreFoundByTheirPointer) {
  constexpr std::string_view kSchema =
      R"({"type":"object","properties":{"shares":{"type":"array","minItems":1,"items":{"$ref":"#/share"}},"a/b":{"type":"string"}},
                                          "required":["shares"],"additionalProperties":false})";
  EXPECT_EQ(findings_of(kSchema, R"({"shares":[{"n":1}],"a/b":"x"})"), "");
  EXPECT_EQ(findings_of(kSchema, "{}"), "/shares is missing;");
  EXPECT_EQ(findings_of(kSchema, R"({"shares":[{"n":2},{"n":0},{}]})"),
            "/shares/1/n expected at least 1;/shares/2/n is missing;");
  EXPECT_EQ(findings_of(kSchema, R"({"shares":[{"n":1}],"a/b":1,"share":2})"),
            "/a~1b expected string;/share no such field;");
  EXPECT_EQ(findings_of(kSchema, "[]"), " expected object;");
}

TEST(JsonSchema, WhatIsNotNamedIsLetThroughUnlessAsked) {
  constexpr std::string_view kOpen = R"({"type":"object","properties":{"a":{}}})";
  EXPECT_EQ(findings_of(kOpen, R"({"a":1,"b":2})"), "");
  EXPECT_EQ(findings_of(kOpen, R"({"a":1,"b":2})", UnknownFields::Reported), "/b no such field;");
}

TEST(JsonSchema, OneOfAllOf) {
  constexpr std::string_view kOne = R"({"oneOf":[{"type":"string"},{"$ref":"#/share"}]})";
  EXPECT_EQ(findings_of(kOne, R"("x")"), "");
  EXPECT_EQ(findings_of(kOne, R"({"n":4})"), "");
  EXPECT_EQ(findings_of(kOne, "4"), " fits none of the kinds that may stand here;");
  EXPECT_EQ(findings_of(R"({"allOf":[{"minimum":2},{"maximum":4}]})", "5"), " expected at most 4;");
}

TEST(JsonSchema, AWordThatIsNotCheckedIsNotBelieved) {
  EXPECT_THROW((void)findings_of(R"({"type":"string","pattern":"^a$"})", R"("b")"),
               BrokenAssumption);
}

}  // namespace
}  // namespace puntual
