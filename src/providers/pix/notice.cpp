#include "base/json_text.h"
#include "providers/amount.h"
#include "providers/notices_only.h"
#include "providers/pix/pix.h"
#include "providers/signature.h"

namespace puntual::pix {
namespace {

// Money that went back ("devoluções") is told of with the payment.
ProviderStatus status_of(const JsonRef& payment, const std::optional<Money>& amount) {
  int64_t returned = 0;
  for (const JsonRef devolution : payment["devolucoes"]) {
    const auto part = providers::money_of_decimal(devolution["valor"], "BRL");
    if (devolution["status"].text() == "DEVOLVIDO" && part &&
        __builtin_add_overflow(returned, part->minor, &returned))
      returned = INT64_MAX;
  }
  if (returned <= 0) return ProviderStatus::Paid;
  return amount && returned < amount->minor ? ProviderStatus::PartiallyRefunded
                                            : ProviderStatus::Refunded;
}

}  // namespace

HeardNotice hear(const ProviderNotice& notice) {
  HeardNotice heard{.signature = NoticeSignature::Unsigned,
                    .event_key = providers::key_of_body(notice)};
  const auto document = JsonDocument::read(notice.body);
  int count = 0;
  for (const JsonRef payment : document ? document->root()["pix"] : JsonRef()) {
    if (++count > 1) break;
    heard.provider_payment_id = payment["endToEndId"].text();
    if (auto reference = payment["txid"].text(); !reference.empty())
      heard.reference = std::move(reference);
    heard.amount = providers::money_of_decimal(payment["valor"], "BRL");
    heard.status = status_of(payment, heard.amount);
  }
  const bool is_plain =
      count == 1 && heard.status == ProviderStatus::Paid && !heard.provider_payment_id.empty();
  if (is_plain) heard.event_key = heard.provider_payment_id;
  return heard;
}

Result<std::unique_ptr<PaymentProvider>> open(const providers::ProviderSecrets&,
                                              const providers::ProviderSettings&) {
  return providers::notices_only("pix", "PIX", hear);
}

}  // namespace puntual::pix
