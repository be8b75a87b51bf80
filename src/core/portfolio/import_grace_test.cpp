#include "core/portfolio/import_grace.h"

#include <gtest/gtest.h>

namespace puntual::portfolio {
namespace {

constexpr Instant kAt{1'800'000'000'000};
constexpr int64_t kGrace = 30 * kSecondMs;

TEST(ImportGrace, CountsFromTheEndOfTheFileAndIsOverThen) {
  const ImportMoments import{.begun_at = kAt, .ended_at = kAt + kMinuteMs, .undone_at = {}};
  const Instant over = kAt + kMinuteMs + kGrace;
  EXPECT_EQ(rests_until(import, kGrace, kAt + kMinuteMs), over);
  EXPECT_EQ(rests_until(import, kGrace, over + -1), over);
  EXPECT_EQ(rests_until(import, kGrace, over), std::nullopt);
  EXPECT_EQ(rests_until(import, 0, kAt + kMinuteMs), std::nullopt) << "there is none";
}

TEST(ImportGrace, LastsWhileTheFileGoesInButNotForEverWhenItWasCutOff) {
  const ImportMoments import{.begun_at = kAt, .ended_at = {}, .undone_at = {}};
  EXPECT_EQ(rests_until(import, kGrace, kAt + 10 * kMinuteMs), kAt + 10 * kMinuteMs + kGrace);
  EXPECT_EQ(rests_until(import, kGrace, kAt + kStillLoadingMs), std::nullopt);
}

TEST(ImportGrace, EndsWhenTheFileIsTakenBack) {
  EXPECT_EQ(rests_until({.begun_at = kAt, .ended_at = kAt, .undone_at = kAt + kSecondMs}, kGrace,
                        kAt + kSecondMs),
            std::nullopt);
}

}  // namespace
}  // namespace puntual::portfolio
