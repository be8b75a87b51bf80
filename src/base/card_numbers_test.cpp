#include "base/card_numbers.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace puntual {
namespace {

TEST(CardNumbers, AreMaskedButForTheirLastFour) {
  EXPECT_EQ(mask_card_numbers("mi tarjeta es 4111111111111111, gracias"),
            "mi tarjeta es ************1111, gracias");
  EXPECT_EQ(mask_card_numbers("4111 1111 1111 1111 12/29 123"), "**** **** **** 1111 12/29 123");
  EXPECT_EQ(mask_card_numbers("5500-0000-0000-0004"), "****-****-****-0004");
  EXPECT_EQ(mask_card_numbers("amex 3782 822463 10005."), "amex **** ****** *0005.");
  EXPECT_EQ(mask_card_numbers("30569309025904"), "**********5904");            // 14 digits.
  EXPECT_EQ(mask_card_numbers("4222222222222"), "*********2222");              // 13.
  EXPECT_EQ(mask_card_numbers("6304000000000000000"), "***************0000");  // 19.
  EXPECT_EQ(mask_card_numbers("41111111 11111111"), "******** ****1111");
  EXPECT_EQ(mask_card_numbers("4111111111111111 y 5500000000000004"),
            "************1111 y ************0004");
  EXPECT_EQ(mask_card_numbers("el 25 pago con 4111 1111 1111 1111"),
            "el 25 pago con **** **** **** 1111");
}

TEST(CardNumbers, OtherNumbersStay) {
  for (const std::string text :
       {"4111111111111112",            // Its check digit does not hold.
        "0180001234567890123456",      // A bank account of 22 digits.
        "pago 1.500.000.000.000.000",  // Groups of three are an amount,
        "300 123 4567 310 987 6543",   // and these are telephones.
        "+57 3001234567", "F-4111", "", "123456789012", "4111 1111\n1111 1111"}) {
    EXPECT_EQ(mask_card_numbers(text), text);
  }
}

RC_GTEST_PROP(CardNumbers, NothingButDigitsIsEverChanged, (const std::string& text)) {
  const std::string masked = mask_card_numbers(text);
  RC_ASSERT(masked.size() == text.size());
  for (size_t i = 0; i < text.size(); ++i)
    RC_ASSERT(masked[i] == text[i] || (masked[i] == '*' && text[i] >= '0' && text[i] <= '9'));
}

}  // namespace
}  // namespace puntual
