// Wompi (Colombia; payments contract section 1). Secrets: public_key, private_key, events_secret,
// integrity_secret.
//
// A place to pay is a payment link, which can be withdrawn. A link does not take our reference: its
// payments are found by the link. With checkout = "web" it is the web checkout, an address that the
// integrity secret seals; its payments carry the reference.
#pragma once

#include <memory>
#include <span>

#include "ports/payment_provider.h"
#include "providers/secrets.h"
#include "providers/settings.h"

namespace puntual::wompi {

[[nodiscard]] Result<std::unique_ptr<PaymentProvider>> open(
    const providers::ProviderSecrets& secrets, const providers::ProviderSettings& settings);

// Pure: what a notice says, and whether one of these secrets made its checksum.
[[nodiscard]] HeardNotice hear(const ProviderNotice& notice,
                               std::span<const std::string> events_secrets);
[[nodiscard]] std::optional<ProviderStatus> status_of(std::string_view text);

// What the web checkout asks to be sealed; `expiration` as it stands in the address, or empty.
struct SealedOrder {
  std::string_view reference, amount_in_cents, currency, expiration;
};
[[nodiscard]] std::string integrity_of(const SealedOrder& order, std::string_view integrity_secret);

}  // namespace puntual::wompi
