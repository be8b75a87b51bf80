// What came to the door of a payment provider's webhooks, before anything is read.
#pragma once

#include "http/message.h"
#include "ports/payment_provider.h"

namespace puntual {

[[nodiscard]] ProviderNotice notice_of_request(http::Request&& request, Instant now);

}  // namespace puntual
