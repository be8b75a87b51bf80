// El Salvador: Ley de Protección al Consumidor, art. 18 n (10 Apr 2019). Saturday is unsettled:
// closed. Both profiles are the strict one. Explained in docs/countries/sv.md; checked 2026-11-21.
#include "core/compliance/country_rules.h"

namespace puntual::compliance {
namespace {

constexpr std::string_view kZonesSv[] = {"America/El_Salvador"};

constexpr Week kWeekSv = working_days(hours(8, 18));
constexpr Hours kHoursSv{kWeekSv, kWeekSv, {}, "SV-HOURS", "SV-HOURS", "SV-HOURS"};
constexpr Cap kCapsSv[] = {house_daily("H-DAILY"), house_weekly("H-WEEKLY")};

constexpr Rule kRulesSv[] = {
    {"SV-HOURS", "LPC, art. 18 n", "S+",
     "https://derechoynegocios.net/derecho-consumo-nuevas-reformas-nuevos-procedimientos/amp"},
    {"SV-THIRD", "LPC, art. 18 n", "S+",
     "https://derechoynegocios.net/derecho-consumo-nuevas-reformas-nuevos-procedimientos/amp"},
};

}  // namespace

constexpr Pack kElSalvador{
    .country = "SV",
    .version = "SV-2026.11.1",
    .review_by = {2028, 1, 31},
    .zones = kZonesSv,
    .messages = kHoursSv,
    .personal = kHoursSv,
    .caps = kCapsSv,
    .content = kHouseContent,
    .third_party_rule = "SV-THIRD",
    .rules = kRulesSv,
};

}  // namespace puntual::compliance
