// One house with three who ask, over real HTTP: what every route has in common.
#include <atomic>

#include "app/api.h"
#include "app/api_answers.h"
#include "app/test_house.h"
#include "tests/support/peer.h"

namespace puntual {
namespace {

using access::Principal, access::Right, access::Role;

struct Said {
  int status = 0;
  std::string head;
  json::value body;
  [[nodiscard]] std::string header(std::string_view name) const {
    const auto at = head.find(fmt::format("\r\n{}: ", name));
    if (at == std::string::npos) return {};
    const auto begin = at + name.size() + 4;
    return head.substr(begin, head.find("\r\n", begin) - begin);
  }
};

class ApiHouseTest : public JobHouse {
 protected:
  ApiHouseTest()
      : api(
            *store, creditor.id, clock, {},
            [this](const http::Request& head) { return know(head); },
            [](const BrokenAssumption&) {}) {
    api.add(http::Method::Post, "/v1/tasks/{id}/close", Right::ConversationsWrite,
            [this](const http::Request& request) -> Result<http::Response> {
              ++done;
              if (request.param("id") == "0") return fail(ErrorCode::Unavailable, "not now");
              return http::json_response(
                  200, to_json(json::object{{"body", request.body}, {"times", done.load()}}));
            });
    api.add(http::Method::Get, "/v1/debtors/{id}", Right::PeopleRead,
            [](const http::Request&, const Principal& by) -> Result<http::Response> {
              return http::json_response(200, to_json(json::object{{"by", by.name}}));
            });
    api.add(http::Method::Get, "/v1/saved-views/{id}", Right::PeopleRead,
            [this](const http::Request&) -> Result<http::Response> {
              return http::json_response(200, to_json(json::object{{"times", done.load()}}));
            });
    api.add(http::Method::Delete, "/v1/saved-views/{id}", Right::PeopleRead,
            [this](const http::Request&) -> Result<http::Response> {
              ++done;
              return http::Response{.status = 204};
            },
            {.edits = "/v1/saved-views/{id}"});
    http::Router router;
    api.open(router);
    server = *http::Server::start(std::move(router), {});
  }
  ~ApiHouseTest() override { server->stop(); }

  static std::expected<Principal, http::Response> know(const http::Request& head) {
    const auto name = head.headers.get("Authorization");
    if (name == "agent")
      return Principal{.role = Role::Agent,
                       .rights = access::rights_of(Role::Agent),
                       .user_id = 7,
                       .name = "luis"};
    if (name == "auditor")
      return Principal{.role = Role::Auditor,
                       .rights = access::rights_of(Role::Auditor),
                       .user_id = 8,
                       .name = "eva"};
    if (name == "key")
      return Principal{.role = Role::Developer,
                       .rights = access::rights_of(Role::Owner),
                       .user_id = 0,
                       .key_id = 5,
                       .name = "key ERP"};
    if (name == "token")
      return Principal{.role = Role::Owner,
                       .rights = access::rights_of(Role::Owner),
                       .user_id = 0,
                       .name = "api"};
    return std::unexpected(api_problem("not_signed_in", "who are you?"));
  }

  Said ask(std::string_view line, std::string_view who, std::string_view headers = {},
           std::string_view body = {}) {
    tests::Peer peer(*server);
    peer.say(
        fmt::format("{} HTTP/1.1\r\nHost: t\r\nAuthorization: {}\r\nContent-Length: {}\r\n{}\r\n{}",
                    line, who, body.size(), headers, body));
    const std::string text = peer.response();
    const auto end = text.find("\r\n\r\n");
    return {.status = std::stoi(text.substr(9)),
            .head = text.substr(0, end + 2),
            .body = parse_json(text.substr(end + 4)).value_or(json::value())};
  }

