// Uruguay: no rule in force found (the central bank's guide is voluntary): the house's. Both
// profiles are the strict one. Explained in docs/countries/uy.md; checked 2026-11-21.
#include "core/compliance/country_rules.h"

namespace puntual::compliance {
namespace {

constexpr std::string_view kZonesUy[] = {"America/Montevideo"};

constexpr Week kWeekUy = working_days(hours(9, 18));
constexpr Hours kHoursUy{kWeekUy, kWeekUy, {}, "H-HOURS", "H-HOURS", "H-HOURS"};
constexpr Cap kCapsUy[] = {house_daily("H-DAILY"), house_weekly("H-WEEKLY")};

constexpr Rule kRulesUy[] = {
    {"UY-NONE", "no rule in force found; bill of 2025 pending", "U",
     "https://ladiaria.com.uy/politica/articulo/2025/6/"
     "frente-amplio-impulsa-un-nuevo-proyecto-para-reestructurar-deudas-limitar-los-intereses-y-"
     "prohibir-las-practicas-abusivas"},
};

}  // namespace

constexpr Pack kUruguay{
    .country = "UY",
    .version = "UY-2026.11.1",
    .review_by = {2028, 1, 31},
    .zones = kZonesUy,
    .messages = kHoursUy,
    .personal = kHoursUy,
    .caps = kCapsUy,
    .content = kHouseContent,
    .third_party_rule = "H-THIRD",
    .rules = kRulesUy,
};

}  // namespace puntual::compliance
