// Paraguay: SEDECO, Res. SDCU 764/2025, and Ley 1334/98. Both profiles are the strict one.
// Explained in docs/countries/py.md; checked 2026-11-21.
#include "core/compliance/country_rules.h"

namespace puntual::compliance {
namespace {

constexpr std::string_view kZonesPy[] = {"America/Asuncion"};

constexpr Week kWeekPy = working_days(hours(8, 18), hours(8, 12));
constexpr Hours kHoursPy{kWeekPy, kWeekPy, {}, "PY-HOURS", "PY-HOURS", "PY-HOURS"};
constexpr Cap kCapsPy[] = {house_daily("H-DAILY"),
                           {3, 7, kAllChannels, Reason::WeeklyCap, "PY-WEEKLY"}};

constexpr ContentRule kContentPy[] = {
    {Reason::ContentThreat, ContentScope::Always, "H-RESPECT"},
    {Reason::ContentCourt, ContentScope::Always, "H-RESPECT"},
    {Reason::ContentCreditRegister, ContentScope::ExceptNotice, "H-CREDIT-REGISTER"},
    {Reason::ContentAdvertising, ContentScope::Always, "H-ADS"},
    {Reason::ContentThirdPartyData, ContentScope::Always, "PY-THIRD"},
    {Reason::ContentUnagreedCharge, ContentScope::Always, "PY-CHARGES"},
    {Reason::ContentMissingIdentity, ContentScope::EveryDemand, "H-IDENTITY"},
    {Reason::ContentMissingOptOut, ContentScope::FirstAction, "H-OPTOUT"},
};

constexpr Rule kRulesPy[] = {
    {"PY-HOURS", "SEDECO, Res. SDCU 764/2025", "S+",
     "https://www.ferrere.com/es/novedades/"
     "sedeco-aprueba-guia-practica-para-la-gestion-de-cobranzas"},
    {"PY-WEEKLY", "SEDECO, Res. SDCU 764/2025", "S+",
     "https://www.ferrere.com/es/novedades/"
     "sedeco-aprueba-guia-practica-para-la-gestion-de-cobranzas"},
    {"PY-CHARGES", "SEDECO, Res. SDCU 764/2025", "S+",
     "https://www.ferrere.com/es/novedades/"
     "sedeco-aprueba-guia-practica-para-la-gestion-de-cobranzas"},
    {"PY-THIRD", "SEDECO, Res. SDCU 764/2025", "S+", "https://sedeco.gov.py/?p=2564"},
};

}  // namespace

constexpr Pack kParaguay{
    .country = "PY",
    .version = "PY-2026.11.1",
    .review_by = {2028, 1, 31},
    .zones = kZonesPy,
    .messages = kHoursPy,
    .personal = kHoursPy,
    .caps = kCapsPy,
    .content = kContentPy,
    .third_party_rule = "PY-THIRD",
    .rules = kRulesPy,
};

}  // namespace puntual::compliance
