// Days on which offices and banks work: Monday to Friday, but for holidays and what the deployment
// closes. Pure; thread-safe.
#pragma once

#include "core/compliance/rule_book.h"

namespace puntual::compliance {

// The last of so many business days after this date; without a calendar (null) weekends alone are
// left out.
[[nodiscard]] CivilDate business_days_after(const Jurisdiction* land, CivilDate date, int days);

}  // namespace puntual::compliance
