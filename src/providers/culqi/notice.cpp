// Events of Culqi: nothing is signed, and what they are about is a JSON text inside a string.
#include "base/json_text.h"
#include "providers/amount.h"
#include "providers/culqi/culqi.h"
#include "providers/signature.h"

namespace puntual::culqi {
namespace {

void read_object(std::string_view type, const JsonRef& object, HeardNotice& heard) {
  const std::string kind = object["object"].text();
  if (kind != "order" && kind != "charge" && kind != "refund") return;
  heard.provider_payment_id = object[kind == "refund" ? "charge_id" : "id"].text();
  if (kind == "order") heard.provider_link_id = heard.provider_payment_id;
  std::string reference = object["order_number"].text();
  if (reference.empty()) reference = object["metadata"]["reference"].text();
  if (!reference.empty()) heard.reference = std::move(reference);
  heard.amount = providers::money_of_hundredths(object["amount"], object["currency_code"].text());
  if (kind == "order") heard.status = status_of_order(object["state"].text());
  if (type == "charge.creation.succeeded" || type == "charge.capture.succeeded")
    heard.status = ProviderStatus::Paid;
  if (type == "charge.creation.failed" || type == "charge.capture.failed")
    heard.status = ProviderStatus::Failed;
  if (type == "charge.expired") heard.status = ProviderStatus::Expired;
  if (type == "refund.creation.succeeded") heard.status = ProviderStatus::Refunded;
}

}  // namespace

std::optional<ProviderStatus> status_of_order(std::string_view state) {
  if (state == "created" || state == "pending") return ProviderStatus::Pending;
  if (state == "paid") return ProviderStatus::Paid;
  if (state == "expired") return ProviderStatus::Expired;
  if (state == "deleted") return ProviderStatus::Cancelled;
  return std::nullopt;
}

HeardNotice hear(const ProviderNotice& notice, std::string_view user,
                 std::span<const std::string> passwords) {
  HeardNotice heard;
  const auto document = JsonDocument::read(notice.body);
  const JsonRef event = document ? document->root() : JsonRef(), data = event["data"];
  const std::string inside = data.kind() == JsonKind::String
                                 ? data.text()
                                 : std::string(data.is_object() ? data.raw() : "null");
  if (const auto object = JsonDocument::read(inside))
    read_object(event["type"].text(), object->root(), heard);
  heard.event_key = event["id"].text();
  if (heard.event_key.empty()) heard.event_key = providers::key_of_body(notice);
  providers::judge_by_basic(heard, notice, user, passwords);
  return heard;
}

}  // namespace puntual::culqi
