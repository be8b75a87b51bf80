// Mexico: CONDUSEF's general provisions on collection firms (DOF 7 Oct 2014). Explained in
// docs/countries/mx.md; checked 2026-11-21.
#include "core/compliance/country_rules.h"

namespace puntual::compliance {
namespace {

constexpr std::string_view kZonesMx[] = {
    "America/Mexico_City",   "America/Cancun",         "America/Merida",     "America/Monterrey",
    "America/Chihuahua",     "America/Bahia_Banderas", "America/Matamoros",  "America/Ojinaga",
    "America/Ciudad_Juarez", "America/Mazatlan",       "America/Hermosillo", "America/Tijuana",
};

constexpr Week kWeekMx = working_days(hours(7, 22));
constexpr Week kEveryDayMx{{hours(7, 22), hours(7, 22), hours(7, 22), hours(7, 22), hours(7, 22),
                            hours(7, 22), hours(7, 22)},
                           false};
constexpr Cap kCapsMx[] = {house_daily("MX-FREQ"), house_weekly("MX-FREQ")};

constexpr ContentRule kContentMx[] = {
    {Reason::ContentThreat, ContentScope::Always, "MX-FORBID"},
    {Reason::ContentCourt, ContentScope::Always, "MX-FORBID"},
    {Reason::ContentCreditRegister, ContentScope::ExceptNotice, "MX-REGISTER", true},
    {Reason::ContentAdvertising, ContentScope::Always, "H-ADS", true},
    {Reason::ContentThirdPartyData, ContentScope::Always, "MX-THIRD"},
    {Reason::ContentUnagreedCharge, ContentScope::Always, "H-CHARGES", true},
    {Reason::ContentMissingIdentity, ContentScope::LiteralFirst, "MX-ID"},
    {Reason::ContentMissingOptOut, ContentScope::FirstAction, "H-OPTOUT", true},
};

constexpr std::string_view kIdc =
    "https://idconline.mx/juridico/2014/10/07/emiten-reglas-para-despachos-de-cobranza";
constexpr std::string_view kMilenio =
    "https://amp.milenio.com/negocios/"
    "despacho-de-cobranza-que-puedes-o-no-hacer-conoce-tus-derechos";
constexpr std::string_view kProvisions =
    "Disposiciones de CONDUSEF para despachos de cobranza (DOF 7 oct 2014)";
constexpr YearMonthDay kFromMx{2015, 1, 1};

constexpr Rule kRulesMx[] = {
    {"MX-SCOPE", "LTOSF, arts. 17 Bis 1 ss.; provisions of CONDUSEF", "S+", kIdc, kFromMx},
    {"MX-HOURS", kProvisions, "S+", kMilenio, kFromMx},
    {.id = "MX-DAYS",
     .law = kProvisions,
     .confidence = "U",
     .source = "https://tribunademexico.com/despachos-cobranza-deuda-bancos/",
     .valid_from = kFromMx,
     .differs = "every day, Saturdays, Sundays and holidays of LFT art. 74 too"},
    {.id = "MX-FREQ", .law = "no cap found", .confidence = "H"},
    {.id = "MX-ID",
     .law = kProvisions,
     .confidence = "S+",
     .source = kMilenio,
     .valid_from = kFromMx,
     .differs = "who writes must be said in the first contact only"},
    {"MX-THIRD", kProvisions, "S+", kIdc, kFromMx},
    {"MX-MINOR", kProvisions, "S+", kIdc, kFromMx},
    {"MX-FORBID", kProvisions, "S+", kIdc, kFromMx},
    {.id = "MX-REGISTER",
     .law = "silent on naming a credit bureau",
     .confidence = "H",
     .differs = "not asked"},
    {.id = "MX-PREDUE", .law = "no statement", .confidence = "U"},
};

}  // namespace

constexpr Pack kMexico{
    .country = "MX",
    .version = "MX-2026.11.1",
    .review_by = {2028, 1, 31},
    .zones = kZonesMx,
    .messages = {kWeekMx, kEveryDayMx, "MX-DAYS", "MX-HOURS", "MX-DAYS", "MX-DAYS"},
    .personal = {kWeekMx, kEveryDayMx, "MX-DAYS", "MX-HOURS", "MX-DAYS", "MX-DAYS"},
    .caps = kCapsMx,
    .content = kContentMx,
    .third_party_rule = "MX-THIRD",
    .minor_rule = "MX-MINOR",
    .rules = kRulesMx,
};

}  // namespace puntual::compliance
