// Civil time in an IANA time zone, from the table that ships with the program (2000 to 2044; later
// instants keep the last rule's offset). A Zone is a handle to static data: copy freely,
// thread-safe.
#pragma once

#include <string_view>
#include <vector>

#include "base/time.h"

namespace puntual {

struct ZoneChange {
  int64_t from_seconds;
  int32_t offset_seconds;
};

struct LocalTime {
  CivilDate date;
  int32_t ms_of_day = 0;
  int32_t offset_seconds = 0;
};

[[nodiscard]] constexpr LocalTime local_time(Instant at, int32_t offset_seconds) {
  const int64_t ms = at.ms + int64_t{offset_seconds} * kSecondMs;
  const int64_t days = ms >= 0 ? ms / kDayMs : -((kDayMs - 1 - ms) / kDayMs);
  return {{static_cast<int32_t>(days)}, static_cast<int32_t>(ms - days * kDayMs), offset_seconds};
}

// For how long an offset holds: [from, to).
struct OffsetSpan {
  Instant from;
  Instant to;
  int32_t offset_seconds = 0;
};

class Zone {
 public:
  // NotFound when the name is not in the IANA list.
  [[nodiscard]] static Result<Zone> find(std::string_view name);
  // For names that are constants of ours: must exist.
  [[nodiscard]] static Zone of(std::string_view name);
  [[nodiscard]] static Zone utc() { return of("Etc/UTC"); }
  [[nodiscard]] static std::vector<std::string_view> names();
  // Of the IANA database that the table was made from ("2025b").
  [[nodiscard]] static std::string_view table_version();

  [[nodiscard]] std::string_view name() const;
  [[nodiscard]] int32_t offset_at(Instant at) const;  // Seconds east of UTC.
  [[nodiscard]] OffsetSpan offset_span(Instant at) const;
  [[nodiscard]] LocalTime local(Instant at) const;
  // The first instant at or after this civil time: in a gap the first valid one after it, in an
  // overlap the earlier of the two.
  [[nodiscard]] Instant instant(CivilDate date, int32_t ms_of_day) const;

  bool operator==(const Zone&) const = default;

 private:
  explicit Zone(int index) : index_(index) {}
  int index_;
};

}  // namespace puntual
