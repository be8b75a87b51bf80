#include "core/compliance/counters.h"

#include <algorithm>

namespace puntual::compliance {
namespace {

constexpr int kLookAheadDays = 62;
constexpr int64_t kMemoryMs = 10 * kDayMs;  // No rule looks further back.

constexpr uint8_t purpose_bit(Purpose purpose) {
  return static_cast<uint8_t>(1U << static_cast<int>(purpose));
}

constexpr uint8_t kCollection = purpose_bit(Purpose::PreDue) | purpose_bit(Purpose::Overdue) |
                                purpose_bit(Purpose::IdentityCheck) |
                                purpose_bit(Purpose::BureauNotice);

int32_t iso_week(CivilDate date) { return (date.days + 3) / 7; }  // 1970-01-01 was a Thursday.

// What fails on this local date. An event dated after it counts as of it.
Tally tally_on(const Counting& counting, Channel channel, std::span<const Contact> history,
               const LocalClock& clock, Instant now, CivilDate today) {
  Tally found;
  const Pack& pack = *counting.pack;
  const ChannelSet mine = channel_bit(channel);
  std::array<int, kCapsMax> counted{};
  for (const Contact& contact : history) {
    if (contact.at.ms < now.ms - kMemoryMs || !counts(counting, contact)) continue;
    const CivilDate date = std::min(clock.date(contact.at), today);
    const int32_t age = today - date;
    const ChannelSet theirs = channel_bit(contact.channel);
    for (size_t i = 0; i < pack.caps.size(); ++i) {
      const Cap& cap = pack.caps[i];
      if (age < cap.days && (cap.channels & mine) != 0 && (cap.channels & theirs) != 0)
        ++counted[i];
    }
    if (contact.channel != channel && pack.lock.days > 0) {
      found.lock |=
          counting.iso_week_lock ? iso_week(date) == iso_week(today) : age < pack.lock.days;
    }
    const Separation& separation = pack.separation;
    if (!counting.hours_separation && (separation.channels & mine & kAllChannels) != 0 &&
        (separation.channels & theirs) != 0) {
      found.separation |= age < separation.days;
    }
  }
  for (size_t i = 0; i < pack.caps.size(); ++i) found.caps[i] = counted[i] >= pack.caps[i].max;
  return found;
}

// Literal separation is in hours: when the last contact of the group is old enough.
std::optional<Instant> separated_at(const Counting& counting, Channel channel,
                                    std::span<const Contact> history) {
  const Separation& separation = counting.pack->separation;
  if (!counting.hours_separation || (separation.channels & channel_bit(channel)) == 0)
    return std::nullopt;
  std::optional<Instant> free_at;
  for (const Contact& contact : history) {
    if (!counts(counting, contact) || (separation.channels & channel_bit(contact.channel)) == 0)
      continue;
    const Instant at = contact.at + separation.literal_hours * kHourMs;
    free_at = free_at ? std::max(*free_at, at) : at;
  }
  return free_at;
}

}  // namespace

bool counts(const Counting& counting, const Contact& contact) {
  return contact.direction == Direction::Out && contact.status != ContactStatus::Refused &&
         (counting.counted_purposes & purpose_bit(contact.purpose)) != 0;
}

Counting counting_of(const Pack& pack, const Profile* profile) {
  Counting counting{&pack, kCollection, false, false};
  if (!pack.replies_count_rule.empty() &&
      (profile == nullptr || profile->is_strict(pack.replies_count_rule))) {
    counting.counted_purposes |= purpose_bit(Purpose::Reply);
  }
  if (profile == nullptr) return counting;
  for (const auto& free : pack.literal_free) {
    if (!profile->is_strict(free.rule))
      counting.counted_purposes &= static_cast<uint8_t>(~purpose_bit(free.purpose));
  }
  counting.iso_week_lock = pack.lock.days > 0 && !profile->is_strict(pack.lock.literal_rule);
  counting.hours_separation = pack.separation.days > 0 && !profile->is_strict(pack.separation.rule);
  return counting;
}

Tally tally(const Counting& counting, Channel channel, std::span<const Contact> history,
            const LocalClock& clock, Instant now) {
  Tally found = tally_on(counting, channel, history, clock, now, clock.date(now));
  if (const auto free_at = separated_at(counting, channel, history))
    found.separation |= *free_at > now;
  return found;
}

std::optional<Instant> counters_free_at(const Counting& counting, Channel channel,
                                        std::span<const Contact> history, const LocalClock& clock,
                                        Instant now) {
  const CivilDate today = clock.date(now);
  const auto separated = separated_at(counting, channel, history);
  if (!tally_on(counting, channel, history, clock, now, today).any()) return separated;
  for (int day = 1; day <= kLookAheadDays; ++day) {
    if (tally_on(counting, channel, history, clock, now, today + day).any()) continue;
    const Instant midnight = clock.zone().instant(today + day, 0);
    return separated ? std::max(midnight, *separated) : midnight;
  }
  return std::nullopt;
}

}  // namespace puntual::compliance
