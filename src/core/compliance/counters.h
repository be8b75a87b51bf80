// How often a person has been contacted, against what the pack permits. All rules but one speak of
// local dates, so their answer holds for a whole date.
#pragma once

#include <optional>
#include <span>

#include "core/compliance/country_rules.h"
#include "core/compliance/local_clock.h"

namespace puntual::compliance {

// The counting rules of one pack in the reading that the profile asks for.
struct Counting {
  const Pack* pack = nullptr;    // Null: nothing is counted for this request.
  uint8_t counted_purposes = 0;  // Bit per Purpose.
  bool iso_week_lock = false;
  bool hours_separation = false;
};
[[nodiscard]] Counting counting_of(const Pack& pack, const Profile* profile);
// Is this contact one of those that the caps speak of?
[[nodiscard]] bool counts(const Counting& counting, const Contact& contact);

inline constexpr size_t kCapsMax = 4;

// Which rules fail.
struct Tally {
  std::array<bool, kCapsMax> caps{};
  bool lock = false;
  bool separation = false;
  [[nodiscard]] bool any() const {
    return caps[0] || caps[1] || caps[2] || caps[3] || lock || separation;
  }
};
[[nodiscard]] Tally tally(const Counting& counting, Channel channel,
                          std::span<const Contact> history, const LocalClock& clock, Instant now);

// The first instant after `now` at which these rules pass, given that one fails now.
[[nodiscard]] std::optional<Instant> counters_free_at(const Counting& counting, Channel channel,
                                                      std::span<const Contact> history,
                                                      const LocalClock& clock, Instant now);

}  // namespace puntual::compliance
