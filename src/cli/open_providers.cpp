#include "cli/open_providers.h"

#include "cli/command.h"
#include "providers/registry.h"

namespace puntual::cli {

Result<Providers> open_providers(const PaymentsConfig& config, const Clock& clock, const std::atomic<bool>* stopping) {
  Providers opened;
  for (const auto& one : config.providers) {
    ASSIGN_OR_RETURN(const std::string toml, read_private_file(one.secrets_file));
    ASSIGN_OR_RETURN(const auto secrets, providers::ProviderSecrets::read(toml, one.name, one.secrets_file));
    ASSIGN_OR_RETURN(opened[one.name], providers::open(one.name, secrets, {.environment = one.environment.value_or(providers::environment_of(secrets)), .base_url = one.base_url,
                                                                          .now = [&clock] { return clock.now(); }, .stopping = stopping}));
  }
  return opened;
}

}  // namespace puntual::cli
