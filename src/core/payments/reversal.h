// Money that was booked and is gone again, or was booked wrongly (payments contract 13.6).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/payments/payment.h"

namespace puntual {

using ReversalId = Id<struct ReversalTag>;

enum class ReversalKind : uint8_t {
  Void,        // Cancelled by the seller the same day.
  Refund,      // Given back, whole or in part.
  Chargeback,  // Taken back through the payer's bank; also Colombia's reversión del pago and PIX's
               // MED.
  Returned,    // A debit or cheque that was not honoured.
  Correction,  // Booked wrongly: it never came.
  Reinstated,  // The money is back, or never went: a chargeback won, a refund that failed, a
               // reversal written by mistake.
  Reassigned,  // A person says that it pays something else: nothing has left the house.
};
[[nodiscard]] std::string_view text_of(ReversalKind kind);  // "chargeback"
[[nodiscard]] std::string_view name_es(ReversalKind kind);  // "contracargo"
[[nodiscard]] std::optional<ReversalKind> reversal_kind_of(std::string_view text);
// Is less of the payment in the house after it?
[[nodiscard]] constexpr bool takes_away(ReversalKind kind) {
  return kind != ReversalKind::Reinstated && kind != ReversalKind::Reassigned;
}

struct Reversal {
  ReversalId id;
  CreditorId creditor_id;
  PaymentId payment_id;
  DebtorId debtor_id;
  ReversalKind kind = ReversalKind::Refund;
  int64_t amount_minor = 0;  // > 0
  std::string source_id;     // Its identity where it was told.
  Instant at;
  std::string told_by, why;
};

}  // namespace puntual
