// Events of Wompi. The checksum covers the properties that the event itself names, so they must
// name what matters; the link, the reference and the environment are never covered, which is why
// the transaction is read again before it counts.
#include <algorithm>

#include "base/crypto.h"
#include "base/json_text.h"
#include "providers/amount.h"
#include "providers/signature.h"
#include "providers/wompi/wompi.h"

namespace puntual::wompi {
namespace {

constexpr size_t kPropertiesMax = 64;
constexpr std::string_view kCovered[] = {"transaction.id", "transaction.status",
                                         "transaction.amount_in_cents"};

// A value as it stands at a dotted path; none when it is no plain value. What is missing counts as
// empty.
std::optional<std::string> value_at(JsonRef value, std::string_view path) {
  while (!path.empty()) {
    const size_t end = std::min(path.find('.'), path.size());
    value = value[path.substr(0, end)];
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  switch (value.kind()) {
    case JsonKind::String:
    case JsonKind::Number:
      return value.text();
    case JsonKind::True:
    case JsonKind::False:
      return std::string(value.raw());
    case JsonKind::Null:
    case JsonKind::Missing:
      return std::string();
    default:
      return std::nullopt;
  }
}

// What was hashed, but for the secret; or why it cannot be known.
Result<std::string> signed_text(const JsonRef& event) {
  std::string text;
  std::vector<std::string> names;
  for (const JsonRef property : event["signature"]["properties"]) {
    names.push_back(property.text());
    const auto value = value_at(event["data"], names.back());
    if (!value || names.size() > kPropertiesMax)
      return fail(ErrorCode::Invalid, "signature.properties names what is no plain value");
    text += *value;
  }
  const bool is_transaction = event["data"]["transaction"].is_object();
  for (const auto name : kCovered) {
    if (is_transaction && std::ranges::find(names, name) == names.end())
      return fail(ErrorCode::Invalid, "the checksum does not cover {}", name);
  }
  if (names.empty()) return fail(ErrorCode::Invalid, "signature.properties is missing");
  return text + event["timestamp"].text();
}

std::string checksum_told(const ProviderNotice& notice, const JsonRef& event) {
  const std::string told = event["signature"]["checksum"].text();
  return told.empty() ? std::string(providers::header_of(notice, "X-Event-Checksum")) : told;
}

void verify(HeardNotice& heard, const JsonRef& event, std::string_view told,
            std::span<const std::string> secrets) {
  const auto text = signed_text(event);
  if (!text) {
    heard.why = text.error().message;
    return;
  }
  const bool is_ours = std::ranges::any_of(secrets, [&](const std::string& secret) {
    return !secret.empty() && providers::is_same_hex(told, hex(sha256(*text + secret)));
  });
  if (is_ours)
    heard.signature = NoticeSignature::Valid;
  else
    heard.why = secrets.empty() ? "no events_secret is set"
                                : "the checksum is not made with our events secret";
}

}  // namespace

std::optional<ProviderStatus> status_of(std::string_view text) {
  if (text == "PENDING") return ProviderStatus::Pending;
  if (text == "APPROVED") return ProviderStatus::Paid;
  if (text == "DECLINED" || text == "ERROR") return ProviderStatus::Failed;
  if (text == "VOIDED") return ProviderStatus::Voided;
  return std::nullopt;
}

HeardNotice hear(const ProviderNotice& notice, std::span<const std::string> events_secrets) {
  HeardNotice heard;
  const auto document = JsonDocument::read(notice.body);
  if (!document) {
    heard.why = "the body is no JSON";
    heard.event_key = providers::key_of_body(notice);
    return heard;
  }
  const JsonRef event = document->root(), transaction = event["data"]["transaction"];
  const std::string told = checksum_told(notice, event), status = transaction["status"].text();
  heard.provider_payment_id = transaction["id"].text();
  heard.provider_link_id = transaction["payment_link_id"].text();
  heard.event_key = heard.provider_payment_id.empty() ? providers::key_of_body(notice)
                                                      : heard.provider_payment_id + ":" + status;
  if (auto reference = transaction["reference"].text(); !reference.empty())
    heard.reference = std::move(reference);
  heard.amount = providers::money_of_hundredths(transaction["amount_in_cents"],
                                                transaction["currency"].text());
  heard.status = status_of(status);
  verify(heard, event, told, events_secrets);
  return heard;
}

std::string integrity_of(const SealedOrder& order, std::string_view integrity_secret) {
  return hex(sha256(fmt::format("{}{}{}{}{}", order.reference, order.amount_in_cents,
                                order.currency, order.expiration, integrity_secret)));
}

}  // namespace puntual::wompi
