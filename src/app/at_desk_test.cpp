#include "app/at_desk.h"

#include <gtest/gtest.h>

namespace puntual {
namespace {

TEST(AtDesk, TellsTheOthersWhoComesAndGoes) {
  AtDesk desk;
  const Instant now{1'000'000};
  const DebtorId ana{7};
  using Logins = std::vector<std::string>;
  EXPECT_TRUE(desk.note("marta@x.co", ana, true, now));
  EXPECT_FALSE(desk.note("marta@x.co", ana, true, now + 20 * kSecondMs))
      << "she is there still: that is no news";
  EXPECT_EQ(desk.others("luis@x.co", ana, now + 21 * kSecondMs), Logins{"marta@x.co"});
  EXPECT_EQ(desk.others("marta@x.co", ana, now + 21 * kSecondMs), Logins{});
  EXPECT_EQ(desk.others("luis@x.co", {8}, now + 21 * kSecondMs), Logins{});
  EXPECT_EQ(desk.others("luis@x.co", ana, now + 65 * kSecondMs), Logins{})
      << "her page is gone without a word";
  EXPECT_TRUE(desk.note("marta@x.co", ana, true, now + 66 * kSecondMs));
  EXPECT_TRUE(desk.note("marta@x.co", ana, false, now + 70 * kSecondMs));
  EXPECT_FALSE(desk.note("marta@x.co", ana, false, now + 70 * kSecondMs));
}

}  // namespace
}  // namespace puntual
