// Events of Stripe: the signature covers the time and the whole body.
#include <algorithm>

#include "base/crypto.h"
#include "providers/amount.h"
#include "providers/signature.h"
#include "providers/stripe/stripe.h"

namespace puntual::stripe {
namespace {

// Empty: it is Stripe's.
std::string trouble_with_signature(const ProviderNotice& notice,
                                   std::span<const std::string> secrets) {
  const std::string_view header = providers::header_of(notice, "Stripe-Signature");
  if (header.empty()) return "no header Stripe-Signature";
  std::string_view time;
  std::vector<std::string_view> given;
  for (const auto& [name, value] : providers::pairs_of(header)) {
    if (name == "t") time = value;
    if (name == "v1") given.push_back(value);  // v0 is a decoy of test mode.
  }
  const auto seconds = providers::number_of_digits(time);
  if (!seconds) return "Stripe-Signature has no time t of digits";
  if (given.empty()) return "Stripe-Signature has no v1";
  const std::string signed_text = fmt::format("{}.{}", time, notice.body);
  const bool is_known = std::ranges::any_of(secrets, [&](const std::string& secret) {
    if (secret.empty()) return false;  // An unset secret would make everybody's signature valid.
    const std::string expected = hex(hmac_sha256(secret, signed_text));
    return std::ranges::any_of(
        given, [&](std::string_view one) { return providers::is_same_hex(one, expected); });
  });
  if (!is_known)
    return secrets.empty() ? "no webhook_secret is set"
                           : "no v1 fits the body with any webhook secret";
  return providers::trouble_with_age({*seconds * kSecondMs}, notice.received_at);
}

std::optional<ProviderStatus> status_told(std::string_view type, const JsonRef& object) {
  using enum ProviderStatus;
  if (type == "checkout.session.completed") {
    if (object["payment_status"].text() == "paid") return Paid;
    if (object["payment_status"].text() == "unpaid")
      return Pending;  // OXXO, boleto, SPEI, PIX: the money comes later.
    return std::nullopt;
  }
  if (type == "charge.refunded")
    return object["refunded"].kind() == JsonKind::False ? PartiallyRefunded : Refunded;
  if (type == "charge.dispute.closed" || type == "charge.dispute.updated")
    return status_of_dispute(object["status"].text());
  static constexpr std::pair<std::string_view, ProviderStatus> kTold[] = {
      {"checkout.session.async_payment_succeeded", Paid},
      {"checkout.session.async_payment_failed", Failed},
      {"checkout.session.expired", Expired},
      {"payment_intent.succeeded", Paid},
      {"payment_intent.payment_failed", Failed},
      {"payment_intent.processing", Pending},
      {"payment_intent.canceled", Voided},
      {"charge.dispute.created", Disputed},
      {"charge.dispute.funds_withdrawn", Chargeback},
      {"charge.dispute.funds_reinstated", Paid},
  };
  const auto* const found =
      std::ranges::find(kTold, type, &std::pair<std::string_view, ProviderStatus>::first);
  return found == std::end(kTold) ? std::nullopt : std::optional(found->second);
}

bool is_about_a_payment(std::string_view type) {
  constexpr std::string_view kKinds[] = {"checkout.session.", "payment_intent.", "charge.",
                                         "refund."};
  return std::ranges::any_of(kKinds,
                             [type](std::string_view kind) { return type.starts_with(kind); });
}

void read_object(const JsonRef& object, HeardNotice& heard) {
  const std::string kind = object["object"].text(), id = object["id"].text();
  const bool is_session = kind == "checkout.session";
  heard.provider_payment_id = kind == "payment_intent" ? id : id_of(object["payment_intent"]);
  if (kind == "charge" && heard.provider_payment_id.empty()) heard.provider_payment_id = id;
  if (is_session) heard.provider_link_id = id_of(object["payment_link"]);
  if (is_session && heard.provider_link_id.empty())
    heard.provider_link_id = id;  // It is the place itself.
  std::string reference = object["metadata"]["reference"].text();
  if (reference.empty()) reference = object["client_reference_id"].text();
  if (!reference.empty()) heard.reference = std::move(reference);
  heard.amount =
      money_of(object[is_session ? "amount_total" : "amount"], object["currency"].text());
}

// Payments contract 3.1 (checked 2026-11-21).
bool has_no_decimals(std::string_view currency) {
  constexpr std::string_view kZeroDecimal[] = {"bif", "clp", "djf", "gnf", "jpy", "kmf",
                                               "krw", "mga", "pyg", "rwf", "ugx", "vnd",
                                               "vuv", "xaf", "xof", "xpf"};
  return std::ranges::find(kZeroDecimal, providers::lower_case(currency)) != std::end(kZeroDecimal);
}

}  // namespace

std::optional<Money> money_of(const JsonRef& amount, std::string_view currency) {
  return has_no_decimals(currency) ? providers::money_of_decimal(amount, currency)
                                   : providers::money_of_hundredths(amount, currency);
}

Result<int64_t> wire_amount_of(Money money) {
  return has_no_decimals(money.currency.code()) ? providers::whole_units_of(money)
                                                : providers::hundredths_of(money);
}

ProviderStatus status_of_dispute(std::string_view status) {
  if (status == "won" || status == "warning_closed") return ProviderStatus::Paid;
  return status == "lost" ? ProviderStatus::Chargeback : ProviderStatus::Disputed;
}

std::string id_of(const JsonRef& id_or_object) {
  return id_or_object.is_object() ? id_or_object["id"].text() : id_or_object.text();
}

HeardNotice hear(const ProviderNotice& notice, std::span<const std::string> webhook_secrets) {
  HeardNotice heard{.why = trouble_with_signature(notice, webhook_secrets), .must_reread = false};
  heard.signature = heard.why.empty() ? NoticeSignature::Valid : NoticeSignature::Invalid;
  const auto document = JsonDocument::read(notice.body);
  const JsonRef event = document ? document->root() : JsonRef();
  heard.event_key = event["id"].text();
  if (heard.event_key.empty()) heard.event_key = providers::key_of_body(notice);
  const std::string type = event["type"].text();
  if (!is_about_a_payment(type)) return heard;
  read_object(event["data"]["object"], heard);
  heard.status = status_told(type, event["data"]["object"]);
  return heard;
}

}  // namespace puntual::stripe
