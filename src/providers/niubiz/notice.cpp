#include "base/json_text.h"
#include "providers/amount.h"
#include "providers/niubiz/niubiz.h"
#include "providers/notices_only.h"
#include "providers/signature.h"

namespace puntual::niubiz {
namespace {

std::string first_said(std::initializer_list<JsonRef> places) {
  for (const JsonRef& place : places) {
    if (auto text = place.text(); !text.empty()) return text;
  }
  return {};
}

}  // namespace

HeardNotice hear(const ProviderNotice& notice) {
  HeardNotice heard{.signature = NoticeSignature::Unsigned,
                    .event_key = providers::key_of_body(notice)};
  const auto document = JsonDocument::read(notice.body);
  const JsonRef answer = document ? document->root() : JsonRef(), order = answer["order"];
  // Approved answers hold a dataMap, refusals a data.
  const std::string action =
      first_said({answer["dataMap"]["ACTION_CODE"], answer["data"]["ACTION_CODE"]});
  heard.provider_payment_id =
      first_said({order["transactionId"], answer["transactionId"],
                  answer["dataMap"]["TRANSACTION_ID"], answer["data"]["TRANSACTION_ID"]});
  if (!heard.provider_payment_id.empty())
    heard.event_key = fmt::format("{}:{}", heard.provider_payment_id, action);
  std::string reference = first_said({order["purchaseNumber"], answer["purchaseNumber"],
                                      order["externalId"], answer["externalId"]});
  if (!reference.empty()) heard.reference = std::move(reference);
  heard.amount = providers::money_of_decimal(order["amount"] ? order["amount"] : answer["amount"],
                                             first_said({order["currency"], answer["currency"]}));
  if (!action.empty())
    heard.status = action == "000" ? ProviderStatus::Paid : ProviderStatus::Failed;
  return heard;
}

Result<std::unique_ptr<PaymentProvider>> open(const providers::ProviderSecrets&,
                                              const providers::ProviderSettings&) {
  return providers::notices_only("niubiz", "Niubiz", hear);
}

}  // namespace puntual::niubiz
