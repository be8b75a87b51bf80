// The hours that a person asked for: kept in a form that reads back as the same hours.
#include "core/compliance/contact_hours.h"
#include "tests/fuzz/fuzz.h"

namespace puntual::compliance {

FUZZ(hours, "") {
  const auto hours = parse_hours(bytes);
  if (!hours) return;
  HOLDS(!hours->empty());
  for (const auto& one : *hours) {
    HOLDS(one.weekdays != 0 && one.weekdays < 128);
    HOLDS(one.from_ms >= 0 && one.from_ms < one.to_ms && one.to_ms <= kDayMs);
  }
  const std::string written = format_hours(*hours);
  const auto again = parse_hours(written);
  HOLDS(again && format_hours(*again) == written);
}

}  // namespace puntual::compliance
