// Dominican Republic: INDOTEL, Res. 010-16 as amended by 019-16. Both profiles are the strict one.
// Explained in docs/countries/do.md; checked 2026-11-21.
#include "core/compliance/country_rules.h"

namespace puntual::compliance {
namespace {

constexpr std::string_view kZonesDo[] = {"America/Santo_Domingo"};

constexpr Week kWeekDo = working_days(hours(7, 20), hours(9, 13));
constexpr Hours kHoursDo{kWeekDo, kWeekDo, {}, "DO-HOURS", "DO-HOURS", "DO-HOURS"};
constexpr Cap kCapsDo[] = {house_daily("H-DAILY"), house_weekly("H-WEEKLY")};

constexpr Rule kRulesDo[] = {
    {"DO-HOURS", "INDOTEL, Res. 010-16 and 019-16", "S+",
     "http://www.elcaribe.com.do/2016/11/17/indotel-defiende-resolucion-regula-llamadas-cobro"},
    {"DO-FREQ", "five contacts a day for each debt; the house asks for less", "S+",
     "https://blogs.templaris.com/templaris/cuando-una-empresa-de-cobranza-incurre-en-un-abuso/"},
    {"DO-THIRD", "INDOTEL, Res. 010-16 and 019-16", "S+",
     "https://diariodigital.com.do/2016/12/07/"
     "indotel-dispone-deudores-desautoricen-llamadas-cobro-al-trabajo.html"},
};

}  // namespace

constexpr Pack kDominicanRepublic{
    .country = "DO",
    .version = "DO-2026.11.1",
    .review_by = {2028, 1, 31},
    .zones = kZonesDo,
    .messages = kHoursDo,
    .personal = kHoursDo,
    .caps = kCapsDo,
    .content = kHouseContent,
    .third_party_rule = "DO-THIRD",
    .rules = kRulesDo,
};

}  // namespace puntual::compliance
