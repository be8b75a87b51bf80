// Spain: no hours for collection found: the house's. Both profiles are the strict one. Explained in
// docs/countries/es.md; checked 2026-11-21.
#include "core/compliance/country_rules.h"

namespace puntual::compliance {
namespace {

constexpr std::string_view kZonesEs[] = {
    "Europe/Madrid",
    "Africa/Ceuta",
    "Atlantic/Canary",
};

constexpr Week kWeekEs = working_days(hours(9, 18));
constexpr Hours kHoursEs{kWeekEs, kWeekEs, {}, "H-HOURS", "H-HOURS", "H-HOURS"};
constexpr Cap kCapsEs[] = {house_daily("H-DAILY"), house_weekly("H-WEEKLY")};

constexpr Rule kRulesEs[] = {
    {.id = "ES-HOURS", .law = "no specific rule found", .confidence = "U"},
    {.id = "ES-HARASS", .law = "Ley 3/1991, arts. 8 y 29 (not re-read)", .confidence = "U"},
    {"ES-10-2025", "Ley 10/2025: inbound customer service; nothing on collection found", "S+",
     "https://www.boe.es/eli/es/l/2025/12/26/10"},
};

}  // namespace

constexpr Pack kSpain{
    .country = "ES",
    .version = "ES-2026.11.1",
    .review_by = {2028, 1, 31},
    .zones = kZonesEs,
    .messages = kHoursEs,
    .personal = kHoursEs,
    .caps = kCapsEs,
    .content = kHouseContent,
    .third_party_rule = "H-THIRD",
    .rules = kRulesEs,
};

}  // namespace puntual::compliance
