#include <algorithm>

#include "base/json_text.h"
#include "providers/amount.h"
#include "providers/notices_only.h"
#include "providers/openpay/openpay.h"
#include "providers/signature.h"

namespace puntual::openpay {
namespace {

std::optional<ProviderStatus> status_of(std::string_view type, std::string_view status) {
  using enum ProviderStatus;
  static constexpr std::pair<std::string_view, ProviderStatus> kKnown[] = {
      {"charge.refunded", Refunded},
      {"chargeback.created", Disputed},
      {"chargeback.accepted", Chargeback},
      {"chargeback.rejected", Paid},
      {"transaction.expired", Expired},
      {"in_progress", Pending},
      {"charge_pending", Pending},
      {"completed", Paid},
      {"failed", Failed},
      {"cancelled", Cancelled},
      {"expired", Expired},
      {"refunded", Refunded},
      {"chargeback_pending", Disputed},
      {"chargeback_accepted", Chargeback}};
  for (const std::string_view word : {type, status}) {
    const auto* const known =
        std::ranges::find(kKnown, word, [](const auto& one) { return one.first; });
    if (known != std::end(kKnown)) return known->second;
  }
  return std::nullopt;
}

}  // namespace

HeardNotice hear(const ProviderNotice& notice, std::string_view user,
                 std::span<const std::string> passwords) {
  HeardNotice heard{.event_key = providers::key_of_body(notice)};
  const auto document = JsonDocument::read(notice.body);
  const JsonRef event = document ? document->root() : JsonRef(), transaction = event["transaction"];
  const std::string type = event["type"].text();
  heard.provider_payment_id = transaction["id"].text();
  if (!heard.provider_payment_id.empty())
    heard.event_key = fmt::format("{}:{}", heard.provider_payment_id, type);
  else if (type == "verification")
    heard.event_key = fmt::format("verification:{}", event["verification_code"].text());
  if (auto reference = transaction["order_id"].text(); !reference.empty())
    heard.reference = std::move(reference);
  heard.amount = providers::money_of_decimal(transaction["amount"], transaction["currency"].text());
  heard.status = status_of(type, transaction["status"].text());
  providers::judge_by_basic(heard, notice, user, passwords);
  return heard;
}

Result<std::unique_ptr<PaymentProvider>> open(const providers::ProviderSecrets& secrets,
                                              const providers::ProviderSettings&) {
  return providers::notices_only(
      "openpay", "OpenPay",
      [user = secrets.first({"webhook_user", "user"}),
       passwords = secrets.all({"webhook_password", "password"})](const ProviderNotice& notice) {
        return hear(notice, user, passwords);
      });
}

}  // namespace puntual::openpay
