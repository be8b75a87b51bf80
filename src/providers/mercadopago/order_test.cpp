#include <gtest/gtest.h>

#include "providers/http_call.h"
#include "providers/mercadopago/mercadopago.h"

namespace puntual::mercadopago {
namespace {

Result<std::vector<ProviderPayment>> read(std::string body) {
  const auto answer = providers::JsonAnswer::read(std::move(body));
  return payments_in_order(answer->root(), "99001122", true);
}

TEST(MercadoPagoOrder, EveryPixOfItIsAPaymentOfItsOwn) {
  const auto found = read(
      R"({"id":"ORD01","external_reference":"PT-1","country_code":"BRA","user_id":"99001122","last_updated_date":"2026-11-21T11:04:08.000-04:00",
    "transactions":{"payments":[{"id":"PAY01","amount":"60.00","status":"processed","status_detail":"accredited","payment_method":{"id":"pix"}},
                                {"id":"PAY02","amount":"40.5","status":"action_required","status_detail":"waiting_payment","payment_method":{"id":"pix"}}]}})");
  ASSERT_TRUE(found) << found.error().message;
  ASSERT_EQ(found->size(), 2u);
  const auto& [second, first] = std::tie(found->at(0), found->at(1));
  EXPECT_EQ(first.id, "ORD01:PAY01");
  EXPECT_EQ(first.amount, (Money{60'00, Currency::of("BRL")}));
  EXPECT_EQ(first.status, ProviderStatus::Paid);
  EXPECT_EQ(first.reference, "PT-1");
  EXPECT_EQ(first.provider_link_id, "ORD01");
  EXPECT_EQ(first.paid_at, parse_rfc3339("2026-11-21T15:04:08Z").value());
  EXPECT_EQ(second.id, "ORD01:PAY02");
  EXPECT_EQ(second.amount.minor, 40'50);
  EXPECT_EQ(second.status, ProviderStatus::Pending);
  EXPECT_TRUE(first.is_ours && second.is_ours);
}

TEST(MercadoPagoOrder, SaysWhatWentBackOfWhich) {
  const auto found = read(
      R"({"id":"ORD01","currency":"COP","transactions":{"payments":[{"id":"A","amount":"100","status":"processed","status_detail":"partially_refunded"},
    {"id":"B","amount":"100","status":"refunded"}],"refunds":[{"transaction_id":"A","amount":"30","status":"processed"},{"transaction_id":"A","amount":"5","status":"failed"},
    {"transaction_id":"A","amount":"6","status":"in_process"},{"transaction_id":"A","amount":"7","status":"cancelled"},{"transaction_id":"A","amount":"8","status":"rejected"},
    {"transaction_id":"B","amount":"100","status":"processed"}]}})");
  ASSERT_TRUE(found) << found.error().message;
  EXPECT_EQ(found->at(1).status, ProviderStatus::PartiallyRefunded);
  EXPECT_EQ(found->at(1).refunded_minor, 30'00);
  EXPECT_EQ(found->at(0).status, ProviderStatus::Refunded);
  EXPECT_EQ(found->at(0).refunded_minor, 100'00);
}

TEST(MercadoPagoOrder, WhatCannotBeReadIsReadAgainAndOfOthersIsSeen) {
  EXPECT_EQ(
      read(
          R"({"id":"ORD01","transactions":{"payments":[{"id":"A","amount":"100","status":"processed"}]}})")
          .error()
          .code,
      ErrorCode::Unavailable)
      << "of no country";
  EXPECT_TRUE(read(R"({"id":"ORD01","status":"created"})")->empty());
  const auto foreign = read(
      R"({"id":"ORD01","country_code":"BR","user_id":"5","transactions":{"payments":[{"id":"A","amount":"1","status":"processed"}]}})");
  EXPECT_EQ(foreign->at(0).trouble, "foreign_account");
  const auto of_nobody = read(
      R"({"id":"ORD01","country_code":"BR","transactions":{"payments":[{"id":"A","amount":"1","status":"processed"}]}})");
  EXPECT_EQ(of_nobody->at(0).trouble, "foreign_account");
  const auto test = read(
      R"({"id":"ORD01","country_code":"BR","user_id":"99001122","live_mode":false,"transactions":{"payments":[{"id":"A","amount":"1","status":"processed"}]}})");
  EXPECT_EQ(test->at(0).trouble, "wrong_environment");
  const auto own = read(
      R"({"id":"ORD01","country_code":"BR","user_id":"99001122","live_mode":true,"transactions":{"payments":[{"id":"A","amount":"1","status":"processed"}]}})");
  EXPECT_TRUE(own->at(0).is_ours);
}

TEST(MercadoPagoOrder, ItsStatesAreOurs) {
  using enum ProviderStatus;
  EXPECT_EQ(status_in_order("processed", "accredited"), Paid);
  EXPECT_EQ(status_in_order("processed", "partially_refunded"), PartiallyRefunded);
  for (const auto& [told, ours] : {std::pair{"created", Pending},
                                   {"processing", Pending},
                                   {"action_required", Pending},
                                   {"something_new", Pending},
                                   {"refunded", Refunded},
                                   {"canceled", Cancelled},
                                   {"expired", Expired},
                                   {"failed", Failed}}) {
    EXPECT_EQ(status_in_order(told, ""), ours) << told;
  }
}

TEST(MercadoPagoOrder, APaymentOfItHasOneName) {
  const auto known = order_payment_of("ORD01:PAY02");
  ASSERT_TRUE(known);
  EXPECT_EQ(known->order, "ORD01");
  EXPECT_EQ(known->payment, "PAY02");
  for (const auto* other : {"133712345678", "ORD01", ""})
    EXPECT_FALSE(order_payment_of(other)) << other;
  EXPECT_TRUE(is_order_id("ord01jdemo8zkq2r7x"));
}

}  // namespace
}  // namespace puntual::mercadopago
