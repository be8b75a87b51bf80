// Dates and instants: what is read is a day of the calendar, and writes back as itself.
#include "base/time.h"
#include "core/portfolio/import_cells.h"
#include "tests/fuzz/fuzz.h"

namespace puntual {

FUZZ(date, "") {
  if (const auto date = parse_date(bytes)) {
    const auto ymd = ymd_of(*date);
    HOLDS(civil_date(ymd.year, ymd.month, ymd.day) == *date);
    HOLDS(parse_date(format_date(*date)) == *date);
  }
  if (const auto at = parse_rfc3339(bytes)) HOLDS(parse_rfc3339(format_utc(*at)) == *at);
  for (const auto order : {DateOrder::DayFirst, DateOrder::MonthFirst, DateOrder::Undetermined}) {
    const auto cell = portfolio::read_date(bytes, order);
    if (!cell) continue;
    const int year = ymd_of(cell->date).year;
    HOLDS(year >= 1990 && year <= 2100);
    HOLDS(!cell->ms_of_day || (*cell->ms_of_day >= 0 && *cell->ms_of_day < kDayMs));
    if (order != DateOrder::Undetermined) continue;
    for (const auto known :
         {DateOrder::DayFirst, DateOrder::MonthFirst}) {  // Neither may say another day.
      const auto other = portfolio::read_date(bytes, known);
      HOLDS(!other || other->date == cell->date);
    }
  }
  if (const auto time = portfolio::read_time_of_day(bytes)) HOLDS(*time >= 0 && *time < kDayMs);
}

}  // namespace puntual
