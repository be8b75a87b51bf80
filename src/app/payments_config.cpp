#include "app/payments_config.h"

#include <algorithm>

#include "base/suggest.h"
#include "providers/http_call.h"
#include "providers/registry.h"

namespace puntual {
namespace {

ProviderConfig read_provider(TomlTable table, std::string name,
                             const std::function<void(std::string&)>& anchor_path) {
  using providers::ProviderEnvironment;
  ProviderConfig provider{.name = std::move(name),
                          .secrets_file = table.text("secrets_file"),
                          .environment = {},
                          .base_url = table.text("base_url")};
  if (table.has("environment")) {
    static constexpr std::string_view kEnvironments[] = {"live", "test"};
    provider.environment = table.choice("environment", kEnvironments) == "test"
                               ? ProviderEnvironment::Test
                               : ProviderEnvironment::Live;
  }
  if (provider.secrets_file.empty()) {
    table.problem("secrets_file", fmt::format("payments.{0}.secrets_file is missing: the file with "
                                              "its keys, as secrets_file = \"{0}.toml\"",
                                              provider.name));
  }
  if (!provider.base_url.empty()) {
    if (const auto usable = providers::check_base_url(provider.base_url); !usable)
      table.problem("base_url", usable.error().message);
  }
  anchor_path(provider.secrets_file);
  return provider;
}

// Of an account: what its table says, else that of the house.
Currency own_currency(TomlTable& table, std::string_view home) {
  if (!table.has("currency")) return Currency::parse(home).value_or(Currency());
  const auto currency = Currency::parse(table.text("currency"));
  if (!currency) table.problem("currency", currency.error().message);
  return currency.value_or(Currency());
}

}  // namespace

PaymentsConfig read_payments(TomlTable table, std::string_view home,
                             const std::function<void(std::string&)>& anchor_path) {
  PaymentsConfig config{.public_url = table.text("public_url"),
                        .providers = {},
                        .transfer = {},
                        .link_days = static_cast<int32_t>(table.integer("link_days", 90, {1, 366})),
                        .asks_document = table.flag("ask_document", true),
                        .allows_part = table.flag("partial", false),
                        .part_minor_min = table.integer("partial_minor_min", 0, {0, INT64_MAX})};
  while (config.public_url.ends_with('/')) config.public_url.pop_back();
  if (!config.public_url.empty()) {
    if (const auto usable = providers::check_base_url(config.public_url); !usable)
      table.problem("public_url", usable.error().message);
  }
  const auto known = providers::names();
  for (auto& name : table.texts("providers")) {
    if (std::ranges::find(known, name) == known.end()) {
      const auto near = closest_word(name, known);
      table.problem(
          "providers",
          fmt::format("'payments.providers': '{}' is no payment provider{} (known: {})", name,
                      near.empty() ? std::string() : fmt::format(": did you mean '{}'?", near),
                      fmt::join(known, ", ")));
      continue;
    }
    if (std::ranges::find(config.providers, name, &ProviderConfig::name) !=
        config.providers.end()) {
      table.problem("providers",
                    fmt::format("'payments.providers': '{}' stands there twice", name));
      continue;
    }
    TomlTable own = table.table(name);
    config.providers.push_back(read_provider(own, name, anchor_path));
    config.providers.back().currency = own_currency(own, home);
  }
  TomlTable transfer = table.table("transfer");
  config.transfer = {.bank = transfer.text("bank"),
                     .account_kind = transfer.text("account_kind"),
                     .account = transfer.text("account"),
                     .holder = transfer.text("holder"),
                     .document = transfer.text("document"),
                     .currency = own_currency(transfer, home)};
  if (!config.transfer.bank.empty() &&
      (config.transfer.account.empty() || config.transfer.holder.empty())) {
    transfer.problem("bank", "a transfer needs account and holder as well: people copy them");
  }
  return config;
}

}  // namespace puntual
