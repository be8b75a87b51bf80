#include "base/cbor.h"

#include <gtest/gtest.h>

#include <string>

namespace puntual {
namespace {

std::string from_hex(std::string_view text) {
  std::string bytes;
  for (size_t i = 0; i + 1 < text.size(); i += 2)
    bytes += static_cast<char>(std::stoi(std::string(text.substr(i, 2)), nullptr, 16));
  return bytes;
}

TEST(Cbor, ReadsTheExamplesOfTheStandard) {
  // RFC 8949, appendix A.
  const std::pair<std::string_view, int64_t> numbers[] = {{"00", 0},
                                                          {"17", 23},
                                                          {"1818", 24},
                                                          {"1903e8", 1000},
                                                          {"1a000f4240", 1000000},
                                                          {"1b000000e8d4a51000", 1000000000000},
                                                          {"20", -1},
                                                          {"3863", -100},
                                                          {"3903e7", -1000}};
  for (const auto& [text, number] : numbers) {
    const std::string bytes = from_hex(text);
    std::string_view rest = bytes;
    const auto value = take_cbor(rest);
    ASSERT_TRUE(value) << text;
    EXPECT_EQ(value->integer(), number);
    EXPECT_TRUE(rest.empty());
  }
  const std::string map = from_hex("a26161016162820203") + "behind";
  std::string_view rest = map;
  const auto value = take_cbor(rest);
  ASSERT_TRUE(value);
  EXPECT_EQ(value->find("a")->integer(), 1);
  EXPECT_EQ(value->find("b")->items.at(1).integer(), 3);
  EXPECT_EQ(value->find("c"), nullptr);
  EXPECT_EQ(value->find(1), nullptr);
  EXPECT_EQ(rest, "behind");
  const std::string bytes = from_hex("a1014401020304");
  rest = bytes;
  EXPECT_EQ(take_cbor(rest)->find(1)->bytes(), from_hex("01020304"));
}

TEST(Cbor, RefusesWhatIsNotWholeOrNotStrict) {
  for (const auto* text : {"",
                           "18",
                           "1817",
                           "190017",
                           "1a0000ffff",
                           "1b00000000ffffffff",
                           "1bffffffffffffffff",
                           "44010203",
                           "62c3",
                           "8201",
                           "a101",
                           "a1",
                           "9fff",
                           "5f41ff",
                           "bf",
                           "c11a514b67b0",
                           "f90000",
                           "fb3ff199999999999a",
                           "a201010102",
                           "a1f501",
                           "1c",
                           "9bffffffffffffffff",
                           "f7",
                           "f820"}) {
    const std::string bytes = from_hex(text);
    std::string_view rest = bytes;
    EXPECT_FALSE(take_cbor(rest)) << text;
    EXPECT_EQ(rest, bytes);
  }
  std::string deep(20, '\x81');
  deep += '\0';
  std::string_view rest = deep;
  EXPECT_FALSE(take_cbor(rest));
}

}  // namespace
}  // namespace puntual
