// The running house, seen from the street: reminders out, statuses and answers in, payments told.
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/support/house.h"

namespace puntual::e2e {
namespace {

using std::chrono::seconds;

size_t count_of_type(const json::array& messages, std::string_view type) {
  return static_cast<size_t>(std::ranges::count_if(
      messages, [&](const json::value& one) { return member_text(one, "type") == type; }));
}

std::string template_of(const json::value& message) {
  const auto* content = member(message, "content");
  const auto* used = content == nullptr ? nullptr : member(*content, "template");
  return used == nullptr ? "" : member_text(*used, "name").value_or("");
}

bool is_told(const House& house, const Person& person, std::string_view step,
             std::string_view state) {
  return eventually([&] { return house.state_of(person, step) == state; });
}

class Serve : public testing::Test {
 protected:
  void open(int people, std::string_view faults = "{}") {
    ASSERT_EQ(house.import(portfolio_of(1, people)).exit_code, 0);
    house.open_sandbox(faults);
    house.serve();
  }
  // So many more turns of the engine: whatever it would do by itself, it has done.
  void let_it_turn(int times) {
    const int64_t until = house.metric("ticks") + times;
    ASSERT_TRUE(eventually([&] { return house.metric("ticks") >= until; }));
  }
  House house;
};

TEST_F(Serve, RemindersLeaveInHoursAndTheirStatusesComeBack) {
  open(3, R"({"platform":{"read_ppm":0}})");
  for (int i = 1; i <= 3; ++i) {
    ASSERT_TRUE(house.has_sent({i}, 1)) << i;
    EXPECT_EQ(template_of(house.sent(Person{i})[0]), "vence_hoy_v1");
    EXPECT_TRUE(is_told(house, {i}, "due_0", "delivered")) << house.state_of({i}, "due_0");
  }
  EXPECT_EQ(house.sent().size(), 3u);
  EXPECT_EQ(house.metric("ledger_imbalance"), 0);
  EXPECT_EQ(house.metric("inbox_poison"), 0);
  EXPECT_EQ(get(house.url("/livez")).status, 200);
  EXPECT_EQ(get(house.url("/readyz")).status, 200);
  EXPECT_EQ(get(house.url("/no-such-page")).status, 404);
}

TEST_F(Serve, NothingLeavesOutsideTheHours) {
  house.set_clock("2026-11-24T05:30:00-05:00");
  open(2);
  ASSERT_TRUE(eventually([&] { return house.state_of({1}, "due_0") == "planned"; }));
  let_it_turn(2);
  EXPECT_TRUE(house.sent().empty());
}

TEST_F(Serve, PaymentSettlesCancelsAndIsThankedForExactlyOnce) {
  house.set_clock(
      "2026-11-24T06:30:00-05:00");  // The reminder is planned and waits for seven o'clock.
  open(1);
  const Person person{1};
  ASSERT_TRUE(is_told(house, person, "due_0", "planned"));
  const auto told = house.pay(person, 15'000'000, "P-1");
  ASSERT_EQ(told.status, 200) << told.body;
  EXPECT_EQ(member_bool(told.document(), "new"), true);
  EXPECT_EQ(house.state_of(person, "due_0"), "cancelled");
  ASSERT_TRUE(eventually([&] { return house.sent(person).size() == 1; }, seconds(5)));
  EXPECT_EQ(template_of(house.sent(person)[0]), "pago_puntual_v1");

  const auto again = house.pay(person, 15'000'000, "P-1");
  EXPECT_EQ(again.status, 200) << again.body;
  EXPECT_EQ(member_bool(again.document(), "new"), false);
  EXPECT_EQ(member_text(again.document(), "id"), member_text(told.document(), "id"));
  EXPECT_EQ(house.pay(person, 14'000'000, "P-1").status,
            409);  // Another payment cannot have the same id.
  let_it_turn(2);
  EXPECT_EQ(house.sent(person).size(), 1u);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM payment"), 1);
  EXPECT_EQ(house.count("SELECT SUM(balance_minor) FROM invoice"), 0);
  EXPECT_EQ(house.metric("ledger_imbalance"), 0);
}

TEST_F(Serve, PaymentsThatMakeNoSenseAreRefused) {
  open(1);
  const std::string url = house.url("/v1/payments");
  const std::string good = R"({"id":"P","invoice":"F-0001","amount_minor":100,"currency":"COP"})";
  EXPECT_EQ(post(url, good).status, 401);
  EXPECT_EQ(post(url, good, {{"Authorization: Bearer wrong"}}).status, 401);
  const RequestHeaders token{{"Authorization: Bearer token-of-the-tests"}};
  for (const std::string_view bad :
       {R"({"invoice":"F-0001","amount_minor":100,"currency":"COP"})",
        R"({"id":"P","amount_minor":100,"currency":"COP"})",
        R"({"id":"P","invoice":"F-0001","currency":"COP"})",
        R"({"id":"P","invoice":"F-0001","amount_minor":1.5,"currency":"COP"})",
        R"({"id":"P","invoice":"F-0001","amount_minor":0,"currency":"COP"})",
        R"({"id":"P","invoice":"F-0001","amount_minor":-1,"currency":"COP"})",
        R"({"id":"P","invoice":"F-0001","amount_minor":1,"currency":"XQQ"})",
        R"({"id":"P","invoice":"F-0001","amount_minor":1,"currency":"COP","x":1})",
        R"({"id":"P","invoice":"F-0001","amount_minor":1,"currency":"COP","paid_on":"2026-02-30"})",
        R"({"id":"P","invoice":"F-0001","amount_minor":9223372036854775807,"currency":"COP"})",
        "[]", "", "{"}) {
    const auto answer = post(url, bad, token);
    EXPECT_TRUE(answer.status == 400 || answer.status == 422)
        << answer.status << " " << bad << answer.body;
  }
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM payment"), 0);
}

TEST_F(Serve, StopIsObeyedAtOnceAndConfirmedOnce) {
  open(2);
  const Person person{1};
  ASSERT_TRUE(house.has_sent(person, 1));
  house.person_says(person, "BAJA");
  house.person_says(person, "baja");
  ASSERT_TRUE(eventually([&] { return count_of_type(house.sent(person), "text") == 1; }));
  house.person_says(person, "Baja!");
  ASSERT_TRUE(
      eventually([&] { return house.count("SELECT COUNT(*) FROM conversation_message") == 3; }));
  let_it_turn(2);
  EXPECT_EQ(house.sent(person).size(), 2u);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM opt_out"), 1);
  const auto explained = house.command({"explain", person.invoice(), "--json"});
  EXPECT_EQ(member_bool(*parse_json(explained.out), "opted_out"), true);
}

// The same order by hand while the server runs, and by a system of the creditor's.
TEST_F(Serve, WhatIsKnownOfAPersonIsToldByHandAndByApi) {
  open(2);
  const Person ana{1}, luis{2};
  ASSERT_TRUE(house.has_sent(ana, 1));
  const auto stopped = house.command({"person", "stop", ana.phone(), "--why", "llamó", "--json"});
  EXPECT_EQ(stopped.exit_code, 0) << stopped.err;
  EXPECT_EQ(member_bool(*parse_json(stopped.out), "opted_out"), true);
  EXPECT_EQ(house.command({"person", "flag", luis.invoice(), "deceased"}).exit_code, 0);
  EXPECT_EQ(house.command({"person", "flag", luis.invoice(), "tired"}).exit_code, 1);
  EXPECT_EQ(house.command({"person", "stop", "F-9999"}).exit_code, 3);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM timeline WHERE detail='all by operator'"), 1);

  const RequestHeaders token{{"Authorization: Bearer token-of-the-tests"}};
  const std::string door = house.url("/v1/debtors/" + luis.invoice());
  EXPECT_EQ(post(door + "/role", R"({"role":"reference"})").status, 401);
  EXPECT_EQ(get(door).status, 401);
  EXPECT_EQ(post(door + "/role", R"({"role":"reference"})", token).status, 200);
  EXPECT_EQ(post(door + "/dance", "{}", token).status, 404);
  for (const std::string_view bad :
       {R"({"role":"friend"})", R"({"role":1})", "{}", "[]", "{", R"({"role":"minor","x":1})",
        R"({"role":"minor","by":"nobody"})"}) {
    const auto answer = post(door + "/role", bad, token);
    EXPECT_TRUE(answer.status == 400 || answer.status == 422)
        << answer.status << " " << bad << answer.body;
  }
  const auto shown = house.command({"person", "show", luis.phone(), "--json"});
  EXPECT_EQ(member_text(*parse_json(shown.out), "role"), "reference") << shown.out;
}

TEST_F(Serve, WebhookIsBelievedBySignatureOnlyAndCountsOnce) {
  open(1);
  const std::string body = inbound({1}, "wamid.T1", "hola");
  const std::string url = house.url("/webhooks/whatsapp");
  EXPECT_EQ(post(url, body).status, 401);
  EXPECT_EQ(post(url, body, {{"X-Hub-Signature-256: sha256=00"}}).status, 401);
  EXPECT_EQ(post(url, body, {{"X-Hub-Signature-256: " + sign(body + " ")}}).status, 401);
  const std::string kept = "SELECT COUNT(*) FROM inbox WHERE event_key='" + hex(sha256(body)) + "'";
  EXPECT_EQ(house.count(kept.c_str()), 0);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(house.deliver(body).status, 200);
  // A repetition is kept until its turn comes, and forgotten then.
  ASSERT_TRUE(eventually([&] { return house.count(kept.c_str()) == 1; }));
  // The same message in another delivery is still one message.
  EXPECT_EQ(house.deliver(body + "\n").status, 200);
  ASSERT_TRUE(eventually([&] { return house.metric("inbox_backlog") == 0; }));
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM conversation_message WHERE platform_id='wamid.T1'"),
            1);
  const std::string hello =
      house.url("/webhooks/whatsapp?hub.mode=subscribe&hub.challenge=42&hub.verify_token=");
  EXPECT_EQ(get(hello + "verify-me").body, "42");
  EXPECT_EQ(get(hello + "wrong").status, 403);
}

TEST_F(Serve, ThousandUpdatesInOneBodyAreAllHeard) {
  open(1);
  json::value body = *parse_json(inbound({1}, "wamid.B0", "hola"));
  auto& messages = body.at("entry").at(0).at("changes").at(0).at("value").at("messages").as_array();
  const json::value first = messages[0];
  for (int i = 1; i < 1000; ++i) {
    messages.push_back(first);
    messages.back().as_object()["id"] = fmt::format("wamid.B{}", i);
  }
  ASSERT_EQ(house.deliver(to_json(body)).status, 200);
  EXPECT_TRUE(
      eventually([&] { return house.count("SELECT COUNT(*) FROM conversation_message") == 1000; },
                 seconds(20)));
}

TEST_F(Serve, GarbageIsKeptAsideAndTheOthersGoOn) {
  open(1);
  const std::string deep(200'000, '[');
  for (const std::string& garbage : {std::string("not json"), deep,
                                     std::string("\xFF\xFE\x00\x01", 4), std::string("{\"a\":")}) {
    EXPECT_EQ(house.deliver(garbage).status, 200);
  }
  EXPECT_EQ(house.deliver(inbound({1}, "wamid.G1", "sigo aquí")).status, 200);
  ASSERT_TRUE(eventually([&] {
    return house.count("SELECT COUNT(*) FROM conversation_message WHERE platform_id='wamid.G1'") ==
           1;
  }));
  EXPECT_TRUE(eventually([&] { return house.metric("inbox_poison") == 4; }))
      << house.metric("inbox_poison");
  EXPECT_TRUE(eventually([&] { return house.metric("inbox_backlog") == 0; }));
  EXPECT_EQ(house.metric("failed_ticks"), 0);
}

TEST_F(Serve, SecondOneOnTheSameFileRefuses) {
  open(1);
  auto second = house.start_serve_again();
  EXPECT_EQ(second.wait(), 6);
  EXPECT_TRUE(second.err().contains("another puntual process")) << second.err();
  EXPECT_EQ(house.command({"explain", "F-0001"}).exit_code, 0);  // Reading is always possible.
  // A command that writes is given to the server.
  const auto imported = house.import(portfolio_of(5, 1));
  EXPECT_EQ(imported.exit_code, 0) << imported.err;
  EXPECT_TRUE(house.has_sent({5}, 1));
  EXPECT_EQ(house.command({"pay", "F-0005", "--amount", "150000"}).exit_code, 0);
  EXPECT_TRUE(eventually([&] { return house.sent(Person{5}).size() == 2; }));
}

TEST_F(Serve, DoorThatCannotBeOpenedIsSaidAtOnce) {
  ASSERT_EQ(house.import(portfolio_of(1, 1)).exit_code, 0);
  for (const std::string address :
       {"127.0.0.1:99999", "127.0.0.1:http", "127.0.0.1:", "8080", "nowhere:80"}) {
    const auto refused = house.command({"serve", "--listen", address});
    EXPECT_EQ(refused.exit_code, 1) << address << refused.err;
    EXPECT_TRUE(refused.err.starts_with("puntual: ")) << refused.err;
  }
}

TEST_F(Serve, EndsWithinTenSecondsEvenWithASendThatHangs) {
  open(1, R"({"send":[{"kind":"hang","next":1}]})");
  ASSERT_TRUE(is_told(house, {1}, "due_0", "in_flight"));
  house.server().signal(SIGTERM);
  EXPECT_EQ(house.server().wait(seconds(10)), 0);
  EXPECT_EQ(house.state_of({1}, "due_0"), "uncertain");
}

// The platform takes the connection and never says a word: the templates cannot be looked at, and
// yet what comes in is kept, and the process ends when it is told to.
TEST_F(Serve, EndsWithinTenSecondsWhileThePlatformIsSilent) {
  ASSERT_EQ(house.import(portfolio_of(1, 1)).exit_code, 0);
  const int silent = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t length = sizeof address;
  ASSERT_EQ(::bind(silent, reinterpret_cast<sockaddr*>(&address), length), 0);
  ASSERT_EQ(::listen(silent, 16), 0);
  ::getsockname(silent, reinterpret_cast<sockaddr*>(&address), &length);
  Child serve({.arguments = {"serve", "--data-dir", house.folder.path()},
               .stdout_path = house.folder / "out",
               .stderr_path = house.folder / "err",
               .environment = {fmt::format("PUNTUAL_WHATSAPP_BASE_URL=http://127.0.0.1:{}",
                                           ntohs(address.sin_port))}});
  ASSERT_TRUE(eventually([&] { return get(house.url("/livez")).status == 200; })) << serve.err();
  EXPECT_EQ(house.deliver(inbound({1}, "wamid.S1", "hola")).status, 200);
  serve.signal(SIGTERM);
  EXPECT_EQ(serve.wait(seconds(10)), 0) << serve.err();
  ::close(silent);
}

TEST_F(Serve, PauseHoldsEverythingBack) {
  ASSERT_EQ(house.import(portfolio_of(1, 1)).exit_code, 0);
  ASSERT_EQ(house.command({"pause"}).exit_code, 0);
  house.open_sandbox();
  house.serve();
  ASSERT_TRUE(is_told(house, {1}, "due_0", "planned"));
  let_it_turn(2);
  EXPECT_TRUE(house.sent().empty());
  ASSERT_EQ(house.command({"resume"}).exit_code, 0);  // Given to the running server.
  EXPECT_TRUE(house.has_sent({1}, 1));
}

}  // namespace
}  // namespace puntual::e2e
