#include "base/crypto.h"
#include "base/json_text.h"
#include "providers/amount.h"
#include "providers/khipu/khipu.h"
#include "providers/notices_only.h"
#include "providers/signature.h"

namespace puntual::khipu {
namespace {

std::string trouble_with_signature(const ProviderNotice& notice,
                                   std::span<const std::string> secrets) {
  const std::string_view header = providers::header_of(notice, "x-khipu-signature");
  if (header.empty()) return "no header x-khipu-signature";
  std::string_view time, told;
  for (const auto& [name, value] :
       providers::pairs_of(header)) {  // At the first '=': Base64 may end with more of them.
    if (name == "t") time = value;
    if (name == "s") told = value;
  }
  const auto signed_ms = providers::number_of_digits(time);
  if (!signed_ms) return "x-khipu-signature has no time t of digits";
  if (secrets.empty()) return "no secret is set";
  const std::string signed_text = fmt::format("{}.{}", time, notice.body);
  const bool is_ours = providers::any_fits(secrets, [&](const std::string& secret) {
    const Digest digest = hmac_sha256(secret, signed_text);
    return equal_constant_time(
        told, base64({reinterpret_cast<const char*>(digest.data()), digest.size()}));
  });
  if (!is_ours) return "s is not made with our secret";
  return providers::trouble_with_age({*signed_ms}, notice.received_at);
}

std::optional<ProviderStatus> status_of(std::string_view status, std::string_view detail) {
  if (detail == "reversed") return ProviderStatus::Refunded;
  if (detail == "rejected-by-payer") return ProviderStatus::Failed;
  if (status == "pending" || status == "verifying") return ProviderStatus::Pending;
  if (status == "done" && (detail == "normal" || detail == "marked-paid-by-receiver"))
    return ProviderStatus::Paid;
  return std::nullopt;
}

}  // namespace

HeardNotice hear(const ProviderNotice& notice, std::span<const std::string> secrets) {
  HeardNotice heard{.event_key = providers::key_of_body(notice), .must_reread = false};
  const auto document = JsonDocument::read(notice.body);
  const JsonRef payment = document ? document->root() : JsonRef();
  const std::string status = payment["status"].text(), detail = payment["status_detail"].text();
  heard.provider_payment_id = payment["payment_id"].text();
  if (!heard.provider_payment_id.empty())
    heard.event_key = fmt::format("{}:{}:{}", heard.provider_payment_id, status, detail);
  if (auto reference = payment["transaction_id"].text(); !reference.empty())
    heard.reference = std::move(reference);
  heard.amount = providers::money_of_decimal(payment["amount"], payment["currency"].text());
  heard.status = status_of(status, detail);
  providers::judge(heard, trouble_with_signature(notice, secrets));
  return heard;
}

Result<std::unique_ptr<PaymentProvider>> open(const providers::ProviderSecrets& secrets,
                                              const providers::ProviderSettings&) {
  auto keys = secrets.all({"secret", "receiver_secret", "notification_secret"});
  for (auto& key : secrets.all({"api_key"})) keys.push_back(std::move(key));
  return providers::notices_only(
      "khipu", "Khipu",
      [keys = std::move(keys)](const ProviderNotice& notice) { return hear(notice, keys); });
}

}  // namespace puntual::khipu
