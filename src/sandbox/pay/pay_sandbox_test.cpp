// The simulated providers themselves: what they refuse, and that the same run tells the same story.
// What a client sees of them is in tests/conformance.
#include "sandbox/pay/pay_sandbox.h"

#include <gtest/gtest.h>

#include <condition_variable>
#include <mutex>

#include "base/json.h"
#include "http/server.h"
#include "sandbox/courier.h"
#include "sandbox/sandbox_server.h"

namespace puntual::sandbox {
namespace {

constexpr Instant kPayNow{1'795'273'400'000};

PaySandbox new_sandbox(uint64_t seed = 1) {
  auto sandbox = *PaySandbox::make(
      {.providers = {"wompi", "bold"}, .notice_url = "http://127.0.0.1:1/hook", .seed = seed});
  sandbox.set_base_url("http://127.0.0.1:9090");
  return sandbox;
}

http::Response ask(PaySandbox& sandbox, http::Method method, std::string target,
                   const json::value& body = nullptr, std::string_view authorization = "") {
  http::Request request{
      .method = method, .target = std::move(target), .body = body.is_null() ? "" : to_json(body)};
  if (!authorization.empty()) request.headers.add("Authorization", authorization);
  return *sandbox.handle(request, kPayNow);
}

constexpr std::string_view kPrivate = "Bearer prv_test_Sandbox0Privada",
                           kPublic = "Bearer pub_test_Sandbox0Publica";

json::object link_order() {
  return {{"name", "Factura FV-1029"},
          {"description", "Saldo"},
          {"single_use", true},
          {"collect_shipping", false},
          {"currency", "COP"},
          {"amount_in_cents", 12'500'000},
          {"expires_at", "2026-12-01T05:00:00.000Z"},
          {"sku", "PT-1"}};
}

std::string new_link(PaySandbox& sandbox) {
  const auto made =
      ask(sandbox, http::Method::Post, "/pay/wompi/v1/payment_links", link_order(), kPrivate);
  EXPECT_EQ(made.status, 201) << made.body;
  return text_in(*member(*parse_json(made.body), "data"), "id");
}

TEST(PaySandbox, WompiRefusesWhatWompiRefuses) {
  auto sandbox = new_sandbox();
  const auto status = [&](json::object order, std::string_view key = kPrivate) {
    return ask(sandbox, http::Method::Post, "/pay/wompi/v1/payment_links", std::move(order), key)
        .status;
  };
  EXPECT_EQ(status(link_order(), kPublic), 401);
  EXPECT_EQ(status(link_order(), ""), 401);
  const std::pair<std::string_view, json::value> kWrong[] = {
      {"name", ""},
      {"single_use", nullptr},
      {"amount_in_cents", 149'999},
      {"amount_in_cents", 1'500'00.5},
      {"currency", "USD"},
      {"expires_at", "2026-11-01T00:00:00Z"},
      {"sku", json::value(std::string(37, 'x'))}};
  for (const auto& [field, value] : kWrong) {
    auto order = link_order();
    order[field] = value;
    EXPECT_EQ(status(std::move(order)), 422) << field;
  }
  EXPECT_EQ(
      ask(sandbox, http::Method::Get, "/pay/wompi/v1/transactions?reference=x", nullptr, kPublic)
          .status,
      401);
  EXPECT_EQ(
      ask(sandbox, http::Method::Get, "/pay/wompi/v1/transactions/none", nullptr, kPublic).status,
      404);
  EXPECT_EQ(
      ask(sandbox, http::Method::Get, "/pay/wompi/v1/merchants/pub_test_Sandbox0Publica").status,
      200);
  EXPECT_EQ(ask(sandbox, http::Method::Get, "/pay/nadie/v1/x").status, 404);
}

TEST(PaySandbox, ALinkIsPaidOnceWhileItIsActive) {
  auto sandbox = new_sandbox();
  const std::string link = new_link(sandbox);
  EXPECT_EQ(
      ask(sandbox, http::Method::Post, "/_pay/wompi/pay", {{"link", link}, {"outcome", "refunded"}})
          .status,
      400);
  EXPECT_EQ(ask(sandbox, http::Method::Post, "/_pay/wompi/pay",
                {{"reference", "PT-1"}, {"outcome", "declined"}})
                .status,
            200);
  const auto paid = ask(sandbox, http::Method::Post, "/_pay/wompi/pay", {{"link", link}});
  EXPECT_EQ(paid.status, 200);
  EXPECT_EQ(ask(sandbox, http::Method::Post, "/_pay/wompi/pay", {{"link", link}}).status, 409);
  const json::value payment(text_in(*parse_json(paid.body), "id"));
  EXPECT_EQ(ask(sandbox, http::Method::Post, "/_pay/wompi/refund", {{"payment", payment}}).status,
            409);  // Wompi has none.
  EXPECT_EQ(ask(sandbox, http::Method::Post, "/_pay/wompi/void", {{"payment", payment}}).status,
            200);
  EXPECT_EQ(ask(sandbox, http::Method::Post, "/_pay/wompi/void", {{"payment", payment}}).status,
            409);
  const auto list = *parse_json(ask(sandbox, http::Method::Get, "/_pay/wompi/list").body);
  EXPECT_EQ(member_array(list, "payments")->size(), 2u);
}

TEST(PaySandbox, TheSameSeedTellsTheSameStory) {
  const auto story = [](uint64_t seed) {
    auto sandbox = new_sandbox(seed);
    std::string told = new_link(sandbox);
    for (int i = 0; i < 5; ++i)
      ask(sandbox, http::Method::Post, "/_pay/wompi/pay",
          {{"link", told.substr(0, 6)}, {"anyway", true}});
    for (const auto& delivery : sandbox.advance(kPayNow)) told += delivery.body;
    return told;
  };
  EXPECT_EQ(story(7), story(7));
  EXPECT_NE(story(7), story(8));
}

TEST(PaySandbox, GivesUpWhenTheProviderWould) {
  auto sandbox = new_sandbox();
  ask(sandbox, http::Method::Post, "/_pay/wompi/pay", {{"link", new_link(sandbox)}});
  std::vector<int64_t> minutes;
  for (auto due = sandbox.next_due(); due; due = sandbox.next_due()) {
    minutes.push_back((*due - kPayNow) / kMinuteMs);
    for (const auto& delivery : sandbox.advance(*due)) sandbox.delivered(delivery.id, 0, *due);
  }
  EXPECT_EQ(minutes, (std::vector<int64_t>{0, 30, 30 + 180, 30 + 180 + 1440}));
}

TEST(PaySandbox, NamesWhatItDoesNotKnow) {
  auto sandbox = new_sandbox();
  EXPECT_EQ(sandbox.load_faults("[[pay]]\nkind = 'duplicat'", "f").error().message,
            "pay.kind: 'duplicat' is unknown: did you mean 'duplicate'?");
  EXPECT_EQ(PaySandbox::make({.providers = {"nadie"}}).error().code, ErrorCode::NotFound);
  EXPECT_EQ(PaySandbox::make({.providers = {"wompi"}, .secrets = "= 1"}).error().code,
            ErrorCode::Invalid);
}

TEST(PaySandbox, DeliversItsNoticesAndTheClockMovesThem) {
  std::mutex mutex;
  std::condition_variable changed;
  std::vector<std::string> checksums;
  http::Router router;
  router.add(http::Method::Post, "/hook/wompi", [&](const http::Request& request) {
    const std::lock_guard lock(mutex);
    checksums.emplace_back(request.headers.get("X-Event-Checksum"));
    changed.notify_all();
    return http::text_response(checksums.size() < 2 ? 503 : 200, "");
  });
  const auto receiver = *http::Server::start(std::move(router), {});
  SandboxOptions options;
  options.pay = {.providers = {"wompi"}, .notice_url = receiver->base_url() + "/hook"};
  const auto server = *SandboxServer::start(std::move(options));
  const json::value ready = *parse_json(server->ready_line());
  EXPECT_EQ(text_in(*member(*member(ready, "pay"), "wompi"), "base_url"),
            server->base_url() + "/pay/wompi/v1");
  const auto arrived = [&](size_t count, int within_ms = 10'000) {
    std::unique_lock lock(mutex);
    return changed.wait_for(lock, std::chrono::milliseconds(within_ms),
                            [&] { return checksums.size() >= count; });
  };
  // Any client can say what happens: here by the courier, the one that is at hand.
  std::vector<WebhookDelivery> calls;
  const auto call = [&](std::string path, json::object body) {
    calls.push_back({.id = 1,
                     .body = to_json(body),
                     .url = server->base_url() + path,
                     .headers = {"Content-Type: application/json"}});
  };
  const auto run_calls = [&] {
    std::atomic<int> left = static_cast<int>(calls.size());
    std::mutex done_mutex;
    std::condition_variable done;
    Courier courier(
        {.url = {}, .verify_token = {}, .connections = 1},
        [&](int64_t&) { return std::exchange(calls, {}); },
        [&](int64_t, int) {
          const std::lock_guard lock(done_mutex);
          --left;
          done.notify_all();
        });
    std::unique_lock lock(done_mutex);
    return done.wait_for(lock, std::chrono::seconds(10), [&] { return left == 0; });
  };
  auto order = link_order();
  order.erase("expires_at");
  calls.push_back(
      {.id = 1,
       .body = to_json(order),
       .url = server->base_url() + "/pay/wompi/v1/payment_links",
       .headers = {"Content-Type: application/json", "Authorization: " + std::string(kPrivate)}});
  ASSERT_TRUE(run_calls());
  call("/_pay/wompi/pay", {{"reference", "PT-1"}});
  ASSERT_TRUE(run_calls());
  ASSERT_TRUE(arrived(1));
  // The 503 may still be on its way back when the clock leaps; it is tried half an hour after it
  // has come.
  for (int leap = 0; leap < 50 && !arrived(2, 200); ++leap) {
    call("/_sandbox/clock", {{"advance_seconds", 3600}});
    ASSERT_TRUE(run_calls());
  }
  ASSERT_TRUE(arrived(2));
  EXPECT_EQ(checksums[0], checksums[1]);
  server->stop();
  receiver->stop();
}

}  // namespace
}  // namespace puntual::sandbox
