// Bold (Colombia; payments contract section 4). Secrets: identity_key (calls), secret_key
// (signatures); merchant_id when payments of another account are to be noticed; expiration_unit =
// "ms" should Bold ask for milliseconds after all.
//
// A place to pay is a link, which keeps our reference and cannot be withdrawn: it ends by its
// expiry. In tests Bold signs with the empty key, and sends no notices but those of its panel's
// button.
#pragma once

#include <memory>
#include <span>

#include "ports/payment_provider.h"
#include "providers/secrets.h"
#include "providers/settings.h"

namespace puntual {
class JsonRef;
}

namespace puntual::bold {

[[nodiscard]] Result<std::unique_ptr<PaymentProvider>> open(
    const providers::ProviderSecrets& secrets, const providers::ProviderSettings& settings);

// Pure: what a notice says, and whether one of these keys signed it. An empty key counts only with
// `takes_empty_key`.
[[nodiscard]] HeardNotice hear(const ProviderNotice& notice,
                               std::span<const std::string> secret_keys, bool takes_empty_key);
// What one event says; the list of notices that Bold keeps holds the same ones.
[[nodiscard]] HeardNotice read_event(const JsonRef& event);

}  // namespace puntual::bold
