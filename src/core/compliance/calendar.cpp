#include "core/compliance/calendar.h"

namespace puntual::compliance {
namespace {

// Calls `use` with the date of every row.
template <class Use>
void each_holiday(std::string_view tsv, Use use) {
  for (bool heading = true; !tsv.empty(); heading = false) {
    const size_t end = tsv.find('\n');
    const auto line = tsv.substr(0, end);
    tsv = end == std::string_view::npos ? std::string_view() : tsv.substr(end + 1);
    if (heading || line.empty()) continue;
    const auto date = parse_date(line.substr(0, line.find('\t')));
    PUNTUAL_CHECK(date.has_value());
    use(*date);
  }
}

}  // namespace

Calendar read_calendar(std::string_view tsv) {
  int32_t first_year = 9999;
  int32_t last_year = 0;
  each_holiday(tsv, [&](CivilDate date) {
    const int32_t year = ymd_of(date).year;
    first_year = std::min(first_year, year);
    last_year = std::max(last_year, year);
  });
  PUNTUAL_CHECK(first_year <= last_year);
  Calendar calendar{date_of(first_year, 1, 1), date_of(last_year, 12, 31), {}};
  PUNTUAL_CHECK(static_cast<size_t>(calendar.last - calendar.first) < kCalendarWords * 64);
  each_holiday(tsv, [&](CivilDate date) {
    const auto day = static_cast<size_t>(date - calendar.first);
    calendar.bits[day / 64] |= uint64_t{1} << (day % 64);
  });
  return calendar;
}

}  // namespace puntual::compliance
