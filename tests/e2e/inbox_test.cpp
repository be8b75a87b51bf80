// Agents at work on the running house: what they write by API and by command is what the debtor
// reads, once.
#include <gtest/gtest.h>

#include "tests/support/house.h"

namespace puntual::e2e {
namespace {

class Inbox : public testing::Test {
 protected:
  // Somebody has been reminded, a person has taken the conversation over, and they have written.
  void open() {
    ASSERT_EQ(house.import(portfolio_of(1, 1)).exit_code, 0);
    house.open_sandbox(R"({"platform":{"read_ppm":0}})");
    house.serve();
    ASSERT_TRUE(house.has_sent(ana, 1));
    ASSERT_EQ(
        house.order(path("/tasks"), R"({"by":"jefa","kind":"wants_person","summary":"Llamó."})")
            .status,
        200);
    says("Buenas, tengo una duda", 1);
  }
  void says(const std::string& text, int64_t messages) {
    house.person_says(ana, text);
    ASSERT_TRUE(eventually([&] {
      return house.count("SELECT COUNT(*) FROM timeline WHERE kind='inbound'") == messages;
    }));
  }
  [[nodiscard]] std::string path(std::string_view rest = {}) const {
    return "/v1/conversations/" + ana.invoice() + std::string(rest);
  }
  [[nodiscard]] Answer say(std::string_view body, std::string_view key) const {
    RequestHeaders headers = token;
    if (!key.empty()) headers.lines.push_back("Idempotency-Key: " + std::string(key));
    return post(house.url(path("/messages")), body, headers);
  }
  [[nodiscard]] json::value talk() const { return get(house.url(path()), token).document(); }
  [[nodiscard]] size_t texts() const {
    return static_cast<size_t>(std::ranges::count_if(house.sent(ana), [](const json::value& one) {
      return member_text(one, "type") == "text";
    }));
  }

