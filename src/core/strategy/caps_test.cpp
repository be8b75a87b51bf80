#include "core/strategy/caps.h"

#include <gtest/gtest.h>

namespace puntual {
namespace {

Instant at(std::string_view text) { return *parse_rfc3339(text); }
Contact reminder(std::string_view when) {
  return {.at = at(when), .purpose = Purpose::Overdue, .status = ContactStatus::Delivered};
}

TEST(Caps, ThreeAWeekThenTheOldestMustLeaveTheWindow) {
  Strategy strategy;
  const Zone bogota = Zone::of("America/Bogota");
  const std::vector<Contact> history = {reminder("2026-11-23T08:00:00-05:00"),
                                        reminder("2026-11-25T08:00:00-05:00"),
                                        reminder("2026-11-27T08:00:00-05:00")};
  EXPECT_EQ(strategy::earliest_by_caps(history, strategy, bogota, at("2026-11-28T09:00:00-05:00")),
            at("2026-11-30T00:00:00-05:00"));
  EXPECT_EQ(strategy::earliest_by_caps(history, strategy, bogota, at("2026-11-30T09:00:00-05:00")),
            at("2026-11-30T09:00:00-05:00"));
}

TEST(Caps, OneADayAndNoneAfterThanks) {
  Strategy strategy;
  const Zone bogota = Zone::of("America/Bogota");
  std::vector<Contact> history = {reminder("2026-11-23T08:00:00-05:00")};
  EXPECT_EQ(strategy::earliest_by_caps(history, strategy, bogota, at("2026-11-23T17:00:00-05:00")),
            at("2026-11-24T00:00:00-05:00"));
  history[0].purpose = Purpose::PaymentConfirmation;
  EXPECT_EQ(strategy::earliest_by_caps(history, strategy, bogota, at("2026-11-23T17:00:00-05:00")),
            at("2026-11-26T00:00:00-05:00"));
  EXPECT_EQ(strategy::earliest_by_caps(history, strategy, bogota, at("2026-11-23T17:00:00-05:00"),
                                       false, strategy::kRestDaysAgreed),
            at("2026-11-24T00:00:00-05:00"));
  history[0].purpose = Purpose::Reply;
  EXPECT_EQ(strategy::earliest_by_caps(history, strategy, bogota, at("2026-11-23T17:00:00-05:00")),
            at("2026-11-23T17:00:00-05:00"));
  history[0] = reminder("2026-11-23T08:00:00-05:00");
  history[0].status = ContactStatus::Refused;
  EXPECT_EQ(strategy::earliest_by_caps(history, strategy, bogota, at("2026-11-23T17:00:00-05:00")),
            at("2026-11-23T17:00:00-05:00"));
}

TEST(Caps, AKinderHourIsOfTheSameDay) {
  Strategy strategy;
  strategy.first_minute = 8 * 60 + 30;
  const Zone bogota = Zone::of("America/Bogota");
  EXPECT_EQ(strategy::kinder_hour(strategy, bogota, at("2026-11-23T07:00:00-05:00")),
            at("2026-11-23T08:30:00-05:00"));
  EXPECT_EQ(strategy::kinder_hour(strategy, bogota, at("2026-11-23T09:00:00-05:00")),
            at("2026-11-23T09:00:00-05:00"));
}

}  // namespace
}  // namespace puntual
