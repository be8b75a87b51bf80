// What somebody wants who writes to us: a closed list, that of the outside interface `puntual
// understand`.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace puntual {

enum class Intent : uint8_t {
  Paid,        // Has paid already.
  Promise,     // Will pay, with or without a date.
  CannotPay,   // In difficulty.
  WantsPlan,   // Asks for terms, parts, a later date.
  WantsToPay,  // Asks how or where.
  AsksBalance,
  AsksInvoice,  // A copy, or what it is for.
  Dispute,      // The amount, the service, not theirs.
  WrongNumber,
  ThirdParty,  // Somebody else answers who knows them.
  Deceased,
  Stop,
  Complaint,
  Insult,
  WantsPerson,
  Yes,
  No,
  Thanks,
  Greeting,
  Other,
};
inline constexpr size_t kIntents = 20;
[[nodiscard]] std::string_view text_of(Intent intent);  // "wants_plan"
[[nodiscard]] std::optional<Intent> intent_of(std::string_view text);

}  // namespace puntual
