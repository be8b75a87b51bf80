// Notices of Bold: the signature covers the whole body, in Base64 (contract section 4).
#include <algorithm>

#include "base/crypto.h"
#include "base/json_text.h"
#include "providers/amount.h"
#include "providers/bold/bold.h"
#include "providers/signature.h"

namespace puntual::bold {
namespace {

std::optional<ProviderStatus> status_of(std::string_view type) {
  if (type == "SALE_APPROVED") return ProviderStatus::Paid;
  if (type == "SALE_REJECTED") return ProviderStatus::Failed;
  if (type == "VOID_APPROVED") return ProviderStatus::Voided;
  return std::nullopt;  // VOID_REJECTED: what it was, it still is.
}

std::string key_of(const JsonRef& event, const HeardNotice& heard) {
  if (const auto id = event["id"].text(); !id.empty()) return id;
  const std::string type = event["type"].text();
  return heard.provider_payment_id.empty() || type.empty() ? std::string()
                                                           : heard.provider_payment_id + ":" + type;
}

}  // namespace

HeardNotice read_event(const JsonRef& event) {
  HeardNotice heard;
  const JsonRef data = event["data"];
  heard.provider_payment_id = data["payment_id"].text();
  if (heard.provider_payment_id.empty()) heard.provider_payment_id = event["subject"].text();
  heard.event_key = key_of(event, heard);
  std::string reference = data["metadata"]["reference"].text();
  if (reference.starts_with("LNK_"))
    heard.provider_link_id = std::move(reference);
  else if (!reference.empty())
    heard.reference = std::move(reference);
  heard.amount =
      providers::money_of_decimal(data["amount"]["total"], data["amount"]["currency"].text());
  heard.status = status_of(event["type"].text());
  return heard;
}

HeardNotice hear(const ProviderNotice& notice, std::span<const std::string> secret_keys,
                 bool takes_empty_key) {
  const auto document = JsonDocument::read(notice.body);
  HeardNotice heard = document ? read_event(document->root()) : HeardNotice{};
  if (heard.event_key.empty()) heard.event_key = providers::key_of_body(notice);
  const auto told = providers::header_of(notice, "x-bold-signature");
  const std::string signed_text = base64(notice.body);
  const auto is_made_with = [&](std::string_view key) {
    return providers::is_same_hex(told, hex(hmac_sha256(key, signed_text)));
  };
  const bool is_valid =
      std::ranges::any_of(secret_keys,
                          [&](const auto& key) { return !key.empty() && is_made_with(key); }) ||
      (takes_empty_key && is_made_with(""));
  if (is_valid) {
    heard.signature = NoticeSignature::Valid;
    heard.must_reread = false;
  } else {
    heard.why = told.empty() ? "there is no x-bold-signature"
                             : "x-bold-signature is not made with our secret_key";
  }
  return heard;
}

}  // namespace puntual::bold
