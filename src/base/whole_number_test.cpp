#include "base/whole_number.h"

#include <gtest/gtest.h>

namespace puntual {
namespace {

TEST(WholeNumber, IsReadWholeOrNotAtAll) {
  EXPECT_EQ(whole_number("42"), 42);
  EXPECT_EQ(whole_number("-7"), -7);
  EXPECT_EQ(whole_number("9223372036854775807"), INT64_MAX);
  for (const auto text : {"", " 1", "1 ", "+1", "1.0", "0x1", "9223372036854775808", "-"})
    EXPECT_EQ(whole_number(text), std::nullopt) << text;
}

}  // namespace
}  // namespace puntual