  House house;
  const Person ana{1};
  const RequestHeaders token{{"Authorization: Bearer token-of-the-tests"}};
};

TEST_F(Inbox, WhatAnAgentWritesIsReadOnce) {
  open();
  const std::string words = R"({"by":"laura","text":"Hola, soy Laura. Cuénteme."})";
  EXPECT_EQ(post(house.url(path("/messages")), words).status, 401);
  EXPECT_EQ(say(words, "").status, 400);
  const auto first = say(words, "key-1");
  ASSERT_EQ(first.status, 200) << first.body;
  EXPECT_EQ(member_bool(first.document(), "new"), true);
  const auto again = say(words, "key-1");
  EXPECT_EQ(member_text(again.document(), "id"), member_text(first.document(), "id"));
  ASSERT_TRUE(house.has_sent(ana, 2));
  EXPECT_EQ(texts(), 1U);
  EXPECT_EQ(
      member_text(*member(house.sent(ana)[1], "content")->as_object().if_contains("text"), "body"),
      "Hola, soy Laura. Cuénteme.");
  ASSERT_TRUE(eventually([&] { return house.state_of(ana, "person") == "delivered"; }));
  const json::value shown = talk();
  const auto& line = member_array(shown, "lines")->back();
  EXPECT_EQ(member_text(line, "author"), "laura");
  EXPECT_EQ(member_text(line, "state"), "delivered");

  const auto refused = say(R"({"by":"laura","text":"Si no paga lo vamos a embargar."})", "key-2");
  EXPECT_EQ(refused.status, 403) << refused.body;
  EXPECT_TRUE(refused.body.contains("CONTENT_THREAT")) << refused.body;
  for (const std::string_view bad :
       {R"({"text":"Hola"})", R"({"by":"laura"})", R"({"by":"laura","text":"a","canned":"saludo"})",
        R"({"by":"laura","text":"a","x":1})", "[]", "{"}) {
    const auto answer = say(bad, "key-3");
    EXPECT_TRUE(answer.status == 400 || answer.status == 422) << answer.status << " " << bad;
  }
  EXPECT_EQ(texts(), 1U);
}

TEST_F(Inbox, WhoHasNotReadTheLastMessageIsTold) {
  open();
  const std::string seen = text_in(talk(), "last_seen");
  says("Además ya pagué la mitad", 2);
  const std::string words =
      fmt::format(R"({{"by":"laura","text":"Hola.","last_seen":"{}"}})", seen);
  EXPECT_EQ(say(words, "key-1").status, 409);
  const std::string fresh = fmt::format(R"({{"by":"laura","text":"Hola.","last_seen":"{}"}})",
                                        text_in(talk(), "last_seen"));
  EXPECT_EQ(say(fresh, "key-1").status, 200);
}

TEST_F(Inbox, ATaskIsTakenPutOffAndClosedByCommandBesideTheServer) {
  open();
  const auto listed = house.command({"inbox", "list", "--json"});
  ASSERT_EQ(listed.exit_code, 0) << listed.err;
  const json::value page = *parse_json(listed.out);
  ASSERT_EQ(member_array(page, "conversations")->size(), 1U);
  const std::string task =
      text_in(*member(member_array(page, "conversations")->front(), "task"), "id");
  EXPECT_EQ(house.command({"inbox", "assign", task, "laura", "--by", "jefa"}).exit_code, 0);
  EXPECT_TRUE(house.command({"inbox", "list", "--mine", "laura"}).out.contains(task));
  EXPECT_EQ(house.command({"inbox", "snooze", task, "2026-11-30"}).exit_code, 0);
  EXPECT_TRUE(house.command({"inbox", "list"}).out.contains("Nada espera"));
  EXPECT_EQ(house.command({"inbox", "note", ana.phone(), "Prefiere la tarde.", "--by", "laura"})
                .exit_code,
            0);
  const auto said =
      house.command({"inbox", "reply", ana.phone(), "--canned", "saludo", "--by", "laura"});
  EXPECT_EQ(said.exit_code, 0) << said.err;
  ASSERT_TRUE(house.has_sent(ana, 2));
  const auto shown = house.command({"inbox", "show", ana.phone()});
  EXPECT_TRUE(shown.out.contains("Nota de laura: Prefiere la tarde.")) << shown.out;
  EXPECT_TRUE(shown.out.contains("laura: Hola, Persona")) << shown.out;
  EXPECT_EQ(house.command({"inbox", "close", task, "settled"}).exit_code, 0);  // And gives it back.
  EXPECT_EQ(house.command({"inbox", "close", task}).exit_code, 5);
  EXPECT_EQ(house.command({"inbox", "release", ana.phone()}).exit_code, 5);
  EXPECT_EQ(house.command({"canned", "set", "saludo", "Hola, {{apodo}}"}).exit_code, 1);
  EXPECT_TRUE(
      house.command({"canned", "set", "saludo", "Buenas, {{nombre}}"}).out.contains("(propia)"));
  EXPECT_EQ(house.command({"canned", "remove", "saludo"}).exit_code, 0);
  EXPECT_EQ(house.command({"canned", "remove", "saludo"}).exit_code, 3);
}

TEST_F(Inbox, AConversationIsReadFromItsEndPageByPage) {
  open();
  says("¿Cuánto debo?", 2);
  says("Hola, ¿hay alguien?", 3);
  const json::value whole = talk();
  std::vector<std::string> ids;
  for (const auto& line : *member_array(whole, "lines")) ids.push_back(text_in(line, "id"));
  ASSERT_GE(ids.size(), 4U);
  EXPECT_TRUE(member(whole, "earlier")->is_null());
  std::vector<std::string> met;
  std::string before;
  do {
    const auto page = get(house.url(path("?limit=3&before=" + before)), token);
    ASSERT_EQ(page.status, 200) << page.body;
    const json::value document = page.document();
    ASSERT_LE(member_array(document, "lines")->size(), 3U);
    std::vector<std::string> shown;
    for (const auto& line : *member_array(document, "lines")) shown.push_back(text_in(line, "id"));
    met.insert(met.begin(), shown.begin(), shown.end());
    before = text_in(document, "earlier");
  } while (!before.empty());
  EXPECT_EQ(met, ids);
  EXPECT_EQ(get(house.url(path("?limit=0")), token).status, 400);
  EXPECT_EQ(get(house.url(path("?before=12x")), token).status, 400);
  EXPECT_EQ(get(house.url(path("?before=12")), token).status, 404);
}

TEST_F(Inbox, PagesGoOnWhereTheLastOneEnded) {
  ASSERT_EQ(house.import(portfolio_of(1, 3)).exit_code, 0);
  house.serve();
  for (int i = 1; i <= 3; ++i) {
    ASSERT_EQ(house
                  .order("/v1/conversations/" + Person{i}.invoice() + "/tasks",
                         R"({"by":"jefa","kind":"complaint","summary":"Llamó."})")
                  .status,
              200);
  }
  std::vector<std::string> met;
  std::string after;
  do {
    const auto page = get(house.url("/v1/conversations?limit=2&cursor=" + after), token);
    ASSERT_EQ(page.status, 200) << page.body;
    const json::value document = page.document();
    for (const auto& one : *member_array(document, "conversations"))
      met.push_back(text_in(one, "debtor"));
    after = text_in(document, "next");
  } while (!after.empty());
  EXPECT_EQ(met.size(), 3U);
  std::ranges::sort(met);
  EXPECT_TRUE(std::ranges::adjacent_find(met) == met.end());
  EXPECT_EQ(get(house.url("/v1/conversations?limit=201"), token).status, 400);
  EXPECT_EQ(get(house.url("/v1/conversations?filter=old"), token).status, 400);
  EXPECT_EQ(get(house.url("/v1/conversations"), {}).status, 401);
}

}  // namespace
}  // namespace puntual::e2e
