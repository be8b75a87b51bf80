// Panama: no rule in force found; hours of the draft of 2025, without Saturday. Both profiles are
// the strict one. Explained in docs/countries/pa.md; checked 2026-11-21.
#include "core/compliance/country_rules.h"

namespace puntual::compliance {
namespace {

constexpr std::string_view kZonesPa[] = {"America/Panama"};

constexpr Week kWeekPa = working_days(hours(8, 18));
constexpr Hours kHoursPa{kWeekPa, kWeekPa, {}, "PA-DEFAULT", "PA-DEFAULT", "PA-DEFAULT"};
constexpr Cap kCapsPa[] = {house_daily("H-DAILY"), house_weekly("H-WEEKLY")};

constexpr Rule kRulesPa[] = {
    {"PA-DEFAULT", "draft of 2025, not in force", "H",
     "https://nosonfakes.com/panama-ley-89-regula-cobros-agencias-bancos"},
};

}  // namespace

constexpr Pack kPanama{
    .country = "PA",
    .version = "PA-2026.11.1",
    .review_by = {2028, 1, 31},
    .zones = kZonesPa,
    .messages = kHoursPa,
    .personal = kHoursPa,
    .caps = kCapsPa,
    .content = kHouseContent,
    .third_party_rule = "H-THIRD",
    .rules = kRulesPa,
};

}  // namespace puntual::compliance
