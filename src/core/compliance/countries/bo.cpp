// Bolivia: Ley 393, art. 74; no hours found: the house's. Both profiles are the strict one.
// Explained in docs/countries/bo.md; checked 2026-11-21.
#include "core/compliance/country_rules.h"

namespace puntual::compliance {
namespace {

constexpr std::string_view kZonesBo[] = {"America/La_Paz"};

constexpr Week kWeekBo = working_days(hours(9, 18));
constexpr Hours kHoursBo{kWeekBo, kWeekBo, {}, "H-HOURS", "H-HOURS", "H-HOURS"};
constexpr Cap kCapsBo[] = {house_daily("H-DAILY"), house_weekly("H-WEEKLY")};

constexpr Rule kRulesBo[] = {
    {"BO-THIRD", "Ley 393, art. 74", "U", "https://asfi.gob.bo/node/447"},
};

}  // namespace

constexpr Pack kBolivia{
    .country = "BO",
    .version = "BO-2026.11.1",
    .review_by = {2028, 1, 31},
    .zones = kZonesBo,
    .messages = kHoursBo,
    .personal = kHoursBo,
    .caps = kCapsBo,
    .content = kHouseContent,
    .third_party_rule = "BO-THIRD",
    .rules = kRulesBo,
};

}  // namespace puntual::compliance
