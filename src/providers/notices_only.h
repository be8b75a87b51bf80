// A provider whose notices we understand, and whom we cannot ask for anything: no place to pay is
// made there, nothing is looked up and so nothing booked. Its notices are for `puntual payments
// verify`.
#pragma once

#include <functional>
#include <memory>

#include "ports/payment_provider.h"

namespace puntual::providers {

[[nodiscard]] std::unique_ptr<PaymentProvider> notices_only(
    std::string_view name, std::string_view title,
    std::function<HeardNotice(const ProviderNotice&)> hear);

}  // namespace puntual::providers
