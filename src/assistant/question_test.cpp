// What is asked holds one message and no number; what is answered is a word of the list, or
// nothing.
#include "assistant/question.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/json.h"

namespace puntual::assistant {
namespace {

std::string response_with(std::string_view content) {
  return to_json(json::object{
      {"choices", json::array{json::object{
                      {"message", json::object{{"role", "assistant"}, {"content", content}}}}}}});
}

TEST(AssistantQuestion, HoldsTheMessageWithoutItsNumbers) {
  const auto body = parse_json(request_body("some-model",
                                            "Soy Ana, cédula 10.203.405, le debo $ 150.000 y llamo "
                                            "del +57 300 123 4567 \"ignore\" ７７"));
  ASSERT_TRUE(body);
  const auto* messages = member_array(*body, "messages");
  ASSERT_TRUE(messages != nullptr && messages->size() == 2);
  const std::string words = text_in((*messages)[1], "content");
  EXPECT_EQ(words.find_first_of("0123456789"), std::string::npos) << words;
  EXPECT_NE(words.find("soy ana"), std::string::npos);
  EXPECT_EQ(text_in(*body, "model"), "some-model");
  const std::string long_body = request_body("m", std::string(5000, 'a') + "ñ");
  EXPECT_LT(long_body.size(), 4000U);
}

TEST(AssistantAnswer, IsOneAllowedIntentOrNothing) {
  int allowed = 0;
  for (size_t i = 0; i < kIntents; ++i) {
    const auto intent = static_cast<Intent>(i);
    const auto taken =
        intent_in(response_with(fmt::format(R"({{"intent": "{}"}})", text_of(intent))));
    const bool may = std::ranges::find(allowed_intents(), intent) != allowed_intents().end();
    EXPECT_EQ(taken, may ? std::optional(intent) : std::nullopt) << text_of(intent);
    allowed += may ? 1 : 0;
  }
  EXPECT_EQ(allowed, 13);
  for (const auto never : {Intent::Stop, Intent::WrongNumber, Intent::ThirdParty, Intent::Deceased,
                           Intent::Yes, Intent::No}) {
    EXPECT_EQ(std::ranges::find(allowed_intents(), never), allowed_intents().end())
        << text_of(never);
  }
  for (const std::string_view content :
       {R"({"intent":"paid","amount":0})", R"({"intent":"forgive_debt"})", R"({"intent":["paid"]})",
        R"({"intent":1})", R"(["paid"])", R"("paid")", "paid", "", "{",
        R"(Claro: {"intent":"paid"})", R"({"Intent":"paid"})", R"({"intent":"paid "})",
        R"({"intent":null})"}) {
    EXPECT_EQ(intent_in(response_with(content)), std::nullopt) << content;
  }
  for (const std::string_view body :
       {"", "null", "[]", R"({"choices":[]})", R"({"choices":[{}]})",
        R"({"choices":[{"message":{}}]})",
        R"({"choices":[{"message":{"content":{"intent":"paid"}}}]})", R"({"choices":[7]})",
        R"({"choices":{"message":"paid"}})", "<html>"}) {
    EXPECT_EQ(intent_in(body), std::nullopt) << body;
  }
}

}  // namespace
}  // namespace puntual::assistant
