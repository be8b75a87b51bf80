// Guatemala: Decreto 2-2024 (credit cards). Hours and daily maximum are not defined in what was
// found: the house's. Both profiles are the strict one. Explained in docs/countries/gt.md; checked
// 2026-11-21.
#include "core/compliance/country_rules.h"

namespace puntual::compliance {
namespace {

constexpr std::string_view kZonesGt[] = {"America/Guatemala"};

constexpr Week kWeekGt = working_days(hours(8, 18));
constexpr Hours kHoursGt{kWeekGt, kWeekGt, {}, "GT-HOURS", "GT-HOURS", "GT-HOURS"};
constexpr Cap kCapsGt[] = {house_daily("H-DAILY"), house_weekly("H-WEEKLY")};

constexpr Rule kRulesGt[] = {
    {"GT-HOURS", "Decreto 2-2024 (in force 1 Sep 2024); hours of the house", "U",
     "https://www.centroamerica360.com/economia/"
     "en-vigencia-ley-de-tarjetas-de-credito-en-guatemala-que-regula-delitos-y-practicas-abusivas"},
    {"GT-THIRD", "Decreto 2-2024", "S+",
     "https://indagadorsvc.com/ley-bajo-la-lupa-prohiben-hostigamiento-por-deudas/"},
};

}  // namespace

constexpr Pack kGuatemala{
    .country = "GT",
    .version = "GT-2026.11.1",
    .review_by = {2028, 1, 31},
    .zones = kZonesGt,
    .messages = kHoursGt,
    .personal = kHoursGt,
    .caps = kCapsGt,
    .content = kHouseContent,
    .third_party_rule = "GT-THIRD",
    .rules = kRulesGt,
};

}  // namespace puntual::compliance
