// A notice of Mercado Pago: the signature over the id in its address, and which of their things it names.
#include <algorithm>

#include "base/json.h"
#include "providers/mercadopago/mercadopago.h"
#include "providers/notice.h"

namespace puntual::mercadopago {
namespace {

std::string manifest_of(std::string_view id, std::string_view request_id, std::string_view time) {
  std::string manifest;
  if (!id.empty()) manifest += fmt::format("id:{};", id);
  if (!request_id.empty()) manifest += fmt::format("request-id:{};", request_id);
  return manifest + fmt::format("ts:{};", time);
}

// Empty: it is theirs. The documents ask for an id in small letters, their own client takes it as it came.
std::string trouble_with_signature(const ProviderNotice& notice, std::string_view id, std::span<const std::string> secrets) {
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
  const std::string manifests[] = {manifest_of(id, request_id, time), manifest_of(providers::lower_ascii(id), request_id, time)};
  for (const auto& secret : secrets) {
    if (secret.empty()) continue;  // An unset secret would make everybody's signature valid.
    const bool is_known = std::ranges::any_of(
        manifests, [&](const std::string& manifest) { return providers::is_hex_of(given, hmac_sha256(secret, manifest)); });
    if (is_known) return {};
  }
  return "v1 does not fit data.id, x-request-id and ts with any of the webhook secrets";
}

// A payment (or an order) goes by its id; what holds payments of others goes by its place among their addresses.
void name_what_it_is_about(std::string_view topic, std::string_view id, HeardNotice& heard) {
  if (topic == "payment" || topic == "order") heard.provider_payment_id = id;
  if (topic == "topic_merchant_order_wh" || topic == "merchant_order") heard.provider_link_id = fmt::format("merchant_orders/{}", id);
  if (topic == "topic_chargebacks_wh" || topic == "chargebacks") heard.provider_link_id = fmt::format("v1/chargebacks/{}", id);
}

// "https://api…/v1/payments/123" → "123"
std::string_view last_part(std::string_view resource) { return resource.substr(resource.rfind('/') + 1); }

// Ids of theirs are letters, digits, '-' and '_'; anything else would be an address of somebody's making.
bool is_id(std::string_view text) {
  return !text.empty() && text.size() <= 64 && std::ranges::all_of(text, [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
  });
}

// The older kind has no number of its own, so that news and a repetition look alike: within an hour they are one.
HeardNotice read_unsigned(const ProviderNotice& notice, const json::value& body) {
  std::string topic(providers::query_of(notice, "topic")), id(providers::query_of(notice, "id"));
  if (topic.empty()) topic = text_in(body, "topic");
  if (id.empty()) id = last_part(text_in(body, "resource"));
  if (!is_id(id) || !is_id(topic)) return providers::refused("neither data.id nor topic and id in the query");
  HeardNotice heard{.signature = NoticeSignature::Unsigned};
  heard.event_key = fmt::format("ipn:{}:{}:{}", topic, id, notice.received_at.ms / kHourMs);
  name_what_it_is_about(topic, id, heard);
  return heard;
}

}  // namespace

HeardNotice read_notice(const ProviderNotice& notice, std::span<const std::string> secrets) {
  const std::string id(providers::query_of(notice, "data.id"));
  const json::value body = parse_json(notice.body).value_or(json::value{});
  const json::value* data = member(body, "data");
  const std::string body_id = data == nullptr ? "" : text_in(*data, "id");
  const bool is_webhook = !id.empty() || !body_id.empty() || !providers::header_of(notice, "x-signature").empty();
  if (!is_webhook) return read_unsigned(notice, body);

  if (auto trouble = trouble_with_signature(notice, id, secrets); !trouble.empty()) return providers::refused(std::move(trouble));
  if (!body_id.empty() && providers::lower_ascii(body_id) != providers::lower_ascii(id)) {
    return providers::refused("data.id of the body is not that of the query, which is signed");
  }
  if (!id.empty() && !is_id(id)) return providers::refused("data.id of the query is no id of Mercado Pago");
  std::string topic(providers::query_of(notice, "type"));
  if (topic.empty()) topic = text_in(body, "type");
  // A notice's own number stays the same when it is repeated; without one its signature is what tells it from others.
  std::string number = text_in(body, "id");
  if (number.empty()) number = providers::header_of(notice, "x-signature");
  HeardNotice heard{.signature = NoticeSignature::Valid};
  heard.event_key = fmt::format("{}:{}:{}", topic, providers::lower_ascii(id), number);
  name_what_it_is_about(topic, id, heard);
  return heard;
}

}  // namespace puntual::mercadopago
