// Stripe's objects as its events and its answers hold them: an id or the whole thing, and our reference.
#pragma once

#include <string>
#include <string_view>

#include "base/json.h"
#include "core/payments/provider_status.h"

namespace puntual::stripe {

// The id of a member that is one ("pi_1"), or the object that it stands for; empty when absent.
[[nodiscard]] std::string id_in(const json::value& object, std::string_view key);
// What we had it carry; the payer cannot write it.
[[nodiscard]] std::string reference_in(const json::value& object);
[[nodiscard]] ProviderStatus status_of_dispute(const json::value& dispute);

}  // namespace puntual::stripe
