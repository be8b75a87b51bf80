// The payment provider of a scenario: places to pay are made there, people pay, and it tells of it
// truly, twice, falsely or not.
#include "engine/payment_requests.h"
#include "sim/scenario_stage.h"

namespace puntual::sim {
namespace {

std::optional<ProviderStatus> status_in_words(std::string_view word) {
  std::string upper(word);
  for (char& c : upper) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return provider_status_of(upper);
}

Result<Till::Tells> take_tells(Words& words) {
  if (words.empty()) return Till::Tells::Once;
  if (words.take_if("twice")) return Till::Tells::Twice;
  if (words.take_if("untold")) return Till::Tells::Never;
  if (words.take_if("forged")) return Till::Tells::Forged;
  if (words.take_if("early")) return Till::Tells::BeforeItCanBeRead;
  return fail(ErrorCode::Invalid, "'{}' (the till tells twice, untold, forged or early)",
              words.peek());
}

}  // namespace

// "till asks F-1 [50000]", "till pays F-1 [50000] [USD] id P [pending] [twice]", "till pays nobody
// 5000 id P [as F-9]", "till says P refunded [50000] [untold]", "till falls silent", "till speaks"
Result<void> ScenarioStage::act_till(Words& words) {
  const CreditorId creditor = world_->creditor().id;
  if (words.take_if("falls")) {
    if (!words.take_if("silent")) return fail(ErrorCode::Invalid, "expected: till falls silent");
    world_->till().set_down(true);
    return {};
  }
  if (words.take_if("speaks")) {
    world_->till().set_down(false);
    return {};
  }
  if (words.take_if("asks")) {
    ASSIGN_OR_RETURN(const std::string number, words.take("the number of an invoice"));
    ASSIGN_OR_RETURN(const auto invoice, world_->store().read([&](Tx& tx) {
      return tx.invoices.find_by_number(creditor, number);
    }));
    if (!invoice) return fail(ErrorCode::NotFound, "there is no invoice {}", number);
    Money amount = invoice->balance();
    if (!words.empty()) {
      ASSIGN_OR_RETURN(const std::string text, words.take("an amount"));
      ASSIGN_OR_RETURN(amount.minor, parse_minor(text, amount.currency, '.'));
    }
    const PayLink link{.id = {invoice->id.value},
                       .creditor_id = creditor,
                       .debtor_id = invoice->debtor_id,
                       .about = {PayAboutKind::Invoice, invoice->id.value},
                       .bank_reference = {},
                       .created_at = world_->now(),
                       .expires_at = world_->now() + 90 * kDayMs,
                       .revoked_at = {}};
    ASSIGN_OR_RETURN(requests_[number], world_->ask_till(link, amount));
    return {};
  }
  const bool is_new = words.take_if("pays");
  if (!is_new && !words.take_if("says"))
    return fail(ErrorCode::Invalid, "'{}' (a till asks, pays, says, falls silent or speaks)",
                words.peek());
  ProviderPayment payment{
      .status = ProviderStatus::Paid, .method = "PSE", .paid_at = world_->now()};
  if (is_new) {
    payment.amount.currency = Currency::of(world_->creditor().currency);
    if (!words.take_if("nobody")) {
      ASSIGN_OR_RETURN(const std::string number, words.take("the number of an invoice"));
      ASSIGN_OR_RETURN(const PaymentRequest asked, request_for(number));
      payment.provider_link_id = asked.provider_link_id;
      payment.amount = asked.amount;
    }
    while (!words.take_if("id")) {
      ASSIGN_OR_RETURN(const std::string text, words.take("an amount, a currency or id"));
      if (const auto currency = Currency::parse(text)) {
        payment.amount.currency = *currency;
      } else {
        ASSIGN_OR_RETURN(payment.amount.minor, parse_minor(text, payment.amount.currency, '.'));
      }
    }
    ASSIGN_OR_RETURN(payment.id, words.take("the payment's id"));
    if (words.take_if("as")) {
      ASSIGN_OR_RETURN(payment.reference, words.take("the reference that it names"));
    }
    if (words.take_if("foreign")) {
      payment.is_ours = false;
      payment.trouble = "foreign_account";
    }
    for (const std::string_view word : {"pending", "failed"}) {
      if (words.take_if(word)) payment.status = *status_in_words(word);
    }
  } else {
    ASSIGN_OR_RETURN(const std::string id, words.take("the payment's id"));
    const ProviderPayment* const known = world_->till().find(id);
    if (known == nullptr) return fail(ErrorCode::NotFound, "the till has no payment {}", id);
    payment = *known;
    ASSIGN_OR_RETURN(const std::string word, words.take("what has become of it"));
    const auto status = status_in_words(word);
    if (!status)
      return fail(ErrorCode::Invalid,
                  "'{}' is no state of a payment (core/payments/provider_status.h)", word);
    payment.status = *status;
    if (payment.status == ProviderStatus::Refunded) payment.refunded_minor = payment.amount.minor;
    if (payment.status == ProviderStatus::PartiallyRefunded) {
      ASSIGN_OR_RETURN(const std::string text, words.take("how much"));
      ASSIGN_OR_RETURN(payment.refunded_minor, parse_minor(text, payment.amount.currency, '.'));
    }
  }
  ASSIGN_OR_RETURN(const Till::Tells tells, take_tells(words));
  world_->pay_at_till(std::move(payment), tells);
  return {};
}

// As it is now: the last one for this invoice.
Result<PaymentRequest> ScenarioStage::request_for(const std::string& invoice) {
  const auto asked = requests_.find(invoice);
  if (asked == requests_.end())
    return fail(ErrorCode::NotFound, "nobody has asked for {} at the till", invoice);
  ASSIGN_OR_RETURN(const auto request, world_->store().read([&](Tx& tx) {
    return tx.payment_requests.find(world_->creditor().id, asked->second.id);
  }));
  return *request;
}

// "request F-1 PAID"
Result<void> ScenarioStage::expect_request(Words& words) {
  ASSIGN_OR_RETURN(const std::string number, words.take("the number of an invoice"));
  ASSIGN_OR_RETURN(const std::string wanted, words.take("a state"));
  ASSIGN_OR_RETURN(const PaymentRequest request, request_for(number));
  const std::string_view state = text_of(request.state);
  if (state != wanted) return fail(ErrorCode::Conflict, "the request for {} is {}", number, state);
  return {};
}

// "place F-1 withdrawn"; what the house says of it, the till says too.
Result<void> ScenarioStage::expect_place(Words& words) {
  ASSIGN_OR_RETURN(const std::string number, words.take("the number of an invoice"));
  ASSIGN_OR_RETURN(const std::string wanted, words.take("open, unwanted or withdrawn"));
  ASSIGN_OR_RETURN(const PaymentRequest request, request_for(number));
  const std::string_view state = text_of(request.place);
  if (state != wanted)
    return fail(ErrorCode::Conflict, "the place of the request for {} is {}", number, state);
  if (world_->till().is_open(request.provider_link_id) ==
      (request.place == PlaceState::Withdrawn)) {
    return fail(ErrorCode::Conflict, "the till does not know that the place for {} is {}", number,
                state);
  }
  return {};
}

// "held P wrong_currency", "held P nothing"
Result<void> ScenarioStage::expect_held(Words& words) {
  ASSIGN_OR_RETURN(const std::string id, words.take("the payment's id"));
  ASSIGN_OR_RETURN(const std::string wanted, words.take("why, or nothing"));
  ASSIGN_OR_RETURN(const auto known, world_->store().read([&](Tx& tx) {
    return tx.provider_payments.find(world_->creditor().id, Till::kName, id);
  }));
  const std::string trouble = !known                   ? "unknown here"
                              : known->trouble.empty() ? "nothing"
                                                       : known->trouble;
  if (trouble != wanted) return fail(ErrorCode::Conflict, "payment {} is held for {}", id, trouble);
  return {};
}

}  // namespace puntual::sim
