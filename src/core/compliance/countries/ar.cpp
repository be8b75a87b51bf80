// Argentina: Ley 24.240 and, in the City of Buenos Aires, Ley 6171. No hours found in national law:
// the house's. Both profiles are the strict one. Explained in docs/countries/ar.md; checked
// 2026-11-21.
#include "core/compliance/country_rules.h"

namespace puntual::compliance {
namespace {

constexpr std::string_view kZonesAr[] = {
    "America/Argentina/Buenos_Aires", "America/Argentina/Cordoba",
    "America/Argentina/Salta",        "America/Argentina/Jujuy",
    "America/Argentina/Tucuman",      "America/Argentina/Catamarca",
    "America/Argentina/La_Rioja",     "America/Argentina/San_Juan",
    "America/Argentina/Mendoza",      "America/Argentina/San_Luis",
    "America/Argentina/Rio_Gallegos", "America/Argentina/Ushuaia",
};

constexpr Week kWeekAr = working_days(hours(9, 19));
constexpr Hours kHoursAr{kWeekAr, kWeekAr, {}, "AR-DEFAULT", "AR-DEFAULT", "AR-DEFAULT"};
constexpr Cap kCapsAr[] = {house_daily("H-DAILY"), house_weekly("H-WEEKLY")};

constexpr Rule kRulesAr[] = {
    {"AR-DIGNITY", "Ley 24.240, art. 8 bis", "S+",
     "https://noetingeryarmando.com/"
     "regulacion-de-la-actividad-de-los-agentes-de-cobranza-extrajudicial-ley-6171"},
    {"AR-CABA", "Ley 6171 (CABA)", "S+",
     "https://noetingeryarmando.com/"
     "regulacion-de-la-actividad-de-los-agentes-de-cobranza-extrajudicial-ley-6171"},
    {.id = "AR-DEFAULT", .law = "no hours found in national law", .confidence = "H"},
};

}  // namespace

constexpr Pack kArgentina{
    .country = "AR",
    .version = "AR-2026.11.1",
    .review_by = {2028, 1, 31},
    .zones = kZonesAr,
    .messages = kHoursAr,
    .personal = kHoursAr,
    .caps = kCapsAr,
    .content = kHouseContent,
    .third_party_rule = "AR-CABA",
    .rules = kRulesAr,
};

}  // namespace puntual::compliance
