// Izipay (Peru; payments contract 6.2), its notices alone. Secrets: password (the REST password,
// "testpassword_…" or "prodpassword_…", which is also what the server's notices are signed with).
//
// A notice is a form. What is signed is the text of its kr-answer, as it stands there. The browser
// comes back with the same form signed by another key, which every payer sees: only
// kr-hash-key=password counts here.
#pragma once

#include <memory>
#include <span>

#include "ports/payment_provider.h"
#include "providers/secrets.h"
#include "providers/settings.h"

namespace puntual::izipay {

[[nodiscard]] Result<std::unique_ptr<PaymentProvider>> open(
    const providers::ProviderSecrets& secrets, const providers::ProviderSettings& settings);

// Pure: what a notice says, and whether one of these passwords signed it. A password says whether
// it is for tests: a payment of the other mode is not believed.
[[nodiscard]] HeardNotice hear(const ProviderNotice& notice,
                               std::span<const std::string> passwords);

}  // namespace puntual::izipay
