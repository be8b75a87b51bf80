// A zone with the offset that holds around one instant kept at hand: a decision asks for many local
// dates within a few days, and nearly all of them have the same offset.
#pragma once

#include "base/zone.h"

namespace puntual::compliance {

class LocalClock {
 public:
  LocalClock(Zone zone, Instant around) : zone_(zone), span_(zone.offset_span(around)) {}

  [[nodiscard]] const Zone& zone() const { return zone_; }
  [[nodiscard]] LocalTime local(Instant at) const {
    return at >= span_.from && at < span_.to ? shifted(at) : zone_.local(at);
  }
  [[nodiscard]] CivilDate date(Instant at) const { return local(at).date; }
  // The first change of the offset after `at`.
  [[nodiscard]] Instant next_change(Instant at) const {
    return at >= span_.from && at < span_.to ? span_.to : zone_.offset_span(at).to;
  }

 private:
  [[nodiscard]] LocalTime shifted(Instant at) const {
    const int64_t ms = at.ms + int64_t{span_.offset_seconds} * kSecondMs;
    int64_t days = ms / kDayMs;
    int64_t rest = ms % kDayMs;
    if (rest < 0) {
      rest += kDayMs;
      --days;
    }
    return {{static_cast<int32_t>(days)}, static_cast<int32_t>(rest), span_.offset_seconds};
  }
  Zone zone_;
  OffsetSpan span_;
};

}  // namespace puntual::compliance
