// Colombia: Ley 2300 de 2023 ("dejen de fregar"). Explained in docs/countries/co.md; checked
// 2026-11-21.
#include "core/compliance/country_rules.h"

namespace puntual::compliance {
namespace {

constexpr std::string_view kZonesCo[] = {"America/Bogota"};

constexpr Week kWeekCo = working_days(hours(7, 19), hours(8, 15));

// One contact a day over all channels; what a week may hold on one channel is disputed and not
// capped.
constexpr Cap kCapsCo[] = {{1, 1, kAllChannels, Reason::DailyCap, "CO-DAILY"}};

constexpr LiteralFree kLiteralFreeCo[] = {{Purpose::PreDue, "CO-PREDUE"},
                                          {Purpose::BureauNotice, "CO-BUREAU-NOTICE"}};

constexpr ContentRule kContentCo[] = {
    {Reason::ContentThreat, ContentScope::Always, "CO-FORBID"},
    {Reason::ContentCourt, ContentScope::Always, "CO-FORBID"},
    {Reason::ContentCreditRegister, ContentScope::ExceptNotice, "CO-BUREAU-THREAT"},
    {Reason::ContentAdvertising, ContentScope::Always, "CO-ADS"},
    {Reason::ContentThirdPartyData, ContentScope::Always, "CO-THIRD"},
    {Reason::ContentReasonQuestion, ContentScope::Always, "CO-REASON"},
    {Reason::ContentUnagreedCharge, ContentScope::Always, "CO-FORBID"},
    {Reason::ContentMissingIdentity, ContentScope::EveryDemand, "CO-ID", true},
    {Reason::ContentMissingOptOut, ContentScope::FirstAction, "CO-ID", true},
};

constexpr std::string_view kLey2300 =
    "https://www.funcionpublica.gov.co/eva/gestornormativo/norma.php?i=213990";
constexpr std::string_view kSfc = "https://www.superfinanciera.gov.co/publicaciones/10114281/";
constexpr std::string_view kLey1266 =
    "https://www.suin-juriscol.gov.co/viewDocument.asp?id=1676616";
constexpr YearMonthDay kFromCo{2023, 10, 10};

constexpr Rule kRulesCo[] = {
    {"CO-SCOPE", "Ley 2300 de 2023, art. 1", "T", kLey2300, kFromCo},
    {"CO-CHANNEL", "Ley 2300 de 2023, art. 2", "T*", kLey2300, kFromCo},
    {"CO-HOURS-WD", "Ley 2300 de 2023, art. 3", "T*", kLey2300, kFromCo},
    {"CO-HOURS-SAT", "Ley 2300 de 2023, art. 3", "T*", kLey2300, kFromCo},
    {"CO-HOURS-SUN", "Ley 2300 de 2023, art. 3; Ley 51 de 1983; Ley 2578 de 2026, art. 6", "T*",
     kLey2300, kFromCo},
    {"CO-HOURS-CHANGE", "Ley 2300 de 2023, art. 3, par.", "T*", kLey2300, kFromCo},
    {.id = "CO-HOURS-CHANGE-SUN",
     .law = "Ley 2300 de 2023, art. 3, par.",
     .confidence = "U",
     .source = "https://www.lonja.org.co/",
     .valid_from = kFromCo,
     .differs = "a valid wish opens Sundays and holidays of the weekdays it names, without naming "
                "them as such"},
    {"CO-DAILY", "Ley 2300 de 2023, art. 3", "T*", kSfc, kFromCo},
    {"CO-WEEK-CHANNEL", "Ley 2300 de 2023, art. 3", "T*", kSfc, kFromCo},
    {.id = "CO-WEEK-DEF",
     .law = "not defined",
     .confidence = "U",
     .valid_from = kFromCo,
     .differs = "the week of the channel lock runs from Monday to Sunday instead of seven dates"},
    {.id = "CO-COUNT",
     .law = "interpretations of the SFC, 2023 and 2024",
     .confidence = "U",
     .source = "https://colcob.com/contacto-directo-deberia-entenderse-contacto-doble-via/",
     .valid_from = kFromCo,
     .differs = "replies do not count as that day's direct contact"},
    {.id = "CO-PREDUE",
     .law = "no statement of SIC or SFC",
     .confidence = "U",
     .source =
         "https://www.insolvencia.co/horarios-autorizados-para-realizar-cobranza-prejuridica/",
     .valid_from = kFromCo,
     .differs = "a reminder before the due date is a service notice, free of art. 3"},
    {.id = "CO-BUREAU-NOTICE",
     .law = "Ley 1266 de 2008, art. 12",
     .confidence = "T",
     .source = kLey1266,
     .differs = "the notice before a report is a legal notice, free of art. 3 of Ley 2300"},
    {"CO-EXC-INFO", "Ley 2300 de 2023, art. 8; SFC, concepto 2023080946-002", "T*", kSfc, kFromCo},
    {"CO-EXC-PAY", "Ley 2300 de 2023, art. 8", "S+", kSfc, kFromCo},
    {"CO-THIRD", "Ley 2300 de 2023, art. 4", "T*", kLey2300, kFromCo},
    {"CO-REASON", "Ley 2300 de 2023, art. 7", "T*", kLey2300, kFromCo},
    {"CO-ADS", "Ley 2300 de 2023, art. 5", "S+", kLey2300, kFromCo},
    {"CO-BUREAU-THREAT", "Ley 1266 de 2008; Ley 1480 de 2011", "S1", kLey1266},
    {.id = "CO-ID", .law = "no closed list in Ley 2300", .confidence = "H", .differs = "not asked"},
    {"CO-FORBID", "Ley 2300 de 2023, arts. 3, 4 y 7; Ley 1480 de 2011", "T*", kLey2300, kFromCo},
};

}  // namespace

constexpr Pack kColombia{
    .country = "CO",
    .version = "CO-2026.11.1",
    .review_by = {2028, 1, 31},
    .zones = kZonesCo,
    .messages = {kWeekCo, kWeekCo, {}, "CO-HOURS-WD", "CO-HOURS-SAT", "CO-HOURS-SUN"},
    .personal = {kWeekCo, kWeekCo, {}, "CO-HOURS-WD", "CO-HOURS-SAT", "CO-HOURS-SUN"},
    .caps = kCapsCo,
    .lock = {7, "CO-WEEK-CHANNEL", "CO-WEEK-DEF"},
    .literal_free = kLiteralFreeCo,
    .content = kContentCo,
    .consent_channels = kAllChannels,
    .consent_rule = "CO-CHANNEL",
    .third_party_rule = "CO-THIRD",
    .reply_rule = "CO-EXC-INFO",
    .payment_rule = "CO-EXC-PAY",
    .replies_count_rule = "CO-COUNT",
    .wish_replaces_rule = "CO-HOURS-CHANGE",
    .wish_closed_days_rule = "CO-HOURS-CHANGE-SUN",
    .rules = kRulesCo,
};

}  // namespace puntual::compliance
