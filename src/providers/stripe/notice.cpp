// An event of Stripe: its signature over time and body, and what it tells of a payment.
#include <algorithm>
#include <charconv>

#include "base/json.h"
#include "providers/notice.h"
#include "providers/stripe/objects.h"
#include "providers/stripe/stripe.h"

namespace puntual::stripe {
namespace {

// Empty: it is Stripe's.
std::string trouble_with_signature(const ProviderNotice& notice, std::span<const std::string> secrets) {
  const std::string_view header = providers::header_of(notice, "Stripe-Signature");
  if (header.empty()) return "no header Stripe-Signature";
  std::string_view time;
  std::vector<std::string_view> given;
  for (const auto& [name, value] : providers::pairs_of(header)) {
    if (name == "t") time = value;
    if (name == "v1") given.push_back(value);  // v0 is a decoy of test mode.
  }
  int64_t seconds = 0;
  if (!providers::is_digits(time) || std::from_chars(time.data(), time.data() + time.size(), seconds).ec != std::errc{} ||
      seconds > INT64_MAX / kSecondMs) {
    return "Stripe-Signature has no time t of digits";
  }
  if (given.empty()) return "Stripe-Signature has no v1";
  const std::string signed_text = fmt::format("{}.{}", time, notice.body);
  const bool is_known = std::ranges::any_of(secrets, [&](const std::string& secret) {
    if (secret.empty()) return false;  // An unset secret would make everybody's signature valid.
    const Digest expected = hmac_sha256(secret, signed_text);
    return std::ranges::any_of(given, [&](std::string_view one) { return providers::is_hex_of(one, expected); });
  });
  if (!is_known) return "no v1 fits the body with any of the webhook secrets";
  const int64_t age_ms = notice.received_at.ms - seconds * kSecondMs;
  if (age_ms > kToleranceMs || age_ms < -kToleranceMs) {
    return fmt::format("signed {} s {} its receipt (tolerance {} s): check the clock", std::abs(age_ms) / kSecondMs,
                       age_ms > 0 ? "before" : "after", kToleranceMs / kSecondMs);
  }
  return {};
}

std::optional<ProviderStatus> status_told(std::string_view type, const json::value& object) {
  using enum ProviderStatus;
  if (type == "checkout.session.completed") {
    if (text_in(object, "payment_status") == "paid") return Paid;
    if (text_in(object, "payment_status") == "unpaid") return Pending;  // OXXO, boleto, SPEI, PIX: the money comes later.
    return std::nullopt;
  }
  if (type == "charge.refunded") return member_bool(object, "refunded") == false ? PartiallyRefunded : Refunded;
  if (type == "charge.dispute.closed" || type == "charge.dispute.updated") return status_of_dispute(object);
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
  const auto* const found = std::ranges::find(kTold, type, &std::pair<std::string_view, ProviderStatus>::first);
  return found == std::end(kTold) ? std::nullopt : std::optional(found->second);
}

void read_object(const json::value& object, HeardNotice& heard) {
  const std::string kind = text_in(object, "object"), id = text_in(object, "id");
  heard.provider_payment_id = kind == "payment_intent" ? id : id_in(object, "payment_intent");
  if (kind == "charge" && heard.provider_payment_id.empty()) heard.provider_payment_id = id;
  if (kind == "checkout.session") heard.provider_link_id = id_in(object, "payment_link").empty() ? id : id_in(object, "payment_link");
  std::string reference = reference_in(object);
  if (reference.empty()) reference = text_in(object, "client_reference_id");
  if (!reference.empty()) heard.reference = reference;
  const auto currency = Currency::parse(text_in(object, "currency"));
  const auto minor = member_int(object, kind == "checkout.session" ? "amount_total" : "amount");
  if (currency && minor) heard.amount = Money{*minor, *currency};
}

bool is_about_a_payment(std::string_view type) {
  return type.starts_with("checkout.session.") || type.starts_with("payment_intent.") || type.starts_with("charge.") ||
         type.starts_with("refund.");
}

}  // namespace

HeardNotice read_notice(const ProviderNotice& notice, std::span<const std::string> secrets) {
  if (auto trouble = trouble_with_signature(notice, secrets); !trouble.empty()) return providers::refused(std::move(trouble));
  HeardNotice heard{.signature = NoticeSignature::Valid, .must_reread = false};
  const auto event = parse_json(notice.body);
  if (event) heard.event_key = text_in(*event, "id");
  if (heard.event_key.empty()) heard.event_key = "body:" + hex(sha256(notice.body));  // Theirs, and not understood: still kept once.
  const json::value* data = event ? member(*event, "data") : nullptr;
  const json::value* object = data == nullptr ? nullptr : member(*data, "object");
  const std::string type = event ? text_in(*event, "type") : "";
  if (object == nullptr || !is_about_a_payment(type)) return heard;
  read_object(*object, heard);
  heard.status = status_told(type, *object);
  return heard;
}

}  // namespace puntual::stripe
