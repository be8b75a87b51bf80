// What the simulated Mercado Pago refuses, as Mercado Pago does. What our client sees of it is in
// tests/conformance.
#include <gtest/gtest.h>

#include "base/json.h"
#include "sandbox/pay/pay_sandbox.h"

namespace puntual::sandbox {
namespace {

class MercadoPagoSandbox : public testing::Test {
 protected:
  int status_of(http::Method method, std::string path, std::string body = {},
                std::string_view token = kToken) {
    http::Request request{
        .method = method, .target = "/pay/mercadopago" + path, .body = std::move(body)};
    request.headers.add("Authorization", fmt::format("Bearer {}", token));
    return sandbox.handle(request, Instant{1'795'273'400'000})->status;
  }
  int status_of_preference(std::string_view item, std::string_view more = {}) {
    return status_of(http::Method::Post, "/checkout/preferences",
                     fmt::format(R"({{"items":[{}]{}}})", item, more));
  }

  static constexpr std::string_view kToken =
      "TEST-1234567890123456-112100-0123456789abcdef0123456789abcdef-99001122";
  PaySandbox sandbox = *PaySandbox::make({.providers = {"mercadopago"}});
};

TEST_F(MercadoPagoSandbox, TakesPricesInTheUnitsOfTheCurrency) {
  const auto price = [&](std::string_view currency, std::string_view price) {
    return status_of_preference(
        fmt::format(R"({{"title":"Factura","quantity":1,"currency_id":"{}","unit_price":{}}})",
                    currency, price));
  };
  EXPECT_EQ(price("PEN", "459.9"), 201);
  EXPECT_EQ(price("PEN", "459.999"), 400);
  EXPECT_EQ(price("PEN", "\"459.9\""), 400) << "a number, no text";
  EXPECT_EQ(price("COP", "125000"), 201);
  EXPECT_EQ(price("COP", "125000.5"), 400);
  EXPECT_EQ(price("CLP", "0.5"), 400);
  EXPECT_EQ(price("PEN", "0"), 400);
  EXPECT_EQ(price("XXX", "10"), 400);
}

TEST_F(MercadoPagoSandbox, RefusesWhatIsIncompletePastOrNobodys) {
  const std::string item =
      R"({"title":"Factura","quantity":1,"currency_id":"PEN","unit_price":10})";
  EXPECT_EQ(status_of_preference(
                item, R"(,"expires":true,"expiration_date_to":"2026-11-30T23:59:59.000-05:00")"),
            201);
  EXPECT_EQ(status_of_preference(
                item, R"(,"expires":true,"expiration_date_to":"2026-11-01T23:59:59.000-05:00")"),
            400);
  EXPECT_EQ(status_of_preference(item, R"(,"expires":true)"), 400);
  EXPECT_EQ(status_of_preference(""), 400);
  EXPECT_EQ(status_of(http::Method::Post, "/checkout/preferences", "no json"), 400);
  EXPECT_EQ(status_of(http::Method::Get, "/v1/payments/1", {}, "TEST-otro-1"), 401);
  for (const auto* path : {"/v1/payments/1", "/merchant_orders/27000000009", "/v1/chargebacks/21",
                           "/checkout/preferences/x", "/v1/nothing"}) {
    EXPECT_EQ(status_of(http::Method::Get, path), 404) << path;
  }
}

TEST_F(MercadoPagoSandbox, OrdersAreInTheMoneyOfTheAccount) {
  const auto country_of = [](PaySandbox& account, std::string_view more) {
    http::Request request{
        .method = http::Method::Post,
        .target = "/pay/mercadopago/v1/orders",
        .body = fmt::format(
            R"({{"external_reference":"R","total_amount":"125000","items":[{{"title":"Factura","unit_price":"125000","quantity":1}}]{}}})",
            more)};
    request.headers.add("Authorization", fmt::format("Bearer {}", kToken));
    request.headers.add("X-Idempotency-Key", more);
    const auto answer = account.handle(request, Instant{1'795'273'400'000});
    const auto read = parse_json(answer->body);
    return read && read->as_object().contains("country_code")
               ? std::string(read->at("country_code").as_string())
               : std::to_string(answer->status);
  };
  EXPECT_EQ(country_of(sandbox, R"(,"type":"online")"), "BRA") << "nobody has said which";
  EXPECT_EQ(country_of(sandbox, R"(,"currency":"MXN")"), "MEX");
  EXPECT_EQ(country_of(sandbox, R"(,"currency":"XXX")"), "400");
  PaySandbox colombian = *PaySandbox::make(
      {.providers = {"mercadopago"},
       .secrets =
           fmt::format("[mercadopago]\naccess_token = \"{}\"\ncurrency = \"COP\"\n", kToken)});
  EXPECT_EQ(country_of(colombian, R"(,"type":"online")"), "COL");
}

}  // namespace
}  // namespace puntual::sandbox