  Clock clock{now};
  std::atomic<int> done = 0;
  Api api;
  std::unique_ptr<http::Server> server;
};

constexpr std::string_view kClose = "POST /v1/tasks/1/close";

TEST_F(ApiHouseTest, WhoMayNotIsToldSoAndNothingIsDone) {
  EXPECT_EQ(ask(kClose, "stranger").status, 401);
  const Said refused = ask(kClose, "auditor", "Accept-Language: es-CO,es;q=0.9\r\n");
  EXPECT_EQ(refused.status, 403);
  EXPECT_EQ(text_in(refused.body, "code"), "forbidden");
  EXPECT_EQ(text_in(refused.body, "title"), "Usted no tiene permiso para esto");
  EXPECT_EQ(text_in(refused.body, "instance"), "/v1/tasks/1/close");
  EXPECT_NE(text_in(refused.body, "detail").find("conversations_write"), std::string::npos);
  EXPECT_EQ(done, 0);
  EXPECT_EQ(text_in(ask("GET /v1/debtors/1", "auditor").body, "by"), "eva");
}

TEST_F(ApiHouseTest, EachRequestHasAnIdAndNoCacheKeepsIt) {
  const Said ours = ask("GET /v1/debtors/1", "agent"),
             theirs = ask("GET /v1/debtors/1", "agent", "X-Request-Id: erp-7\r\n");
  EXPECT_EQ(ours.header("X-Request-Id").size(), 32U) << ours.head;
  EXPECT_EQ(theirs.header("X-Request-Id"), "erp-7");
  EXPECT_EQ(ours.header("Cache-Control"), "no-store");
  const Said problem = ask("GET /v1/debtors/1", "stranger", "X-Request-Id: erp 8\"\r\n");
  EXPECT_NE(problem.header("X-Request-Id"), "erp 8\"");
  EXPECT_EQ(problem.header("X-Request-Id"), text_in(problem.body, "request_id"));
}

TEST_F(ApiHouseTest, WhoHasSignedInSpeaksInTheirOwnName) {
  const Said agent = ask(kClose, "agent", {}, R"({"by":"jefa","outcome":"done"})");
  EXPECT_EQ(agent.status, 200) << agent.head;
  EXPECT_EQ(text_in(*parse_json(text_in(agent.body, "body")), "by"), "luis");
  EXPECT_EQ(text_in(*parse_json(text_in(ask(kClose, "token", {}, R"({"by":"jefa"})").body, "body")),
                    "by"),
            "jefa");
  EXPECT_EQ(
      text_in(*parse_json(text_in(ask(kClose, "key", {}, R"({"by":"jefa"})").body, "body")), "by"),
      "key ERP: jefa");
  EXPECT_EQ(text_in(*parse_json(text_in(ask(kClose, "key", {}, "{}").body, "body")), "by"),
            "key ERP");
  const Said wrong = ask(kClose, "agent", {}, R"({"outcome":"perhaps","colour":"red"})");
  EXPECT_EQ(wrong.status, 422);
  EXPECT_EQ(text_in(wrong.body, "code"), "invalid_fields");
  EXPECT_EQ(member_array(wrong.body, "errors")->size(), 2U) << to_json(wrong.body);
  EXPECT_EQ(ask(kClose, "agent", {}, "{").status, 400);
}

TEST_F(ApiHouseTest, AKeyedRequestIsDoneOnce) {
  constexpr std::string_view kBody = R"({"by":"luis"})", kKey = "Idempotency-Key: a-1\r\n";
  const Said first = ask(kClose, "agent", kKey, kBody), again = ask(kClose, "agent", kKey, kBody);
  EXPECT_EQ(done, 1);
  EXPECT_EQ(again.body, first.body);
  EXPECT_EQ(again.status, 200);
  EXPECT_EQ(first.header("Idempotent-Replay"), "");
  EXPECT_EQ(again.header("Idempotent-Replay"), "true");
  const Said other = ask(kClose, "agent", kKey, R"({"outcome":"done"})");
  EXPECT_EQ(other.status, 422);
  EXPECT_EQ(text_in(other.body, "code"), "idempotency_key_reused");
  EXPECT_EQ(ask(kClose, "token", kKey, kBody).status, 200) << "somebody else's key is another";
  EXPECT_EQ(done, 2);
  // What failed on our side may be asked again.
  for (int i = 0; i < 2; ++i)
    EXPECT_EQ(ask("POST /v1/tasks/0/close", "agent", "Idempotency-Key: a-2\r\n", kBody).status,
              503);
  EXPECT_EQ(done, 4);
  clock.advance(kDayMs + kMinuteMs);
  EXPECT_EQ(ask(kClose, "agent", kKey, R"({"outcome":"done"})").status, 200)
      << "a day later the key is free";
}

TEST_F(ApiHouseTest, AnEditUnderAConditionIsOfWhatWasRead) {
  constexpr std::string_view kRemove = "DELETE /v1/saved-views/1";
  const std::string mark = ask("GET /v1/saved-views/1", "agent").header("ETag");
  EXPECT_EQ(mark.size(), 34U) << mark;
  EXPECT_EQ(ask("GET /v1/debtors/1", "agent").header("ETag"), "") << "nobody edits it";
  EXPECT_EQ(ask(kRemove, "agent", fmt::format("If-Match: {}\r\n", mark)).status, 204);
  EXPECT_EQ(done, 1);
  const Said late = ask(kRemove, "agent", fmt::format("If-Match: {}\r\n", mark));
  EXPECT_EQ(late.status, 412);
  EXPECT_EQ(text_in(late.body, "code"), "version_mismatch");
  EXPECT_EQ(done, 1) << "nothing was done";
  EXPECT_EQ(ask(kRemove, "agent", "If-Match: *\r\n").status, 204);
  EXPECT_EQ(ask(kRemove, "agent").status, 204) << "who sets no condition has none";
  EXPECT_EQ(ask(kClose, "agent", "If-Match: \"a\"\r\n").status, 400)
      << "a condition that is not held is not passed over";
  EXPECT_EQ(done, 3);
}

TEST_F(ApiHouseTest, WhoKeepsFailingToComeInWaits) {
  int refused = 0;
  Said last;
  for (int i = 0; i < 80; ++i) {
    last = ask("GET /v1/debtors/1", "stranger");
    if (last.status == 429) ++refused;
  }
  EXPECT_GT(refused, 0);
  EXPECT_EQ(last.header("Retry-After"), "1");
  EXPECT_EQ(text_in(last.body, "code"), "too_many_attempts");
  EXPECT_EQ(ask("GET /v1/debtors/1", "agent").status, 200)
      << "who is known is not kept out by that";
}

}  // namespace
}  // namespace puntual
