// What the simulated Stripe refuses, as Stripe does. What our client sees of it is in
// tests/conformance.
#include <gtest/gtest.h>

#include "sandbox/pay/pay_sandbox.h"

namespace puntual::sandbox {
namespace {

class StripeSandbox : public testing::Test {
 protected:
  http::Response post(std::string path, std::string form,
                      const std::vector<http::Field>& more = {}) {
    http::Request request{
        .method = http::Method::Post, .target = "/pay/stripe" + path, .body = std::move(form)};
    request.headers.add("Authorization", "Bearer sk_test_Sandbox0Clave");
    for (const auto& [name, value] : more) request.headers.add(name, value);
    if (!request.headers.find("Content-Type"))
      request.headers.add("Content-Type", "application/x-www-form-urlencoded");
    return *sandbox.handle(request, now);
  }
  static std::string id_of(const http::Response& made) {
    return text_in(*parse_json(made.body), "id");
  }
  static std::string param_of(const http::Response& refused) {
    const auto body = *parse_json(refused.body);
    return text_in(*member(body, "error"), "param");
  }

  PaySandbox sandbox = *PaySandbox::make({.providers = {"stripe"}});
  Instant now{1'795'273'400'000};
  const std::string item =
      "line_items[0][quantity]=1&line_items[0][price_data][currency]=mxn&line_items[0][price_data]["
      "unit_amount]=5000"
      "&line_items[0][price_data][product_data][name]=Factura";
  const std::string link = "/v1/payment_links", session = "/v1/checkout/sessions";
};

TEST_F(StripeSandbox, NamesTheParameterThatIsWrong) {
  const auto with = [&](std::string from, std::string_view to) {
    std::string form = item;
    return form.replace(form.find(from), from.size(), to);
  };
  EXPECT_EQ(post(link, item).status, 200);
  EXPECT_EQ(param_of(post(link, item + "&expires_at=1795300000")), "expires_at")
      << "a link has no date of expiry";
  EXPECT_EQ(param_of(post(link, with("=5000", "=50.5"))), "line_items[0][price_data][unit_amount]");
  EXPECT_EQ(param_of(post(link, with("=5000", "=0"))), "line_items[0][price_data][unit_amount]");
  EXPECT_EQ(param_of(post(link, with("mxn", "xxx"))), "line_items[0][price_data][currency]");
  EXPECT_EQ(param_of(post(link, with("Factura", ""))),
            "line_items[0][price_data][product_data][name]");
  EXPECT_EQ(param_of(post(session, item)), "mode");
  EXPECT_EQ(post(link, "{}", {{"Content-Type", "application/json"}}).status, 400);
  EXPECT_EQ(post("/v1/payment_links/plink_unknown", "active=false").status, 404);
}

TEST_F(StripeSandbox, KnowsAKeyThatWasUsed) {
  const std::vector<http::Field> key = {{"Idempotency-Key", "PT-1"}};
  const auto first = post(link, item, key), again = post(link, item, key);
  EXPECT_EQ(id_of(again), id_of(first));
  ASSERT_EQ(again.headers.size(), 1u);
  EXPECT_EQ(again.headers[0].name, "Idempotent-Replayed");
  EXPECT_EQ(post(link, item + "&submit_type=pay", key).status, 400);
  EXPECT_NE(id_of(post(link, item)), id_of(first));
}

TEST_F(StripeSandbox, ASessionLivesBetweenHalfAnHourAndADay) {
  const auto until = [&](int64_t ms) {
    return fmt::format("mode=payment&{}&expires_at={}", item, (now.ms + ms) / kSecondMs);
  };
  EXPECT_EQ(param_of(post(session, until(29 * kMinuteMs))), "expires_at");
  EXPECT_EQ(param_of(post(session, until(25 * kHourMs))), "expires_at");
  const auto made = id_of(post(session, until(kHourMs)));
  const auto expire = fmt::format("{}/{}/expire", session, made);
  EXPECT_EQ(post(expire, "").status, 200);
  EXPECT_EQ(post(expire, "").status, 400) << "only an open one";
}

}  // namespace
}  // namespace puntual::sandbox
