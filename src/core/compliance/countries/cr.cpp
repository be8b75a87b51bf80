// Costa Rica: no specific rule found (bill 23.927 is pending): the house's. Both profiles are the
// strict one. Explained in docs/countries/cr.md; checked 2026-11-21.
#include "core/compliance/country_rules.h"

namespace puntual::compliance {
namespace {

constexpr std::string_view kZonesCr[] = {"America/Costa_Rica"};

constexpr Week kWeekCr = working_days(hours(9, 18));
constexpr Hours kHoursCr{kWeekCr, kWeekCr, {}, "H-HOURS", "H-HOURS", "H-HOURS"};
constexpr Cap kCapsCr[] = {house_daily("H-DAILY"), house_weekly("H-WEEKLY")};

constexpr Rule kRulesCr[] = {
    {"CR-NONE", "no specific rule found; bill 23.927 pending", "U",
     "https://anayansyrojas.com/mercados-financieros-y-valores/"
     "las-prcticas-abusivas-en-el-cobro-de-deudas-en-costanbsprica"},
};

}  // namespace

constexpr Pack kCostaRica{
    .country = "CR",
    .version = "CR-2026.11.1",
    .review_by = {2028, 1, 31},
    .zones = kZonesCr,
    .messages = kHoursCr,
    .personal = kHoursCr,
    .caps = kCapsCr,
    .content = kHouseContent,
    .third_party_rule = "H-THIRD",
    .rules = kRulesCr,
};

}  // namespace puntual::compliance
