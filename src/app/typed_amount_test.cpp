#include "app/typed_amount.h"

#include <gtest/gtest.h>

namespace puntual {
namespace {

TEST(TypedAmount, GroupsInThreesOrNotAtAll) {
  const auto typed = [](const char* text, const char* currency = "COP") {
    const auto minor = typed_amount(text, Currency::of(currency));
    return minor ? *minor : -1;
  };
  EXPECT_EQ(typed("150000"), 150'000'00);
  EXPECT_EQ(typed("150.000"), 150'000'00);
  EXPECT_EQ(typed("150,000"), 150'000'00);
  EXPECT_EQ(typed("1.150.000,5"), 1'150'000'50);
  EXPECT_EQ(typed("150000.50"), 150'000'50);
  EXPECT_EQ(typed("1,500", "CLP"), 1'500);
  for (const char* nobodys :
       {"1000,500", "100000,001", "1,00,000", "1.50.000", "1.5,000", "abc", ""})
    EXPECT_EQ(typed(nobodys), -1) << nobodys;
}

TEST(TypedShares, ACommaThatCouldBeTwoThingsIsAskedAbout) {
  const auto typed = [](const char* text) {
    const auto shares = typed_shares(text, Currency::of("COP"));
    if (!shares) return std::string("?");
    std::string told;
    for (const auto& one : *shares)
      told += one.invoice + (one.amount_minor ? fmt::format("={}", *one.amount_minor) : "") + " ";
    return told;
  };
  EXPECT_EQ(typed("F-1=50000,F-2=20000"), "F-1=5000000 F-2=2000000 ");
  EXPECT_EQ(typed("F-1,33"), "F-1 33 ") << "an invoice may be called 33";
  EXPECT_EQ(typed("F-1=60000.33"), "F-1=6000033 ");
  EXPECT_EQ(typed("F-1=60000,33"), "?");
  EXPECT_EQ(typed("F-1=150,000,F-2=1"), "?");
  EXPECT_EQ(typed("F-1=60000,33;F-2=150.000"), "F-1=6000033 F-2=15000000 ");
  EXPECT_EQ(typed("F-1=60000,33;"), "F-1=6000033 ");
  EXPECT_EQ(typed("F-1=60000;33"), "F-1=6000000 33 ");
}

}  // namespace
}  // namespace puntual
