// Chile: Ley 19.496, art. 37 (with Ley 21.320). Explained in docs/countries/cl.md; checked
// 2026-11-21.
#include "core/compliance/country_rules.h"

namespace puntual::compliance {
namespace {

constexpr std::string_view kZonesCl[] = {"America/Santiago", "America/Coyhaique",
                                         "America/Punta_Arenas", "Pacific/Easter"};
constexpr Week kWeekCl = working_days(hours(8, 20), hours(8, 20));

// Messages and calls have counters of their own.
constexpr Cap kCapsCl[] = {{2, 7, kMessages, Reason::WeeklyCap, "CL-MSG"},
                           {1, 7, kPersonal, Reason::WeeklyCap, "CL-VOICE"}};

constexpr ContentRule kContentCl[] = {
    {Reason::ContentThreat, ContentScope::Always, "CL-FORBID"},
    {Reason::ContentCourt, ContentScope::Always, "CL-FORBID"},
    {Reason::ContentCreditRegister, ContentScope::Always, "CL-FORBID"},
    {Reason::ContentAdvertising, ContentScope::Always, "H-ADS", true},
    {Reason::ContentThirdPartyData, ContentScope::Always, "CL-PRIVATE"},
    {Reason::ContentUnagreedCharge, ContentScope::Always, "CL-FEES"},
    {Reason::ContentMissingIdentity, ContentScope::LiteralFirst, "CL-INFO"},
    {Reason::ContentMissingStatement, ContentScope::LiteralFirst, "CL-INFO-NEG"},
    {Reason::ContentMissingOptOut, ContentScope::FirstAction, "H-OPTOUT", true},
};

constexpr std::string_view kLey19496 = "https://www.bcn.cl/leychile/navegar?idNorma=61438";
constexpr std::string_view kArt37 = "Ley 19.496, art. 37";

constexpr Rule kRulesCl[] = {
    {"CL-SCOPE", "Ley 19.496, arts. 37, 39 B y 39 C", "T", kLey19496},
    {"CL-VOICE", "Ley 19.496, art. 37 (Ley 21.320)", "T", kLey19496},
    {"CL-MSG", "Ley 19.496, art. 37 (Ley 21.320)", "T", kLey19496},
    {.id = "CL-SEP",
     .law = "Ley 19.496, art. 37; Código Civil, art. 48",
     .confidence = "U",
     .source = kLey19496,
     .differs = "48 hours from one message to the next instead of two whole days between"},
    {.id = "CL-WEEK", .law = "not defined", .confidence = "U"},
    {"CL-HOURS", "Ley 19.496, art. 37; Código de Procedimiento Civil, art. 59", "T", kLey19496},
    {.id = "CL-HOURS-MSG",
     .law = kArt37,
     .confidence = "U",
     .source =
         "https://www.eguigurenyabogados.cl/cobranza-extrajudicial-de-instituciones-financieras/",
     .differs = "hours bind calls and visits alone: no window for messages"},
    {.id = "CL-PREDUE",
     .law = "SERNAC, Res. Ex. 192 de 2019",
     .confidence = "S1",
     .source = "https://www.fullcob.cl/aspectos-legales-de-la-cobranza-preventiva"},
    {.id = "CL-INFO",
     .law = kArt37,
     .confidence = "T",
     .source = kLey19496,
     .differs = "who writes must be said in the first action only"},
    {.id = "CL-INFO-NEG",
     .law = kArt37,
     .confidence = "T",
     .source = kLey19496,
     .differs = "the statement must be in the first action only"},
    {"CL-FORBID", kArt37, "T", kLey19496},
    {"CL-PRIVATE", kArt37, "T", kLey19496},
    {"CL-FEES", kArt37, "T", kLey19496},
    {"CL-STOP", kArt37, "T", kLey19496},
    {"CL-LOG", kArt37, "T", kLey19496},
    {"CL-DATA", "Ley 21.719", "S+", "https://www.bcn.cl/leychile/", {2026, 12, 1}},
};

}  // namespace

constexpr Pack kChile{
    .country = "CL",
    .version = "CL-2026.11.1",
    .review_by = {2028, 1, 31},
    .zones = kZonesCl,
    .messages = {kWeekCl, kAlwaysOpen, "CL-HOURS-MSG", "CL-HOURS-MSG", "CL-HOURS-MSG",
                 "CL-HOURS-MSG"},
    .personal = {kWeekCl, kWeekCl, {}, "CL-HOURS", "CL-HOURS", "CL-HOURS"},
    .caps = kCapsCl,
    .separation = {3, 48, kMessages, "CL-SEP"},
    .content = kContentCl,
    .third_party_rule = "CL-PRIVATE",
    .judicial_rule = "CL-STOP",
    .rules = kRulesCl,
};

}  // namespace puntual::compliance
