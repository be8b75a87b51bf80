// The payment providers of [payments], opened with the keys of their files.
#pragma once

#include <atomic>

#include "app/clock.h"
#include "app/pay_job.h"
#include "app/payments_config.h"

namespace puntual::cli {

// Forbidden when a file of keys can be read by everybody. The clock, and `stopping` (it ends calls
// that are under way), must outlive them; `patience_ms`: for one call.
[[nodiscard]] Result<Providers> open_providers(const PaymentsConfig& config, const Clock& clock,
                                               const std::atomic<bool>* stopping = nullptr,
                                               int64_t patience_ms = 10'000);

}  // namespace puntual::cli
