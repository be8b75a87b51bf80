// [payments]: where the payer's page is reached, through whom people pay, and the account for
// transfers.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/toml.h"
#include "core/payments/transfer_account.h"
#include "providers/settings.h"

namespace puntual {

struct ProviderConfig {
  std::string name;          // "wompi"
  std::string secrets_file;  // Its keys; read by who runs it.
  std::optional<providers::ProviderEnvironment>
      environment;       // None: what its keys show, if they do.
  std::string base_url;  // Of a simulator; empty: the provider's own.
  Currency currency;     // Of the account there, where it has one alone; the house's if not said.
};

struct PaymentsConfig {
  std::string public_url;  // How this house is reached from outside, without a stroke at its end;
                           // empty: not at all.
  std::vector<ProviderConfig> providers;  // In the order in which they are offered.
  TransferAccount transfer;
  int32_t link_days = 90;     // How long a link to the payer's page is good,
  bool asks_document = true;  // whether it asks for the end of a document before it shows invoices,
  bool allows_part = false;   // and whether less than all may be paid there:
  int64_t part_minor_min = 0;  // at least this.
  [[nodiscard]] std::string notice_url(std::string_view provider) const {
    return public_url.empty() ? std::string()
                              : public_url + "/webhooks/payments/" + std::string(provider);
  }
};

// Mistakes are the table's problems.
[[nodiscard]] PaymentsConfig read_payments(TomlTable table, std::string_view home_currency,
                                           const std::function<void(std::string&)>& anchor_path);

}  // namespace puntual
