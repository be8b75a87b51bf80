#include "core/access/totp.h"

#include <gtest/gtest.h>

namespace puntual::access {
namespace {

constexpr std::string_view kRfcSecret = "12345678901234567890";

TEST(Totp, GivesTheCodesOfTheStandard) {
  // RFC 6238, appendix B, SHA-1: the last six of its eight digits.
  const std::pair<int64_t, std::string_view> vectors[] = {
      {59, "287082"},         {1111111109, "081804"}, {1111111111, "050471"},
      {1234567890, "005924"}, {2000000000, "279037"}, {20000000000, "353130"}};
  for (const auto& [seconds, code] : vectors)
    EXPECT_EQ(totp_code(kRfcSecret, seconds / 30), code) << seconds;
}

TEST(Totp, TakesACodeOnceAndOneStepOfDrift) {
  const Instant now{1234567890 * kSecondMs};
  const int64_t step = 1234567890 / 30;
  EXPECT_EQ(totp_step(kRfcSecret, "005924", now, 0), step);
  EXPECT_EQ(totp_step(kRfcSecret, "005924", now, step), std::nullopt);
  EXPECT_EQ(totp_step(kRfcSecret, "005924", now + 30 * kSecondMs, 0), step);
  EXPECT_EQ(totp_step(kRfcSecret, "005924", now - 30 * kSecondMs, 0), step);
  EXPECT_EQ(totp_step(kRfcSecret, "005924", now + 60 * kSecondMs, 0), std::nullopt);
  EXPECT_EQ(totp_step(kRfcSecret, "005925", now, 0), std::nullopt);
  EXPECT_EQ(totp_step(kRfcSecret, "", now, 0), std::nullopt);
}

TEST(Totp, SaysItsSecretAsAppsReadIt) {
  // RFC 4648, section 10.
  EXPECT_EQ(base32(""), "");
  EXPECT_EQ(base32("f"), "MY");
  EXPECT_EQ(base32("fo"), "MZXQ");
  EXPECT_EQ(base32("foob"), "MZXW6YQ");
  EXPECT_EQ(base32("foobar"), "MZXW6YTBOI");
  EXPECT_EQ(
      totp_uri("Servicios Ñ", "ana@x.co", "foobar"),
      "otpauth://totp/Servicios%20%C3%91:ana%40x.co?secret=MZXW6YTBOI&issuer=Servicios%20%C3%91");
}

}  // namespace
}  // namespace puntual::access
