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

}  // namespace
}  // namespace puntual
