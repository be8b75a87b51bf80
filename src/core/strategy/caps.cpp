#include "core/strategy/caps.h"

namespace puntual {

bool is_collection(Purpose purpose) {
  return purpose == Purpose::PreDue || purpose == Purpose::Overdue || purpose == Purpose::BureauNotice ||
         purpose == Purpose::IdentityCheck;
}

namespace strategy {
namespace {

constexpr int32_t kWeekDays = 7;

int count_reminders(std::span<const Contact> history, Zone zone, CivilDate from, CivilDate to) {
  int count = 0;
  for (const auto& contact : history) {
    if (contact.direction != Direction::Out || contact.status == ContactStatus::Refused || !is_collection(contact.purpose)) continue;
    const CivilDate on = zone.local(contact.at).date;
    count += on >= from && on <= to ? 1 : 0;
  }
  return count;
}

}  // namespace

Instant earliest_by_caps(std::span<const Contact> history, const Strategy& strategy, Zone zone, Instant now) {
  const CivilDate today = zone.local(now).date;
  // A week from now nothing of today's history counts any more.
  for (CivilDate date = today; date < today + kWeekDays; date = date + 1) {
    const bool day_ok = count_reminders(history, zone, date, date) < strategy.messages_per_day_max;
    const bool week_ok = count_reminders(history, zone, date - (kWeekDays - 1), date) < strategy.messages_per_week_max;
    if (day_ok && week_ok) return date == today ? now : zone.instant(date, 0);
  }
  return zone.instant(today + kWeekDays, 0);
}

}  // namespace strategy
}  // namespace puntual
