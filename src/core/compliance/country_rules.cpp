#include "core/compliance/country_rules.h"

namespace puntual::compliance {
namespace {

// One line a country.
constexpr const Pack* kPacks[] = {
    &kColombia,          &kPeru,     &kMexico,     &kChile,     &kArgentina, &kBrazil, &kEcuador,
    &kDominicanRepublic, &kParaguay, &kElSalvador, &kGuatemala, &kCostaRica, &kPanama, &kBolivia,
    &kUruguay,           &kSpain,
};

constexpr Rule kHouseRules[] = {
    {.id = "H-PACK",
     .law = "no pack, no calendar or an old pack is no permission",
     .confidence = "H"},
    {.id = "H-THIRD", .law = "nobody but debtor, co-debtor and guarantor", .confidence = "H"},
    {.id = "H-CLOSED",
     .law = "nothing is asked for a debt that is paid, or of the dead",
     .confidence = "H"},
    {.id = "H-DISPUTE", .law = "nothing is asked for while a dispute is open", .confidence = "H"},
    {.id = "H-JUDICIAL", .law = "in court the lawyers speak", .confidence = "H"},
    {.id = "H-STOP", .law = "a stop counts at once", .confidence = "H"},
    {.id = "H-CONSENT", .law = "WhatsApp only where it was agreed to", .confidence = "H"},
    {.id = "H-WISH", .law = "the consumer's wish narrows the window", .confidence = "H"},
    {.id = "H-DAILY", .law = "one message a day where the law has no number", .confidence = "H"},
    {.id = "H-WEEKLY",
     .law = "three messages in seven days where the law has no number",
     .confidence = "H"},
    {.id = "H-HOURS",
     .law = "Monday to Friday, [09:00,18:00), where the law has no hours",
     .confidence = "H"},
    {.id = "H-EXEMPT",
     .law = "answers, receipts and asked-for authentication are no collection",
     .confidence = "H"},
    {.id = "H-TTL", .law = "what cannot arrive inside the window is not sent", .confidence = "H"},
    {.id = "H-RESPECT", .law = "no threats, no papers that look judicial", .confidence = "H"},
    {.id = "H-CREDIT-REGISTER",
     .law = "no credit register outside of its own notice",
     .confidence = "H"},
    {.id = "H-ADS", .law = "no offers in a reminder", .confidence = "H"},
    {.id = "H-CHARGES", .law = "no fee, surcharge or penalty that was not agreed", .confidence = "H"},
    {.id = "H-IDENTITY", .law = "who writes, and for whom", .confidence = "H"},
    {.id = "H-OPTOUT", .law = "the first message says how to stop", .confidence = "H"},
};

}  // namespace

std::span<const Pack* const> all_packs() { return kPacks; }
std::span<const Rule> house_rules() { return kHouseRules; }

}  // namespace puntual::compliance
