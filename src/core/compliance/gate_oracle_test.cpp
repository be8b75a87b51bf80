#include "core/compliance/gate_oracle_test.h"

#include <algorithm>

namespace puntual::compliance::oracle {
namespace {

bool literal(const ContactRequest& r, std::string_view rule) {
  return r.profile && !r.profile->is_strict(rule);
}

bool is_message(Channel c) { return c != Channel::Voice && c != Channel::Visit; }

// Minutes of the day that the law leaves open: [first, second).
std::pair<int, int> legal(const ContactRequest& r, std::string_view country, CivilDate date) {
  const int weekday = static_cast<int>(weekday_of(date));
  const bool holiday = is_holiday(country, date);
  const bool message = is_message(r.channel);
  if (country == "CO") {
    if (holiday || weekday == 6) return {0, 0};
    return weekday == 5 ? std::pair{8 * 60, 15 * 60} : std::pair{7 * 60, 19 * 60};
  }
  if (country == "PE") {
    if (message && literal(r, "PE-HOURS-MSG")) return {0, 1440};
    if (holiday || weekday >= 5) return {0, 0};
    return {7 * 60, 20 * 60};
  }
  if (country == "MX") {
    if (!literal(r, "MX-DAYS") && (holiday || weekday >= 5)) return {0, 0};
    return {7 * 60, 22 * 60};
  }
  if (message && literal(r, "CL-HOURS-MSG")) return {0, 1440};
  if (holiday || weekday == 6) return {0, 0};
  return {8 * 60, 20 * 60};
}

// Is this minute of a local date open?
bool open_minute(const ContactRequest& r, std::string_view country, CivilDate date, int minute) {
  const auto [from, to] = legal(r, country, date);
  const bool lawful = from <= minute && minute < to;
  const ConsumerHours* wish = r.consumer_hours;
  if (wish == nullptr) return lawful;
  const int weekday = static_cast<int>(weekday_of(date));
  bool named = false, wished = false;
  for (const auto& interval : wish->intervals) {
    if ((interval.weekdays & (1 << weekday)) == 0) continue;
    named = true;
    wished |= interval.from_ms <= minute * kMinuteMs && minute * kMinuteMs < interval.to_ms;
  }
  if (!named) return lawful;
  if (country != "CO") return lawful && wished;
  if (!wish->separate_instrument || !wish->after_contract) return lawful;
  const bool closed_day = weekday == 6 || is_holiday("CO", date);
  if (closed_day && !wish->names_sundays_holidays && !literal(r, "CO-HOURS-CHANGE-SUN"))
    return lawful;
  return wished;
}

bool has_window(const ContactRequest& r, std::string_view country) {
  if (r.consumer_hours != nullptr) return true;
  if (country == "PE") return !(is_message(r.channel) && literal(r, "PE-HOURS-MSG"));
  if (country == "CL") return !(is_message(r.channel) && literal(r, "CL-HOURS-MSG"));
  return true;
}

bool counts(const ContactRequest& r, std::string_view country, const Contact& e) {
  if (e.direction != Direction::Out || e.status == ContactStatus::Refused) return false;
  switch (e.purpose) {
    case Purpose::Overdue:
    case Purpose::IdentityCheck:
      return true;
    case Purpose::PreDue:
      return country != "CO" || !literal(r, "CO-PREDUE");
    case Purpose::BureauNotice:
      return country != "CO" || !literal(r, "CO-BUREAU-NOTICE");
    case Purpose::Reply:
      return country == "CO" && !literal(r, "CO-COUNT");
    default:
      return false;
  }
}

bool counters_pass(const ContactRequest& r, std::string_view country, Zone zone, Instant now) {
  const CivilDate today = zone.local(now).date;
  int day = 0, week = 0, group_week = 0;
  for (const auto& e : r.history) {
    if (!counts(r, country, e)) continue;
    const Instant at = std::min(e.at, now);
    const CivilDate date = zone.local(at).date;
    const int age = today - date;
    const bool group = is_message(e.channel) == is_message(r.channel);
    day += age == 0;
    week += age < 7;
    group_week += age < 7 && group;
    if (country == "CO" && e.channel != r.channel) {
      const bool iso = literal(r, "CO-WEEK-DEF");
      const CivilDate monday = today - static_cast<int>(weekday_of(today));
      if (iso ? date >= monday : age <= 6) return false;
    }
    if (country == "CL" && group && is_message(r.channel)) {
      if (literal(r, "CL-SEP") ? now - at < 48 * kHourMs : age < 3) return false;
    }
  }
  if (country == "CO") return day < 1;
  if (country == "CL") return group_week < (is_message(r.channel) ? 2 : 1);
  return day < 1 && week < 3;
}

bool one(const ContactRequest& r, std::string_view country, Zone zone, Instant now) {
  if (country == "CO" && r.purpose == Purpose::PreDue && literal(r, "CO-PREDUE")) return true;
  if (country == "CO" && r.purpose == Purpose::BureauNotice && literal(r, "CO-BUREAU-NOTICE"))
    return true;
  const LocalTime local = zone.local(now);
  const int minute = static_cast<int>(local.ms_of_day / kMinuteMs);
  if (has_window(r, country)) {
    if (!open_minute(r, country, local.date, minute)) return false;
    if (r.ttl_seconds) {
      if (*r.ttl_seconds > 12 * 3600) return false;
      // Every minute that the message may still arrive in, of this day, must be open.
      for (int64_t later = 0; later * 60 < *r.ttl_seconds; ++later) {
        const LocalTime then = zone.local(now + later * kMinuteMs);
        if (then.date != local.date) return false;
        if (!open_minute(r, country, then.date, static_cast<int>(then.ms_of_day / kMinuteMs)))
          return false;
      }
    }
  }
  return counters_pass(r, country, zone, now);
}

}  // namespace

bool allows(const ContactRequest& request, Instant now) {
  for (const Zone& zone : request.zones) {
    if (!one(request, request.jurisdiction, zone, now)) return false;
    if (!request.creditor_jurisdiction.empty() &&
        !one(request, request.creditor_jurisdiction, zone, now))
      return false;
  }
  return true;
}

}  // namespace puntual::compliance::oracle
