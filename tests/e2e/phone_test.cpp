// The phone page's API in test mode: a running house and its sandbox, one person, and a clock that
// both move.
#include <gtest/gtest.h>

#include "tests/support/house.h"

namespace puntual::e2e {
namespace {

TEST(Phone, InTestModeOneIsTheDebtorAndMovesTheClockOfHouseAndSandbox) {
  const Person ana{1};
  const RequestHeaders token{{"Authorization: Bearer token-of-the-tests"}};
  House house;
  ASSERT_EQ(house.import(portfolio_of(1, 1)).exit_code, 0);
  house.open_sandbox();
  house.serve();
  ASSERT_TRUE(house.has_sent(ana, 1));
  const auto phone = [&] { return get(house.url("/v1/phone"), token).document(); };
  const auto newest = [&] {
    const json::value shown = phone();
    const auto* messages = member_array(shown, "messages");
    return messages == nullptr || messages->empty()
               ? std::string()
               : text_in(messages->back(), "from") + ": " + text_in(messages->back(), "text");
  };
  ASSERT_TRUE(eventually([&] { return newest().starts_with("house: "); }));
  const json::value shown = phone();
  EXPECT_EQ(text_in(*member(shown, "person"), "phone"), ana.phone());
  EXPECT_EQ(member_bool(shown, "has_clock"), true);
  const std::string debtor = text_in(*member(shown, "person"), "id");

  const std::string words =
      fmt::format(R"({{"debtor":"{}","kind":"text","text":"¿Cuánto debo?"}})", debtor);
  EXPECT_EQ(post(house.url("/v1/phone/messages"), words).status, 401);
  ASSERT_EQ(house.order("/v1/phone/messages", words).status, 200);
  EXPECT_EQ(newest(), "person: ¿Cuánto debo?");
  const std::string before = house.platform_time();
  ASSERT_EQ(house.order("/v1/phone/clock", R"({"to":"hour"})").status, 200);
  EXPECT_EQ(text_in(phone(), "now").substr(0, 13), "2026-11-24T10");
  EXPECT_GT(house.platform_time(), before);
  EXPECT_TRUE(eventually([&] { return newest().starts_with("house: Con gusto. Hoy su saldo"); }))
      << newest();
  EXPECT_EQ(house.order("/v1/phone/clock", R"({"pace":"fast"})").status, 400)
      << "this house has one pace";
}

}  // namespace
}  // namespace puntual::e2e
