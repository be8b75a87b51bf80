// What a payment at a provider has come to, in one vocabulary for all of them, and which news may
// follow which (payments contract, section 12).
//
//   Created → Pending → Paid | Failed | Expired | Cancelled
//   Paid → PartiallyRefunded → Refunded · Paid → Voided · Paid → Disputed → Paid (won) | Chargeback
//   (lost) Expired, Cancelled → Paid: the money came late, and is money. Refunded →
//   PartiallyRefunded → Paid: a refund that it took has failed, and less has gone back than it said
//   before.
//
// News that may not follow is kept and changes nothing. Pure; thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace puntual {

enum class ProviderStatus : uint8_t {
  Created,
  Pending,
  Paid,
  Failed,
  Expired,
  Cancelled,
  Voided,
  PartiallyRefunded,
  Refunded,
  Disputed,
  Chargeback
};
[[nodiscard]] std::string_view text_of(ProviderStatus status);  // "PARTIALLY_REFUNDED"
[[nodiscard]] std::optional<ProviderStatus> provider_status_of(std::string_view text);

namespace payments {

// What it is after the news: `now` itself when that may not follow, or says the same. Has less of
// it gone back than was said before?
[[nodiscard]] ProviderStatus after(ProviderStatus now, ProviderStatus news,
                                   bool has_come_back = false);
// The money is with the creditor (a dispute holds it, and does not take it yet).
[[nodiscard]] bool is_money(ProviderStatus status);
// Nothing more can be expected of it but a refund or a dispute.
[[nodiscard]] bool is_final(ProviderStatus status);

}  // namespace payments
}  // namespace puntual
