#include "providers/amount.h"

#include <gtest/gtest.h>

namespace puntual::providers {
namespace {

std::optional<int64_t> hundredths(std::string_view text, std::string_view currency) {
  const auto document = JsonDocument::read(text);
  const auto money = money_of_hundredths(document->root(), currency);
  return money ? std::optional(money->minor) : std::nullopt;
}
std::optional<int64_t> decimal(std::string_view text, std::string_view currency) {
  const auto money = money_of_decimal(text, currency);
  return money ? std::optional(money->minor) : std::nullopt;
}

TEST(ProviderAmount, ReadsEachWayOfWriting) {
  EXPECT_EQ(hundredths("12500000", "COP"), 12'500'000);
  EXPECT_EQ(hundredths("\"45990\"", "PEN"), 45'990);
  EXPECT_EQ(hundredths("12500000", "CLP"), 125'000);
  EXPECT_EQ(hundredths("12500050", "CLP"), std::nullopt);
  EXPECT_EQ(decimal("459.9", "PEN"), 45'990);
  EXPECT_EQ(decimal("125000", "COP"), 12'500'000);
  EXPECT_EQ(decimal("125000.00", "CLP"), 125'000);
  EXPECT_EQ(decimal("4.599e2", "PEN"), 45'990);
  EXPECT_EQ(decimal("1.1E1", "USD"), 1'100);
  EXPECT_EQ(decimal("0.07", "USD"), 7);
  EXPECT_EQ(decimal("-3.5", "USD"), -350);
  EXPECT_EQ(decimal("0", "USD"), 0);
}

TEST(ProviderAmount, RefusesWhatDoesNotFit) {
  for (const std::string_view text : {"", ".", "1.", ".5", "1.005", "1,5", "1.2.3", "1e", "1e999",
                                      "12345678901234567890", "1e18", "abc", "-", "0x10", " 1"}) {
    EXPECT_EQ(decimal(text, "USD"), std::nullopt) << text;
  }
  EXPECT_EQ(decimal("1.5", "CLP"), std::nullopt);
  EXPECT_EQ(decimal("1", "XYZ"), std::nullopt);
  EXPECT_EQ(hundredths("true", "COP"), std::nullopt);
  EXPECT_EQ(hundredths("1.5", "COP"), std::nullopt);
  EXPECT_EQ(hundredths("[1]", "COP"), std::nullopt);
}

TEST(ProviderAmount, WritesAndRefuses) {
  const auto cop = Currency::of("COP"), clp = Currency::of("CLP"), pen = Currency::of("PEN");
  EXPECT_EQ(decimal_of({45'990, pen}), "459.9");
  EXPECT_EQ(decimal_of({12'500'000, cop}), "125000");
  EXPECT_EQ(decimal_of({125'000, clp}), "125000");
  EXPECT_EQ(*whole_units_of({12'500'000, cop}), 125'000);
  EXPECT_FALSE(whole_units_of({12'500'050, cop}));
  EXPECT_EQ(*hundredths_of({125'000, clp}), 12'500'000);
  EXPECT_FALSE(hundredths_of({12'345, Currency::of("CLF")}));
}

}  // namespace
}  // namespace puntual::providers
