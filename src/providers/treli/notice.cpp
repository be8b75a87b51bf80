#include "base/json_text.h"
#include "providers/amount.h"
#include "providers/notices_only.h"
#include "providers/signature.h"
#include "providers/treli/treli.h"

namespace puntual::treli {
namespace {

std::string trouble_with_timed_signature(const ProviderNotice& notice, std::string_view header,
                                         std::span<const std::string> secrets) {
  std::string_view time, told;
  for (const auto& [name, value] : providers::pairs_of(header)) {
    if (name == "t") time = value;
    if (name == "v1") told = value;
  }
  const auto seconds = providers::number_of_digits(time);
  if (!seconds) return "x-treli-signature has no time t of digits";
  if (secrets.empty()) return "no endpoint_secret is set";
  if (!providers::is_hmac_of(fmt::format("{}.{}", time, notice.body), told, secrets))
    return "v1 is not made with our endpoint_secret";
  return providers::trouble_with_age({*seconds * kSecondMs}, notice.received_at);
}

std::string trouble_with_signature(const ProviderNotice& notice, const Keys& keys) {
  const std::string_view newer = providers::header_of(notice, "x-treli-signature"),
                         older = providers::header_of(notice, "Treli-Signature");
  if (!newer.empty()) return trouble_with_timed_signature(notice, newer, keys.endpoint_secrets);
  if (older.empty()) return "no header x-treli-signature or Treli-Signature";
  if (keys.api_keys.empty()) return "no api_key is set";
  return providers::is_hmac_of(notice.body, older, keys.api_keys)
             ? ""
             : "Treli-Signature is not made with our api_key";
}

std::optional<ProviderStatus> status_of(std::string_view text) {
  if (text == "Aprobado") return ProviderStatus::Paid;
  if (text == "Pendiente") return ProviderStatus::Pending;
  if (text == "Rechazado" || text == "Fallido") return ProviderStatus::Failed;
  return std::nullopt;
}

}  // namespace

HeardNotice hear(const ProviderNotice& notice, const Keys& keys) {
  HeardNotice heard{.event_key = providers::key_of_body(notice), .must_reread = false};
  const auto document = JsonDocument::read(notice.body);
  const JsonRef event = document ? document->root() : JsonRef(), content = event["content"];
  heard.provider_payment_id = content["payment_id"].text();
  if (!heard.provider_payment_id.empty())
    heard.event_key = fmt::format("{}:{}", heard.provider_payment_id, event["event_type"].text());
  if (auto reference = content["meta_data"]["reference"].text(); !reference.empty())
    heard.reference = std::move(reference);
  heard.amount =
      providers::money_of_decimal(content["totals"]["total"], content["currency"].text());
  heard.status = status_of(content["payment_status"].text());
  providers::judge(heard, trouble_with_signature(notice, keys));
  return heard;
}

Result<std::unique_ptr<PaymentProvider>> open(const providers::ProviderSecrets& secrets,
                                              const providers::ProviderSettings&) {
  const Keys keys{.api_keys = secrets.all({"api_key"}),
                  .endpoint_secrets = secrets.all({"endpoint_secret", "webhook_secret", "secret"})};
  return providers::notices_only(
      "treli", "Treli", [keys](const ProviderNotice& notice) { return hear(notice, keys); });
}

}  // namespace puntual::treli
