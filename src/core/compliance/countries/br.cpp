// Brazil: Código de Defesa do Consumidor, art. 42. Hours are of the states; here is what all of
// them allow. Both profiles are the strict one. Explained in docs/countries/br.md; checked
// 2026-11-21.
#include "core/compliance/country_rules.h"

namespace puntual::compliance {
namespace {

constexpr std::string_view kZonesBr[] = {
    "America/Sao_Paulo", "America/Bahia",      "America/Fortaleza",    "America/Recife",
    "America/Belem",     "America/Maceio",     "America/Araguaina",    "America/Santarem",
    "America/Manaus",    "America/Cuiaba",     "America/Campo_Grande", "America/Porto_Velho",
    "America/Boa_Vista", "America/Rio_Branco", "America/Eirunepe",     "America/Noronha",
};

constexpr Week kWeekBr = working_days(hours(9, 19));
constexpr Hours kHoursBr{kWeekBr, kWeekBr, {}, "BR-DEFAULT", "BR-DEFAULT", "BR-DEFAULT"};
constexpr Cap kCapsBr[] = {house_daily("H-DAILY"), house_weekly("H-WEEKLY")};

constexpr Rule kRulesBr[] = {
    {"BR-42", "CDC, arts. 42 e 71", "S+",
     "https://cdludi.org.br/quais-os-horarios-corretos-para-proceder-com-cobranca-ao-consumidor/"},
    {"BR-HOURS-STATE", "SP 15.426/14, AL 7.782/16, RJ 7.868/18, ES 10.626/17, AM 306/16", "S1",
     "https://efic.com.br/?p=368"},
    {.id = "BR-DEFAULT", .law = "what all the state laws allow", .confidence = "H"},
    {"BR-THIRD", "CDC, art. 42; LGPD", "S+",
     "https://cdludi.org.br/quais-os-horarios-corretos-para-proceder-com-cobranca-ao-consumidor/"},
};

}  // namespace

constexpr Pack kBrazil{
    .country = "BR",
    .version = "BR-2026.11.1",
    .review_by = {2028, 1, 31},
    .zones = kZonesBr,
    .messages = kHoursBr,
    .personal = kHoursBr,
    .caps = kCapsBr,
    .content = kHouseContent,
    .third_party_rule = "BR-THIRD",
    .rules = kRulesBr,
};

}  // namespace puntual::compliance
