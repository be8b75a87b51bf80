#include "app/payment_job.h"

#include <algorithm>

#include "base/failpoint.h"
#include "base/json.h"
#include "engine/held_money.h"

namespace puntual {
namespace {

Result<PaymentInput> payment_of(std::string_view body, Instant now, Zone zone) {
  ASSIGN_OR_RETURN(const json::value document, parse_json(body));
  static constexpr std::string_view kKnown[] = {
      "invoice", "amount_minor", "currency", "method", "paid_on", "paid_at", "id", "another", "by"};
  if (const auto* object = document.if_object()) {
    for (const auto& [key, value] : *object) {
      if (std::ranges::find(kKnown, std::string_view(key)) == std::end(kKnown)) {
        return fail(ErrorCode::Invalid,
                    "unknown field '{}' (expected invoice, amount_minor, currency, method, paid_on "
                    "or paid_at, id, another, by)",
                    std::string(key));
      }
    }
  }
  PaymentInput input{.source = "api",
                     .source_id = member_text(document, "id").value_or(""),
                     .reference = member_text(document, "invoice").value_or(""),
                     .debtor_id = {},
                     .amount = {},
                     .method = member_text(document, "method").value_or(""),
                     .paid_on = zone.local(now).date,
                     .paid_at = now};
  if (input.source_id.empty())
    return fail(ErrorCode::Invalid,
                "id is missing: your own id of the payment, so that telling it twice counts once");
  if (input.reference.empty())
    return fail(ErrorCode::Invalid, "invoice is missing (the invoice's number)");
  ASSIGN_OR_RETURN(input.amount.currency,
                   Currency::parse(member_text(document, "currency").value_or("")));
  const auto minor = member_int(document, "amount_minor");
  if (!minor)
    return fail(ErrorCode::Invalid, "amount_minor is missing (a whole number of minor units)");
  input.amount.minor = *minor;
  if (const auto at = member_text(document, "paid_at")) {
    ASSIGN_OR_RETURN(input.paid_at, parse_rfc3339(*at));
    input.paid_on = zone.local(*input.paid_at).date;
  } else if (const auto on = member_text(document, "paid_on")) {
    ASSIGN_OR_RETURN(input.paid_on, parse_date(*on));
    input.paid_at.reset();
  }
  return input;
}

}  // namespace

Result<std::string> run_payment_job(Store& store, const Desk& desk, const Creditor& creditor,
                                    std::string_view body, Instant now) {
  ASSIGN_OR_RETURN(const PaymentInput input, payment_of(body, now, Zone::of(creditor.zone)));
  ASSIGN_OR_RETURN(const json::value told, parse_json(body));
  const bool is_another = member_bool(told, "another").value_or(false);
  const std::string by = text_in(told, "by");
  ASSIGN_OR_RETURN(
      const engine::RecordedByHand done, store.write([&](Tx& tx) -> Result<engine::RecordedByHand> {
        ASSIGN_OR_RETURN(engine::RecordedByHand recorded,
                         engine::record_by_hand(tx, desk, creditor, input, is_another, now));
        if (!by.empty() && !recorded.held && recorded.settled.is_new) {
          tx.timeline.append({.creditor_id = creditor.id,
                              .debtor_id = recorded.settled.payment.debtor_id,
                              .at = now,
                              .kind = "payment_told",
                              .payment_id = recorded.settled.payment.id,
                              .detail = fmt::format("by {}", by)},
                             tx.ids);
        }
        return recorded;
      }));
  failpoint("payment.committed");
  if (done.held) {
    return to_json(json::object{
        {"id", nullptr},
        {"new", bool(done.held->twin)},
        {"lowered_minor", 0},
        {"unapplied_minor", 0},
        {"held", done.held->known.trouble},
        {"subject",
         fmt::format("{}/{}", done.held->known.provider, done.held->known.provider_payment_id)},
        {"twin", done.held->twin ? json::value(std::to_string(done.held->twin.value))
                                 : json::value(nullptr)}});
  }
  const SettledPayment& settled = done.settled;
  return to_json(json::object{{"id", std::to_string(settled.payment.id.value)},
                              {"new", settled.is_new},
                              {"lowered_minor", settled.lowered_minor},
                              {"unapplied_minor", settled.payment.unapplied_minor}});
}

}  // namespace puntual
