// The hours that a person asked for, as people write them and as they are kept.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "core/compliance/gate.h"

namespace puntual::compliance {

// "lun-vie 09:00-12:00, sab 10:00-12:00"; days in Spanish or English, three letters or in full, a
// range or a list
// ("lun mie vie"). Invalid names the part and what is expected.
[[nodiscard]] Result<std::vector<HoursInterval>> parse_hours(std::string_view text);
// The form that parse_hours() reads back: "mon tue 09:00-12:00, sat 10:00-12:00".
[[nodiscard]] std::string format_hours(std::span<const HoursInterval> intervals);

}  // namespace puntual::compliance
