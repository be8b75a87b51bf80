#include "cli/open_providers.h"

#include "cli/command.h"
#include "providers/registry.h"

namespace puntual::cli {

Result<Providers> open_providers(const PaymentsConfig& config, const Clock& clock,
                                 const std::atomic<bool>* stopping, int64_t patience_ms) {
  Providers opened;
  for (const auto& one : config.providers) {
    ASSIGN_OR_RETURN(const std::string toml, read_private_file(one.secrets_file));
    ASSIGN_OR_RETURN(const auto secrets,
                     providers::ProviderSecrets::read(toml, one.name, one.secrets_file));
    auto environment = one.environment;
    if (!environment) {
      ASSIGN_OR_RETURN(environment, providers::environment_of(one.name, secrets));
    }
    if (!environment)
      return fail(ErrorCode::Invalid,
                  "[payments.{}] environment is missing: its keys do not show whether they are "
                  "\"test\" or \"live\"",
                  one.name);
    RETURN_IF_ERROR(providers::check_secrets(one.name, secrets, *environment));
    ASSIGN_OR_RETURN(auto provider, providers::open(one.name, secrets,
                                                    {.environment = *environment,
                                                     .base_url = one.base_url,
                                                     .currency = one.currency,
                                                     .now = [&clock] { return clock.now(); },
                                                     .patience_ms = patience_ms,
                                                     .stopping = stopping}));
    const ProviderTraits& traits = provider->traits();
    // The name stands in addresses and in the books: one spelling for each.
    if (traits.name != one.name)
      return fail(ErrorCode::Invalid, "[payments] providers: write '{}' as \"{}\"", one.name,
                  traits.name);
    if (!traits.makes_places) {
      return fail(ErrorCode::Invalid,
                  "[payments] providers: of {} notices can be verified (puntual payments verify), "
                  "but nobody can be sent there to pay",
                  traits.title);
    }
    opened[one.name] = std::move(provider);
  }
  return opened;
}

}  // namespace puntual::cli
