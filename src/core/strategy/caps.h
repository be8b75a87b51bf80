// The strategy's own bounds on how often a person hears from us; the law's come on top, at the
// gate. Pure.
#pragma once

#include <span>

#include "core/compliance/gate.h"
#include "core/strategy/strategy.h"

namespace puntual {

// Reminders are what caps count; thanks and answers are not, but after thanks a person has days of
// rest.
[[nodiscard]] bool is_collection(Purpose purpose);

namespace strategy {

// Thanked and then reminded: the thanks would not be believed. Whoever pays has so many days of
// rest after that of the thanks; of what they have agreed on themselves they hear from the next day
// on, as a part that was paid does not move its date.
inline constexpr int32_t kRestDays = 2, kRestDaysAgreed = 0;

// The first moment, now or later, at which one more reminder keeps within messages_per_day_max and,
// over seven local dates, messages_per_week_max, and no thanks are as fresh as rest_days. `history`
// is that of the person; what may have left counts, and thanks that are still to leave.
[[nodiscard]] Instant earliest_by_caps(std::span<const Contact> history, const Strategy& strategy,
                                       Zone zone, Instant now, bool is_to_be_thanked = false,
                                       int32_t rest_days = kRestDays);

// The same moment, or the strategy's first hour of that local day when it is earlier than that.
[[nodiscard]] Instant kinder_hour(const Strategy& strategy, Zone zone, Instant at);

}  // namespace strategy
}  // namespace puntual
