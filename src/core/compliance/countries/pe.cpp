// Peru: Código de Protección y Defensa del Consumidor (Ley 29571), arts. 61 and 62. Explained in
// docs/countries/pe.md; checked 2026-11-21.
#include "core/compliance/country_rules.h"

namespace puntual::compliance {
namespace {

constexpr std::string_view kZonesPe[] = {"America/Lima"};
constexpr Week kWeekPe = working_days(hours(7, 20));
constexpr Cap kCapsPe[] = {house_daily("PE-FREQ"), house_weekly("PE-FREQ")};

constexpr ContentRule kContentPe[] = {
    {Reason::ContentThreat, ContentScope::Always, "PE-PRINCIPLE"},
    {Reason::ContentCourt, ContentScope::Always, "PE-COURT"},
    {Reason::ContentCreditRegister, ContentScope::ExceptNotice, "PE-REGISTER", true},
    {Reason::ContentAdvertising, ContentScope::Always, "PE-SPAM"},
    {Reason::ContentThirdPartyData, ContentScope::Always, "PE-THIRD"},
    {Reason::ContentUnagreedCharge, ContentScope::Always, "H-CHARGES", true},
    {Reason::ContentMissingIdentity, ContentScope::EveryDemand, "PE-ID", true},
    {Reason::ContentMissingOptOut, ContentScope::FirstAction, "H-OPTOUT", true},
};

constexpr std::string_view kCodePe =
    "https://lpderecho.pe/codigo-de-proteccion-y-defensa-del-consumidor-ley-29571/";

constexpr Rule kRulesPe[] = {
    {"PE-SCOPE", "Ley 29571, arts. III, IV, 61 y 62", "T", kCodePe},
    {"PE-PRINCIPLE", "Ley 29571, art. 61", "T", kCodePe},
    {"PE-HOURS", "Ley 29571, art. 62 b", "T", kCodePe},
    {.id = "PE-HOURS-MSG",
     .law = "Ley 29571, art. 62, closing clause",
     .confidence = "U",
     .source = kCodePe,
     .differs = "hours bind visits and calls alone: no window for messages"},
    {.id = "PE-FREQ", .law = "no cap in arts. 61 and 62", .confidence = "H", .source = kCodePe},
    {.id = "PE-PREDUE",
     .law = "not regulated",
     .confidence = "U",
     .source = "https://panamericana.pe/politica/"
               "455219-aspec-alerta-dictamen-congreso-legitimaria-acoso-telefonico-llamadas-spam"},
    {"PE-THIRD", "Ley 29571, art. 62 f", "T", kCodePe},
    {"PE-COURT", "Ley 29571, art. 62 a", "T", kCodePe},
    {"PE-UTIL", "Ley 29571, art. 66.3", "T", kCodePe},
    {"PE-SPAM", "Ley 29571, art. 58.1 e (Ley 32323)", "T", kCodePe, {2025, 5, 10}},
    {.id = "PE-REGISTER",
     .law = "silent on naming a risk bureau",
     .confidence = "H",
     .differs = "not asked"},
    {.id = "PE-ID",
     .law = "no closed list",
     .confidence = "U",
     .source = kCodePe,
     .differs = "not asked"},
};

}  // namespace

constexpr Pack kPeru{
    .country = "PE",
    .version = "PE-2026.11.1",
    .review_by = {2028, 1, 31},
    .zones = kZonesPe,
    .messages = {kWeekPe, kAlwaysOpen, "PE-HOURS-MSG", "PE-HOURS-MSG", "PE-HOURS-MSG",
                 "PE-HOURS-MSG"},
    .personal = {kWeekPe, kWeekPe, {}, "PE-HOURS", "PE-HOURS", "PE-HOURS"},
    .caps = kCapsPe,
    .content = kContentPe,
    .third_party_rule = "PE-THIRD",
    .dispute_rule = "PE-UTIL",
    .rules = kRulesPe,
};

}  // namespace puntual::compliance
