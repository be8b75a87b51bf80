// Treli (billing above other gateways; payments contract section 11), its notices alone. Secrets:
// api_key, which signs the older notices; endpoint_secret, which signs the newer ones.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "ports/payment_provider.h"
#include "providers/secrets.h"
#include "providers/settings.h"

namespace puntual::treli {

[[nodiscard]] Result<std::unique_ptr<PaymentProvider>> open(
    const providers::ProviderSecrets& secrets, const providers::ProviderSettings& settings);

struct Keys {
  std::vector<std::string> api_keys, endpoint_secrets;
};
// Pure: what a notice says, and whether one of these keys signed it. What the newer signature
// covers is presumed ("time.body"), as Treli does not say: one that does not fit is refused.
[[nodiscard]] HeardNotice hear(const ProviderNotice& notice, const Keys& keys);

}  // namespace puntual::treli
