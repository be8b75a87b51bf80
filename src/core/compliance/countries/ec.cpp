// Ecuador: Ley Orgánica de Defensa del Consumidor, art. 49 (reform of February 2022). Both profiles
// are the strict one. Explained in docs/countries/ec.md; checked 2026-11-21.
#include "core/compliance/country_rules.h"

namespace puntual::compliance {
namespace {

constexpr std::string_view kZonesEc[] = {
    "America/Guayaquil",
    "Pacific/Galapagos",
};

constexpr Week kWeekEc = working_days(hours(7, 20));
constexpr Hours kHoursEc{kWeekEc, kWeekEc, {}, "EC-HOURS", "EC-HOURS", "EC-HOURS"};
constexpr Cap kCapsEc[] = {{1, 1, kAllChannels, Reason::DailyCap, "EC-DAILY"},
                           house_weekly("H-WEEKLY")};

constexpr Rule kRulesEc[] = {
    {"EC-HOURS", "LODC, art. 49", "S+",
     "https://revistagestion.ec/noticias/"
     "con-ley-de-defensa-los-clientes-se-prohibe-el-hostigamiento-por-cobros-y-se-pone-plazo"},
    {"EC-DAILY", "LODC, art. 49", "S+",
     "https://www.metroecuador.com.ec/noticias/2026/02/18/"
     "el-horario-y-el-numero-de-veces-que-te-pueden-llamar-en-el-dia-para-cobrar-una-deuda-en-"
     "ecuador"},
    {"EC-THIRD", "LODC, art. 49", "S+",
     "https://revistagestion.ec/noticias/"
     "con-ley-de-defensa-los-clientes-se-prohibe-el-hostigamiento-por-cobros-y-se-pone-plazo"},
};

}  // namespace

constexpr Pack kEcuador{
    .country = "EC",
    .version = "EC-2026.11.1",
    .review_by = {2028, 1, 31},
    .zones = kZonesEc,
    .messages = kHoursEc,
    .personal = kHoursEc,
    .caps = kCapsEc,
    .content = kHouseContent,
    .third_party_rule = "EC-THIRD",
    .rules = kRulesEc,
};

}  // namespace puntual::compliance
