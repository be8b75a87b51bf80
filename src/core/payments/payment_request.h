// We ask for money at a provider: one attempt, with its own reference, for what a link covers.
// Another attempt is another request, since providers refuse a reference that was used (payments
// contract 0.3). Its state is the provider's (core/payments/provider_status.h); what it was paid by
// are the provider's payments (ports/payment_provider.h).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/money.h"
#include "core/payments/pay_link.h"
#include "core/payments/provider_status.h"

namespace puntual {

using PaymentRequestId = Id<struct PaymentRequestTag>;

// What is left of the page that the provider has made for it (engine/payment_places.h).
enum class PlaceState : uint8_t {
  None,      // None was made, or none that we know of.
  Open,      // Somebody can pay there.
  Unwanted,  // What it asks for is not wanted any more: it is being taken away.
  Withdrawn,
  Stays,  // The provider takes none away: it ends by its expiry, and money that comes there late is
          // money.
};
[[nodiscard]] std::string_view text_of(PlaceState place);  // "open"
[[nodiscard]] std::optional<PlaceState> place_state_of(std::string_view text);

struct PaymentRequest {
  PaymentRequestId id;
  CreditorId creditor_id;
  DebtorId debtor_id;
  PayLinkId link_id;
  PayAbout about;
  std::string provider;     // "wompi"
  std::string method = {};  // The payer's choice there, as the provider calls it; empty: it is made
                            // on the provider's page.
  std::string reference;    // reference_of(id)
  Money amount;
  ProviderStatus state = ProviderStatus::Created;
  std::string
      provider_link_id;  // As the provider calls what we made; empty while it has not answered.
  std::string url;       // Where it is paid.
  std::vector<std::pair<std::string, std::string>> form =
      {};  // To be posted there; empty: the address is simply opened.
  Instant created_at;
  Instant expires_at;
  std::optional<Instant>
      next_check_at;  // When it is read again at the provider; none: it has ended.
  int32_t checks = 0;
  std::string trouble = {};  // Why it could not be made or read, the last time.
  PlaceState place = PlaceState::None;
  std::optional<Instant> place_at =
      {};  // Open: its expiry; unwanted: when it is withdrawn, again; else none.
  int32_t place_tries = 0;
};

namespace payments {

// "PT-" and thirteen letters and digits (Crockford's base 32): fits every provider's rule for
// references.
[[nodiscard]] std::string reference_of(PaymentRequestId id);
// None when it is none of ours. Any case; a provider's additions before or behind are not taken
// off.
[[nodiscard]] std::optional<PaymentRequestId> request_id_of(std::string_view reference);

// When it is read again after `now`, whatever was told: soon at first, then daily, weekly once it
// has come to something; none: thirty days after its expiry nothing is expected any more. Payments
// at a counter take days, and notices are lost.
[[nodiscard]] std::optional<Instant> next_check(const PaymentRequest& request, Instant now);

}  // namespace payments
}  // namespace puntual
