#include "core/conversation/intent.h"

#include <algorithm>

namespace puntual {
namespace {

constexpr std::array<std::string_view, kIntents> kIntentNames = {
    "paid",         "promise",      "cannot_pay", "wants_plan",   "wants_to_pay",
    "asks_balance", "asks_invoice", "dispute",    "wrong_number", "third_party",
    "deceased",     "stop",         "complaint",  "insult",       "wants_person",
    "yes",          "no",           "thanks",     "greeting",     "other"};

}  // namespace

std::string_view text_of(Intent intent) { return kIntentNames[static_cast<size_t>(intent)]; }

std::optional<Intent> intent_of(std::string_view text) {
  const auto found = std::ranges::find(kIntentNames, text);
  return found == kIntentNames.end()
             ? std::nullopt
             : std::optional(static_cast<Intent>(found - kIntentNames.begin()));
}

}  // namespace puntual
