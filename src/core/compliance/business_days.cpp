#include "core/compliance/business_days.h"

namespace puntual::compliance {
namespace {

bool is_business_day(const Jurisdiction* land, CivilDate date) {
  if (weekday_of(date) >= Weekday::Saturday) return false;
  return land == nullptr || (!land->calendar.is_holiday(date) && !land->closed.is_closed(date, {}));
}

}  // namespace

CivilDate business_days_after(const Jurisdiction* land, CivilDate date, int days) {
  while (days > 0) {
    date = date + 1;
    if (is_business_day(land, date)) --days;
  }
  return date;
}

}  // namespace puntual::compliance
