// Holidays and closed days as tables: a day that was read is a day that is kept.
#include "core/compliance/calendar.h"

#include "tests/fuzz/fuzz.h"

namespace puntual::compliance {

FUZZ(calendar, "data/holidays") {
  if (const auto calendar = read_calendar(bytes, "xx.tsv")) {
    HOLDS(!calendar->version.empty());
    HOLDS(calendar->last - calendar->first < static_cast<int32_t>(kCalendarWords * 64));
    HOLDS(!calendar->is_holiday(calendar->first - 1) && !calendar->is_holiday(calendar->last + 1));
  }
  const auto days = read_closed_days(bytes, "cierres.tsv");
  if (!days) return;
  for (const auto& day : *days) {
    HOLDS(day.country.empty() || day.country.size() == 2);
    HOLDS(day.region.empty() || !day.country.empty());
  }
}

}  // namespace puntual::compliance
