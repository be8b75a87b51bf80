// Notices of Mercado Pago: the signature covers the id in the address, and nothing of the body.
#include <algorithm>

#include "base/crypto.h"
#include "base/json_text.h"
#include "providers/mercadopago/mercadopago.h"
#include "providers/signature.h"

namespace puntual::mercadopago {
namespace {

std::string_view query_of(const ProviderNotice& notice, std::string_view name) {
  for (const auto& [key, value] : notice.query) {
    if (key == name) return value;
  }
  return {};
}

std::string manifest_of(std::string_view id, std::string_view request_id, std::string_view time) {
  std::string manifest;
  if (!id.empty()) manifest += fmt::format("id:{};", id);
  if (!request_id.empty()) manifest += fmt::format("request-id:{};", request_id);
  return manifest + fmt::format("ts:{};", time);
}

// Ids of theirs are letters, digits, '-' and '_'; anything else would be an address of somebody's
// making.
bool is_id(std::string_view text) {
  return !text.empty() && text.size() <= 64 && std::ranges::all_of(text, [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
           c == '_';
  });
}

// Empty: it is theirs. The documents ask for an id in small letters, their own client takes it as
// it came.
std::string trouble_with_signature(const ProviderNotice& notice, std::string_view id,
                                   std::span<const std::string> secrets) {
  const std::string_view header = providers::header_of(notice, "x-signature");
  if (header.empty()) return "no header x-signature";
  std::string_view time, given;
  for (const auto& [name, value] : providers::pairs_of(header)) {
    if (name == "ts") time = value;
    if (name == "v1") given = value;
  }
  if (!providers::is_digits(time)) return "x-signature has no time ts of digits";
  if (given.empty()) return "x-signature has no v1";
  const std::string_view request_id = providers::header_of(notice, "x-request-id");
  const std::string manifests[] = {manifest_of(id, request_id, time),
                                   manifest_of(providers::lower_case(id), request_id, time)};
  const bool is_known = std::ranges::any_of(secrets, [&](const std::string& secret) {
    if (secret.empty()) return false;  // An unset secret would make everybody's signature valid.
    return std::ranges::any_of(manifests, [&](const std::string& manifest) {
      return providers::is_same_hex(given, hex(hmac_sha256(secret, manifest)));
    });
  });
  if (is_known) return {};
  return secrets.empty() ? "no webhook_secret is set"
                         : "v1 does not fit data.id, x-request-id and ts with any webhook secret";
}

// A payment (or an order) goes by its id; what holds payments goes by its place among their
// addresses.
void name_what_it_is_about(std::string_view topic, std::string_view id, HeardNotice& heard) {
  if (!is_id(id)) return;
  if (topic == "payment" || topic == "order") heard.provider_payment_id = id;
  if (topic == "topic_merchant_order_wh" || topic == "merchant_order")
    heard.provider_link_id = fmt::format("merchant_orders/{}", id);
  if (topic == "topic_chargebacks_wh" || topic == "chargebacks")
    heard.provider_link_id = fmt::format("v1/chargebacks/{}", id);
}

// The older kind has no number of its own, so that news and a repetition look alike: within an hour
// they are one.
HeardNotice hear_unsigned(const ProviderNotice& notice, const JsonRef& body) {
  std::string topic(query_of(notice, "topic")), id(query_of(notice, "id"));
  if (topic.empty()) topic = body["topic"].text();
  if (id.empty()) {
    const std::string resource =
        body["resource"].text();  // "https://api…/v1/payments/123", or the id alone.
    id = resource.substr(resource.rfind('/') + 1);
  }
  if (!is_id(id) || !is_id(topic))
    return {.why = "neither data.id nor topic and id in the query",
            .event_key = providers::key_of_body(notice)};
  HeardNotice heard{
      .signature = NoticeSignature::Unsigned,
      .event_key = fmt::format("ipn:{}:{}:{}", topic, id, notice.received_at.ms / kHourMs)};
  name_what_it_is_about(topic, id, heard);
  return heard;
}

}  // namespace

HeardNotice hear(const ProviderNotice& notice, std::span<const std::string> webhook_secrets) {
  const auto document = JsonDocument::read(notice.body);
  const JsonRef body = document ? document->root() : JsonRef();
  const std::string_view id = query_of(notice, "data.id");
  const std::string body_id = body["data"]["id"].text();
  if (id.empty() && body_id.empty() && providers::header_of(notice, "x-signature").empty())
    return hear_unsigned(notice, body);

  HeardNotice heard{.why = trouble_with_signature(notice, id, webhook_secrets)};
  if (heard.why.empty() && !body_id.empty() &&
      providers::lower_case(body_id) != providers::lower_case(id)) {
    heard.why = "data.id of the body is not that of the query, which alone is signed";
  }
  heard.signature = heard.why.empty() ? NoticeSignature::Valid : NoticeSignature::Invalid;
  std::string topic(query_of(notice, "type"));
  if (topic.empty()) topic = body["type"].text();
  // A notice's own number stays the same when it is repeated; without one its signature is what
  // tells it from others.
  std::string number = body["id"].text();
  if (number.empty()) number = providers::header_of(notice, "x-signature");
  heard.event_key = fmt::format("{}:{}:{}", topic, providers::lower_case(id), number);
  name_what_it_is_about(topic, id, heard);
  return heard;
}

ProviderStatus status_of(std::string_view status, std::string_view detail) {
  using enum ProviderStatus;
  if (status == "approved") return detail == "partially_refunded" ? PartiallyRefunded : Paid;
  if (status == "rejected") return Failed;
  if (status == "cancelled") return detail == "expired" ? Expired : Cancelled;
  if (status == "refunded") return Refunded;
  if (status == "in_mediation") return Disputed;
  if (status == "charged_back") return detail == "reimbursed" ? Paid : Chargeback;
  return Pending;
}

}  // namespace puntual::mercadopago
