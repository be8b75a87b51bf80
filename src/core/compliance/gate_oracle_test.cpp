#include "core/compliance/gate_oracle_test.h"

#include <algorithm>

#include "core/compliance/rule_book.h"

namespace puntual::compliance::oracle {
namespace {

constexpr int kDayMinutes = 24 * 60;

bool literal(const ContactRequest& r, std::string_view rule) {
  return !rule.empty() && r.profile && !r.profile->is_strict(rule);
}
bool is_message(Channel c) { return c != Channel::Voice && c != Channel::Visit; }
bool reaches(ChannelSet group, Channel c) { return (group & (1 << static_cast<int>(c))) != 0; }

// A civil day and minute, by the zone's offset at that instant and nothing else.
struct Minute {
  CivilDate date;
  int of_day = 0;
};
Minute local_minute(Zone zone, Instant at) {
  int64_t minutes = at.ms / kMinuteMs + zone.offset_at(at) / 60;
  int64_t days = minutes / kDayMinutes;
  if (minutes % kDayMinutes < 0) --days;
  return {{static_cast<int32_t>(days)}, static_cast<int>(minutes - days * kDayMinutes)};
}

// One pack, asked by one request.
struct View {
  const ContactRequest& r;
  const Jurisdiction& land;
  Instant now;

  [[nodiscard]] const Pack& pack() const { return land.pack; }
  [[nodiscard]] const Hours& hours() const {
    return is_message(r.channel) ? pack().messages : pack().personal;
  }
  [[nodiscard]] const Week& week() const {
    return literal(r, hours().literal_rule) ? hours().literal : hours().strict;
  }
  [[nodiscard]] bool is_closed_by_us(CivilDate date) const {
    return land.closed.everywhere.is_holiday(date) ||
           std::any_of(land.closed.regional.begin(), land.closed.regional.end(),
                       [&](const auto& one) {
                         return one.date == date && (r.region.empty() || one.region == r.region);
                       });
  }
  [[nodiscard]] bool is_free() const {
    return std::any_of(
        pack().literal_free.begin(), pack().literal_free.end(),
        [&](const auto& free) { return free.purpose == r.purpose && literal(r, free.rule); });
  }
};

bool is_always_open(const Week& week) {
  return !week.closed_on_holidays && week.days[0].from == 0 && week.days[0].to == kDayMinutes;
}

// Is this minute of a local date within the hours of law and person?
bool open_minute(const View& view, CivilDate date, int minute) {
  const ContactRequest& r = view.r;
  const int weekday = static_cast<int>(weekday_of(date));
  const bool holiday = view.land.calendar.is_holiday(date) && view.week().closed_on_holidays;
  const DayHours legal = view.week().days[static_cast<size_t>(weekday)];
  const bool lawful = !holiday && legal.from <= minute && minute < legal.to;
  const ConsumerHours* wish = r.consumer_hours;
  if (wish == nullptr) return lawful;
  bool named = false, wished = false;
  for (const auto& interval : wish->intervals) {
    if ((interval.weekdays & (1 << weekday)) == 0) continue;
    named = true;
    wished |= interval.from_ms <= minute * kMinuteMs && minute * kMinuteMs < interval.to_ms;
  }
  if (!named) return lawful;
  const bool counts = wish->separate_instrument && wish->after_contract && wish->asked_at &&
                      *wish->asked_at <= view.now;
  if (view.pack().wish_replaces_rule.empty() || !counts) return lawful && wished;
  const bool rest_day = holiday || legal.from == legal.to;
  if (rest_day && !wish->names_sundays_holidays && !literal(r, view.pack().wish_closed_days_rule))
    return lawful;
  return wished;
}

// The message may arrive at any minute of its life: all of them must be as open as this one.
bool window_passes(const View& view, Zone zone, Instant now) {
  const ContactRequest& r = view.r;
  const bool hours = !view.is_free() && (r.consumer_hours || !is_always_open(view.week()));
  const Minute first = local_minute(zone, now);
  if (view.is_closed_by_us(first.date)) return false;
  if (hours && !open_minute(view, first.date, first.of_day)) return false;
  if (!r.ttl_seconds) return true;
  if (hours && *r.ttl_seconds > 12 * 3600) return false;
  if (!hours && view.land.closed.count == 0) return true;
  for (int64_t later = 0; later * 60 < *r.ttl_seconds; ++later) {
    const Minute then = local_minute(zone, now + later * kMinuteMs);
    if (view.is_closed_by_us(then.date)) return false;
    if (!hours) continue;
    if (then.date != first.date || !open_minute(view, then.date, then.of_day)) return false;
  }
  return true;
}

bool counts(const View& view, const Contact& e) {
  if (e.direction != Direction::Out || e.status == ContactStatus::Refused) return false;
  for (const auto& free : view.pack().literal_free) {
    if (free.purpose == e.purpose && literal(view.r, free.rule)) return false;
  }
  switch (e.purpose) {
    case Purpose::Overdue:
    case Purpose::IdentityCheck:
    case Purpose::PreDue:
    case Purpose::BureauNotice:
      return true;
    case Purpose::Reply:
      return !view.pack().replies_count_rule.empty() &&
             !literal(view.r, view.pack().replies_count_rule);
    default:
      return false;
  }
}

bool counters_pass(const View& view, Zone zone, Instant now) {
  if (view.is_free()) return true;
  const Pack& pack = view.pack();
  const Channel mine = view.r.channel;
  const CivilDate today = local_minute(zone, now).date;
  std::vector<int> counted(pack.caps.size());
  for (const auto& e : view.r.history) {
    if (!counts(view, e)) continue;
    const Instant at = std::min(e.at, now);
    const CivilDate date = local_minute(zone, at).date;
    const int age = today - date;
    for (size_t i = 0; i < counted.size(); ++i) {
      const bool group =
          reaches(pack.caps[i].channels, mine) && reaches(pack.caps[i].channels, e.channel);
      if (group && age < pack.caps[i].days && ++counted[i] >= pack.caps[i].max) return false;
    }
    if (pack.lock.days > 0 && e.channel != mine) {
      const CivilDate monday = today - static_cast<int>(weekday_of(today));
      if (literal(view.r, pack.lock.literal_rule) ? date >= monday : age < pack.lock.days)
        return false;
    }
    const Separation& gap = pack.separation;
    if (gap.days > 0 && reaches(gap.channels, mine) && reaches(gap.channels, e.channel)) {
      // Read in hours an event that lies ahead is waited for; in days it is of today.
      if (literal(view.r, gap.rule) ? now - e.at < gap.literal_hours * kHourMs : age < gap.days)
        return false;
    }
  }
  return true;
}

}  // namespace

bool allows(const ContactRequest& request, Instant now) {
  const RuleBook& book = request.rules ? *request.rules : RuleBook::built_in();
  for (const auto country : {request.jurisdiction, request.creditor_jurisdiction}) {
    if (country.empty()) continue;
    const View view{request, *book.find(country), now};
    for (const auto& [channel, rule] : view.pack().forbidden_channels) {
      if (channel == request.channel && !literal(request, rule)) return false;
    }
    for (const Zone& zone : request.zones) {
      if (!window_passes(view, zone, now) || !counters_pass(view, zone, now)) return false;
    }
  }
  return true;
}

}  // namespace puntual::compliance::oracle
