#include "core/strategy/caps.h"

#include <algorithm>

namespace puntual {

bool is_collection(Purpose purpose) {
  return purpose == Purpose::PreDue || purpose == Purpose::Overdue ||
         purpose == Purpose::BureauNotice || purpose == Purpose::IdentityCheck;
}

namespace strategy {
namespace {

constexpr int32_t kWeekDays = 7;

bool left(const Contact& contact) {
  return contact.direction == Direction::Out && contact.status != ContactStatus::Refused;
}

int count_reminders(std::span<const Contact> history, Zone zone, CivilDate from, CivilDate to) {
  int count = 0;
  for (const auto& contact : history) {
    if (!left(contact) || !is_collection(contact.purpose)) continue;
    const CivilDate on = zone.local(contact.at).date;
    count += on >= from && on <= to ? 1 : 0;
  }
  return count;
}

bool was_thanked(std::span<const Contact> history, Zone zone, CivilDate on, int32_t rest_days) {
  return std::ranges::any_of(history, [&](const Contact& contact) {
    return left(contact) && contact.purpose == Purpose::PaymentConfirmation &&
           on - zone.local(contact.at).date <= rest_days;
  });
}

}  // namespace

Instant earliest_by_caps(std::span<const Contact> history, const Strategy& strategy, Zone zone,
                         Instant now, bool is_to_be_thanked, int32_t rest_days) {
  const CivilDate today = zone.local(now).date;
  if (is_to_be_thanked) return zone.instant(today + rest_days + 1, 0);
  // A week from now nothing of today's history counts any more.
  for (CivilDate date = today; date < today + kWeekDays; date = date + 1) {
    const bool day_ok =
        count_reminders(history, zone, date, date) < strategy.messages_per_day_max &&
        !was_thanked(history, zone, date, rest_days);
    const bool week_ok = count_reminders(history, zone, date - (kWeekDays - 1), date) <
                         strategy.messages_per_week_max;
    if (day_ok && week_ok) return date == today ? now : zone.instant(date, 0);
  }
  return zone.instant(today + kWeekDays, 0);
}

Instant kinder_hour(const Strategy& strategy, Zone zone, Instant at) {
  return std::max(at, zone.instant(zone.local(at).date,
                                   static_cast<int32_t>(strategy.first_minute * kMinuteMs)));
}

}  // namespace strategy
}  // namespace puntual
