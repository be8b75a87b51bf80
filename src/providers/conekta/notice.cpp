#include <algorithm>

#include "base/crypto.h"
#include "base/foreign_crypto.h"
#include "base/json_text.h"
#include "providers/amount.h"
#include "providers/conekta/conekta.h"
#include "providers/notices_only.h"
#include "providers/signature.h"

namespace puntual::conekta {
namespace {

std::string trouble_with_signature(const ProviderNotice& notice,
                                   std::span<const std::string> public_keys) {
  const std::string_view told = providers::header_of(notice, "DIGEST");
  if (told.empty()) return "no header DIGEST";
  const auto signature = bytes_of_base64(told);
  if (!signature) return "DIGEST is no Base64";
  if (public_keys.empty()) return "no public_key is set";
  const bool is_theirs = providers::any_fits(public_keys, [&](const std::string& key) {
    return verify_rsa_sha256(key, notice.body, *signature);
  });
  return is_theirs ? std::string() : "DIGEST does not fit the body and our public_key";
}

std::optional<ProviderStatus> status_of(std::string_view type, std::string_view payment_status) {
  using enum ProviderStatus;
  static constexpr std::pair<std::string_view, ProviderStatus> kByType[] = {
      {"charge.chargeback.created", Disputed},
      {"charge.chargeback.updated", Disputed},
      {"charge.chargeback.under_review", Disputed},
      {"charge.chargeback.won", Paid},
      {"charge.chargeback.lost", Chargeback},
      {"charge.paid", Paid},
      {"charge.refunded", Refunded},
      {"order.canceled", Cancelled}};
  static constexpr std::pair<std::string_view, ProviderStatus> kByStatus[] = {
      {"paid", Paid},
      {"pending_payment", Pending},
      {"expired", Expired},
      {"refunded", Refunded},
      {"partially_refunded", PartiallyRefunded},
      {"declined", Failed},
      {"canceled", Cancelled},
      {"charged_back", Chargeback}};
  const auto* const told =
      std::ranges::find(kByType, type, [](const auto& one) { return one.first; });
  if (told != std::end(kByType)) return told->second;
  if (type.starts_with("order.") && payment_status.empty())
    payment_status = type.substr(6);  // "order.paid"
  const auto* const known =
      std::ranges::find(kByStatus, payment_status, [](const auto& one) { return one.first; });
  return known == std::end(kByStatus) ? std::nullopt : std::optional(known->second);
}

// An order is the payment; a charge belongs to one.
void read_event(const JsonRef& event, HeardNotice& heard) {
  const JsonRef object = event["data"]["object"];
  const std::string type = event["type"].text();
  heard.event_key = event["id"].text();
  if (!type.starts_with("order.") && !type.starts_with("charge.")) return;
  heard.provider_payment_id = object["order_id"].text();
  if (heard.provider_payment_id.empty()) heard.provider_payment_id = object["id"].text();
  for (const std::string_view name : {"reference", "invoice"}) {
    if (auto reference = object["metadata"][name].text(); !reference.empty() && !heard.reference)
      heard.reference = std::move(reference);
  }
  heard.amount = providers::money_of_hundredths(object["amount"], object["currency"].text());
  heard.status = status_of(type, object["payment_status"].text());
}

}  // namespace

HeardNotice hear(const ProviderNotice& notice, std::span<const std::string> public_keys) {
  HeardNotice heard{.must_reread = false};
  const auto document = JsonDocument::read(notice.body);
  read_event(document ? document->root() : JsonRef(), heard);
  if (heard.event_key.empty()) heard.event_key = providers::key_of_body(notice);
  providers::judge(heard, trouble_with_signature(notice, public_keys));
  return heard;
}

Result<std::unique_ptr<PaymentProvider>> open(const providers::ProviderSecrets& secrets,
                                              const providers::ProviderSettings&) {
  return providers::notices_only(
      "conekta", "Conekta",
      [keys = secrets.all({"public_key", "webhook_public_key", "webhook_key"})](
          const ProviderNotice& notice) { return hear(notice, keys); });
}

}  // namespace puntual::conekta
