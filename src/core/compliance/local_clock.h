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
    return at >= span_.from && at < span_.to ? local_time(at, span_.offset_seconds)
                                             : zone_.local(at);
  }
  [[nodiscard]] CivilDate date(Instant at) const { return local(at).date; }
  // The first change of the offset after `at`.
  [[nodiscard]] Instant next_change(Instant at) const {
    return at >= span_.from && at < span_.to ? span_.to : zone_.offset_span(at).to;
  }

 private:
  Zone zone_;
  OffsetSpan span_;
};

}  // namespace puntual::compliance
