// What the simulated Culqi refuses, as Culqi does. What our client sees of it is in
// tests/conformance.
#include <gtest/gtest.h>

#include "sandbox/pay/pay_sandbox.h"

namespace puntual::sandbox {
namespace {

class CulqiSandbox : public testing::Test {
 protected:
  http::Response call(http::Method method, std::string_view path, std::string body = {},
                      std::string_view key = "sk_test_Sandbox0Llave") {
    http::Request request{
        .method = method, .target = fmt::format("/pay/culqi{}", path), .body = std::move(body)};
    request.headers.add("Authorization", fmt::format("Bearer {}", key));
    return *sandbox.handle(request, Instant{1'795'273'400'000});
  }
  http::Response order(int64_t amount, std::string_view number, json::object more = {}) {
    json::object body{{"amount", amount},
                      {"currency_code", "PEN"},
                      {"description", "Factura F001-4410"},
                      {"order_number", number},
                      {"expiration_date", 1'795'359'800},
                      {"confirm", true},
                      {"client_details",
                       {{"first_name", "Ana"},
                        {"last_name", "Díaz"},
                        {"email", "ana@example.com"},
                        {"phone_number", "999555010"}}}};
    for (const auto& [name, value] : more) body[name] = value;
    return call(http::Method::Post, "/v2/orders", to_json(body));
  }

  PaySandbox sandbox = *PaySandbox::make({.providers = {"culqi"}});
};

TEST_F(CulqiSandbox, TakesOrdersWithinItsBounds) {
  EXPECT_EQ(order(600, "A-1").status, 201);
  EXPECT_EQ(order(999'900, "A-2").status, 201);
  EXPECT_EQ(order(599, "A-3").status, 400);
  EXPECT_EQ(order(999'901, "A-4").status, 400);
  EXPECT_EQ(order(1'000, "A-1").status, 400) << "a number is used once";
  EXPECT_EQ(order(1'000, "A-5", {{"currency_code", "USD"}}).status, 400);
  EXPECT_EQ(order(1'000, "A-6", {{"description", "F-1"}}).status, 400);
  EXPECT_EQ(order(1'000, "A-7", {{"expiration_date", 1'795'273'400}}).status, 400);
  EXPECT_EQ(order(1'000, "A-8", {{"client_details", {{"first_name", "Ana"}}}}).status, 400);
  EXPECT_EQ(call(http::Method::Post, "/v2/orders", "{}", "sk_test_otra").status, 401);
}

TEST_F(CulqiSandbox, AnOrderHasAPageOnceItIsConfirmed) {
  EXPECT_NE(text_in(*parse_json(order(1'000, "A-1").body), "url_pe"), "");
  EXPECT_EQ(text_in(*parse_json(order(1'000, "A-2", {{"confirm", false}}).body), "url_pe"), "");
}

TEST_F(CulqiSandbox, ListsItsOrdersByPages) {
  for (int i = 0; i < 5; ++i) ASSERT_EQ(order(1'000, fmt::format("A-{}", i)).status, 201);
  std::string after, numbers;
  for (int page = 0; page < 3; ++page) {
    const auto list = *parse_json(
        call(http::Method::Get, "/v2/orders?limit=2" + (after.empty() ? "" : "&after=" + after))
            .body);
    for (const auto& one : *member_array(list, "data"))
      numbers += text_in(one, "order_number") + " ";
    after = text_in(*member(*member_object(list, "paging"), "cursors"), "after");
  }
  EXPECT_EQ(numbers, "A-4 A-3 A-2 A-1 A-0 ");
  EXPECT_EQ(after, "");
}

}  // namespace
}  // namespace puntual::sandbox
