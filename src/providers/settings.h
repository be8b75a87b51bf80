// What every provider is opened with besides its secrets.
#pragma once

#include <atomic>
#include <functional>
#include <string>

#include "base/money.h"
#include "base/time.h"

namespace puntual::providers {

enum class ProviderEnvironment : uint8_t { Test, Live };

struct ProviderSettings {
  ProviderEnvironment environment = ProviderEnvironment::Live;
  std::string
      base_url;  // Empty: the provider's own for the environment. Else where a simulator is.
  Currency currency = {};  // Of the account, where the provider opens each in one: it is offered
                           // for debts in that alone. None: for all that the provider takes.
  std::function<Instant()> now = {};            // For searches by date; needed to look payments up.
  int64_t patience_ms = 10'000;                 // For one call.
  const std::atomic<bool>* stopping = nullptr;  // Ends a call that is under way.
};

}  // namespace puntual::providers
