#include "app/payments_job.h"

#include <algorithm>

#include "app/list_page.h"
#include "app/order_fields.h"
#include "base/json.h"
#include "base/whole_number.h"
#include "core/access/two_people.h"
#include "engine/assign_payment.h"
#include "engine/explain.h"
#include "engine/held_money.h"
#include "engine/note.h"
#include "engine/receipt.h"
#include "engine/refunds.h"
#include "engine/reverse_payment.h"
#include "engine/waiting_money.h"
#include "store/sql/sql_record_pages.h"

namespace puntual {
namespace {

constexpr int kPaymentsListedMax = 200;

json::value id_or_null(int64_t id) {
  return id == 0 ? json::value(nullptr) : json::value(std::to_string(id));
}

// A payment of ours by its number, one of a provider's as "wompi/13370-1795", or a request by its
// reference.
struct PaymentSubject {
  std::optional<Payment> payment;
  std::optional<store::KnownPayment> known;
  std::optional<PaymentRequest> request;
};

class PaymentsJob {
 public:
  PaymentsJob(Tx& tx, const Desk& desk, const Creditor& creditor, const json::value& asked,
              Instant now, bool needs_four_eyes)
      : tx_(tx),
        desk_(desk),
        creditor_(creditor),
        asked_(asked),
        now_(now),
        needs_four_eyes_(needs_four_eyes),
        zone_(Zone::of(creditor.zone)) {}

  Result<json::object> run() {
    RETURN_IF_ERROR(check_login("by", by()));
    const std::string action = text_in(asked_, "action");
    if (action == "list") return list();
    if (action == "unmatched") return unmatched();
    const bool is_of_refund = std::ranges::find(kRefundVerbs, action) != std::end(kRefundVerbs);
    if (!is_of_refund && action != "show" && action != "check" && action != "assign" &&
        action != "reverse" && action != "dismiss") {
      return fail(ErrorCode::Invalid,
                  "action '{}' is unknown (expected list, show, unmatched, check, assign, reverse, "
                  "refund, approve_refund, refuse_refund or dismiss)",
                  action);
    }
    ASSIGN_OR_RETURN(const PaymentSubject subject, find(text_in(asked_, "subject")));
    if (action == "check") return check(subject);
    if (action == "assign") return assign(subject);
    if (action == "reverse") return reverse(subject);
    if (is_of_refund) return refund(subject, action);
    if (action == "dismiss") return dismiss(subject);
    return whole(subject);
  }

 private:
  std::string local(Instant at) const { return format_rfc3339(at, zone_.offset_at(at)); }
  std::string by() const { return text_in(asked_, "by").empty() ? "api" : text_in(asked_, "by"); }
  bool is_possible_duplicate(const PaymentSubject& subject) const {
    return !subject.payment && subject.known &&
           subject.known->trouble == engine::kPossibleDuplicate;
  }

  // Money that a person has looked at and that the books do not have by itself: it was in them
  // already, or was none of theirs.
  bool is_dismissed(const store::KnownPayment& one) {
    if (!one.trouble.empty() || one.state != ProviderStatus::Paid) return false;
    const auto booked =
        one.payment_id ? tx_.payments.find(creditor_.id, one.payment_id) : std::nullopt;
    return !booked || booked->source != one.provider ||
           !booked->source_id.starts_with(one.provider_payment_id);
  }

  Result<PaymentSubject> find(const std::string& text) {
    PaymentSubject subject;
    if (const auto id = payments::request_id_of(text)) {
      subject.request = tx_.payment_requests.find(creditor_.id, *id);
    } else if (const auto stroke = text.find('/'); stroke != std::string::npos) {
      subject.known =
          tx_.provider_payments.find(creditor_.id, text.substr(0, stroke), text.substr(stroke + 1));
      subject.payment = tx_.payments.find_by_source(creditor_.id, text.substr(0, stroke),
                                                    text.substr(stroke + 1));
    } else if (const auto id = whole_number(text)) {
      subject.payment = tx_.payments.find(creditor_.id, PaymentId{*id});
    }
    if (subject.payment && !subject.known)
      subject.known = tx_.provider_payments.find_booked(creditor_.id, subject.payment->id);
    else if (subject.known && subject.known->payment_id)
      subject.payment = tx_.payments.find(creditor_.id, subject.known->payment_id);
    if (subject.known && !subject.request)
      subject.request = tx_.payment_requests.find(creditor_.id, subject.known->request_id);
    if (subject.payment || subject.known || subject.request) return subject;
    return fail(ErrorCode::NotFound,
                "'{}' is no payment (expected its number, a provider's as wompi/ID, or a request's "
                "reference PT-…): puntual payments list",
                text);
  }

  static json::object money_of(Money money) {
    return {{"amount_minor", money.minor}, {"currency", money.currency.code()}};
  }

  json::object payment_json(const Payment& one) {
    json::array reversals;
    for (const auto& back : tx_.payments.reversals_of(creditor_.id, one.id)) {
      reversals.push_back({{"kind", text_of(back.kind)},
                           {"amount_minor", back.amount_minor},
                           {"at", local(back.at)},
                           {"by", back.told_by},
                           {"why", back.why}});
    }
    json::array applied;
    for (const auto& part : tx_.payments.applied_of(creditor_.id, one.id)) {
      applied.push_back({{"invoice", tx_.invoices.find(creditor_.id, part.invoice_id)->number},
                         {"amount_minor", part.amount_minor}});
    }
    json::object shown = money_of(one.amount);
    shown["id"] = std::to_string(one.id.value);
    shown["debtor"] = id_or_null(one.debtor_id.value);
    shown["source"] = one.source;
    shown["source_id"] = one.source_id;
    shown["reference"] = one.reference;
    shown["method"] = one.method;
    shown["paid_on"] = format_date(one.paid_on);
    shown["unapplied_minor"] = one.unapplied_minor;
    shown["returned_minor"] = one.returned_minor;
    shown["applied"] = std::move(applied);
    shown["reversals"] = std::move(reversals);
    const auto known = tx_.provider_payments.find_booked(creditor_.id, one.id);
    shown["trouble"] = known ? known->trouble : std::string();
    return shown;
  }

  static json::object refund_json(const Refund& one, const std::string& at) {
    json::object shown = money_of(one.amount);
    shown["payment"] = std::to_string(one.payment_id.value);
    shown["state"] = text_of(one.state);
    shown["at"] = at;
    shown["by"] = one.by;
    shown["why"] = one.why;
    shown["trouble"] = one.trouble;
    shown["approved_by"] = one.approved_by;
    return shown;
  }

  json::object known_json(const store::KnownPayment& one) const {
    json::object shown = money_of(one.amount);
    shown["provider"] = one.provider;
    shown["provider_payment_id"] = one.provider_payment_id;
    shown["state"] = text_of(one.state);
    shown["refunded_minor"] = one.refunded_minor;
    shown["fee_minor"] = one.fee_minor;
    shown["method"] = one.method;
    shown["reference"] =
        one.request_id ? json::value(payments::reference_of(one.request_id)) : json::value(nullptr);
    shown["payment"] = id_or_null(one.payment_id.value);
    shown["debtor"] = id_or_null(one.debtor_id.value);
    shown["trouble"] = one.trouble;
    shown["first_seen_at"] = local(one.first_seen_at);
    shown["changed_at"] = local(one.changed_at);
    return shown;
  }

  json::object request_json(const PaymentRequest& one) const {
    json::object shown = money_of(one.amount);
    shown["reference"] = one.reference;
    shown["debtor"] = std::to_string(one.debtor_id.value);
    shown["about"] = text_of(one.about);
    shown["provider"] = one.provider;
    shown["state"] = text_of(one.state);
    shown["url"] = one.url;
    shown["place"] = text_of(one.place);
    shown["created_at"] = local(one.created_at);
    shown["expires_at"] = local(one.expires_at);
    shown["next_check_at"] =
        one.next_check_at ? json::value(local(*one.next_check_at)) : json::value(nullptr);
    shown["trouble"] = one.trouble;
    return shown;
  }

  // The money that came in, a page at a time, and with the first page what was asked for lately; of
  // one person, when a subject is named, all of both.
  Result<json::object> list() {
    json::array requests, paid, held, dismissed;
    json::value next;
    const std::string subject = text_in(asked_, "subject");
    if (subject.empty()) {
      ASSIGN_OR_RETURN(const ListPage page, ListPage::of(asked_));
      auto ids = store::RecordPages(tx_.db).payments(
          creditor_.id, false, {.before = page.before(), .limit = page.to_read()});
      next = page.keep(ids);
      for (const auto id : ids) paid.push_back(payment_json(*tx_.payments.find(creditor_.id, id)));
      if (page.is_first()) {
        for (const auto& one : tx_.payment_requests.latest(creditor_.id, kPaymentsListedMax))
          requests.push_back(request_json(one));
        // What a provider tells of and is not booked stands in no list of payments, and is money
        // all the same.
        for (const auto& one : tx_.provider_payments.in_trouble(creditor_.id, kPaymentsListedMax)) {
          if (!one.payment_id) held.push_back(known_json(one));
        }
      }
    } else {
      ASSIGN_OR_RETURN(const DebtorId debtor, engine::find_subject(tx_, creditor_, subject));
      for (const auto& one : tx_.payment_requests.of_debtor(creditor_.id, debtor))
        requests.push_back(request_json(one));
      for (const auto& one : tx_.payments.of_debtor(creditor_.id, debtor))
        paid.push_back(payment_json(one));
      for (const auto& one : tx_.provider_payments.of_debtor(creditor_.id, debtor)) {
        if (!one.payment_id && !one.trouble.empty()) held.push_back(known_json(one));
        if (is_dismissed(one)) dismissed.push_back(known_json(one));
      }
    }
    return json::object{{"payments", std::move(paid)},
                        {"requests", std::move(requests)},
                        {"held", std::move(held)},
                        {"dismissed", std::move(dismissed)},
                        {"next", std::move(next)}};
  }

  Result<json::object> unmatched() {
    const auto waiting = engine::waiting_money(tx_, creditor_.id, kPaymentsListedMax);
    json::array nobodys, credits, held, unanswered, refunds;
    for (const auto& one : waiting.nobodys) nobodys.push_back(payment_json(one));
    for (const auto& one : waiting.credits) credits.push_back(payment_json(one));
    for (const auto& one : waiting.held) held.push_back(known_json(one));
    for (const auto& one : waiting.unanswered) {
      unanswered.push_back({{"provider", one.provider},
                            {"subject", one.subject},
                            {"since", local(one.wanted_at)},
                            {"tries", one.tries},
                            {"trouble", one.trouble}});
    }
    for (const auto& one : waiting.refunds) refunds.push_back(refund_json(one, local(one.at)));
    return json::object{{"payments", std::move(nobodys)},
                        {"credits", std::move(credits)},
                        {"held", std::move(held)},
                        {"checks", std::move(unanswered)},
                        {"refunds", std::move(refunds)}};
  }

  Result<json::object> whole(const PaymentSubject& subject) {
    json::object shown;
    if (subject.payment) shown["payment"] = payment_json(*subject.payment);
    if (subject.known) shown["at_provider"] = known_json(*subject.known);
    if (subject.payment) {
      json::array refunds;
      for (const auto& one :
           store::Refunds(tx_.db, tx_.held).of_payment(creditor_.id, subject.payment->id))
        refunds.push_back(refund_json(one, local(one.at)));
      shown["refunds"] = std::move(refunds);
    }
    if (!subject.request) return shown;
    shown["request"] = request_json(*subject.request);
    json::array attempts;
    for (const auto& one : tx_.provider_payments.of_request(creditor_.id, subject.request->id))
      attempts.push_back(known_json(one));
    shown["attempts"] = std::move(attempts);
    return shown;
  }

  Result<json::object> check(const PaymentSubject& subject) {
    if (subject.known && engine::is_from_provider(subject.known->provider)) {
      tx_.provider_payments.want(creditor_.id, subject.known->provider,
                                 "payment " + subject.known->provider_payment_id, now_);
    } else if (subject.request) {
      PaymentRequest request = *subject.request;
      tx_.debtors.hold(creditor_.id, {request.debtor_id});
      request.next_check_at = now_;
      tx_.payment_requests.save(request);
    } else {
      return fail(ErrorCode::Invalid, "it came from no provider: there is nobody to ask");
    }
    return whole(subject);
  }

  // "shares": [{"invoice","amount_minor"}]; without an amount: all that is left of the payment, as
  // far as the invoice owes it. What is held may have none: it is other money, which pays what the
  // person owes, and the rest is theirs.
  Result<json::object> assign(PaymentSubject subject) {
    const bool is_held = is_possible_duplicate(subject);
    const auto* parts = member_array(asked_, "shares");
    const size_t count = parts == nullptr ? 0 : parts->size();
    if (text_in(asked_, "why").empty())
      return fail(ErrorCode::Invalid, "why is missing: the books keep it");
    if (is_held) {  // It is not what stands in the books: it is booked, and then assigned.
      ASSIGN_OR_RETURN(subject.payment,
                       engine::book_as_other(
                           tx_, desk_, creditor_, *subject.known,
                           count == 1 ? text_in(parts->front(), "invoice") : std::string(), now_));
      subject.known = tx_.provider_payments.find(creditor_.id, subject.known->provider,
                                                 subject.known->provider_payment_id);
    }
    if (!subject.payment) return fail(ErrorCode::NotFound, "nothing is booked of it yet");
    if (is_held && count == 0) return payment_json(*subject.payment);
    if (count == 0)
      return fail(ErrorCode::Invalid,
                  "shares are missing: which invoices it pays, and how much of each");
    AssignOrder order{
        .payment_id = subject.payment->id, .shares = {}, .by = by(), .why = text_in(asked_, "why")};
    const auto applied = tx_.payments.applied_of(
        creditor_.id, subject.payment->id);  // Taken back before it is shared anew.
    int64_t left = subject.payment->amount.minor - subject.payment->returned_minor;
    for (const auto& part : *parts) {
      const std::string number = text_in(part, "invoice");
      const auto invoice = tx_.invoices.find_by_number(creditor_.id, number);
      if (!invoice) return fail(ErrorCode::NotFound, "no existe la factura '{}'", number);
      const auto of_it =
          std::ranges::find(applied, invoice->id, &store::Payments::Applied::invoice_id);
      const int64_t owed =
          invoice->balance_minor + (of_it == applied.end() ? 0 : of_it->amount_minor);
      // Paid by what it was taken for: paid twice, so that all of this is theirs.
      if (is_held && count == 1 && owed == 0) return payment_json(*subject.payment);
      order.shares.push_back(
          {.invoice = number,
           .amount_minor = member_int(part, "amount_minor").value_or(std::min(left, owed))});
      left -= std::min(left, order.shares.back().amount_minor);
    }
    ASSIGN_OR_RETURN(const Payment assigned,
                     engine::assign_payment(tx_, desk_, creditor_, order, now_));
    if (subject.known && !subject.known->trouble.empty()) {
      // Whose it is has been said by a person: nothing of it waits for one any more.
      store::KnownPayment known = *subject.known;
      known.debtor_id = assigned.debtor_id;
      known.trouble.clear();
      known.changed_at = now_;
      tx_.provider_payments.save(known);
    }
    return payment_json(assigned);
  }

  Result<json::object> reverse(const PaymentSubject& subject) {
    if (!subject.payment) return fail(ErrorCode::NotFound, "nothing is booked of it yet");
    const std::string why = text_in(asked_, "why"), kind_text = text_in(asked_, "kind").empty()
                                                                    ? "correction"
                                                                    : text_in(asked_, "kind");
    const auto kind = reversal_kind_of(kind_text);
    if (!kind || *kind == ReversalKind::Reassigned)
      return fail(
          ErrorCode::Invalid,
          "kind '{}' (expected void, refund, chargeback, returned, correction or reinstated)",
          kind_text);
    if (why.empty()) return fail(ErrorCode::Invalid, "why is missing: the books keep it");
    if (!takes_away(*kind) && subject.known && !payments::is_money(subject.known->state))
      return fail(ErrorCode::Conflict,
                  "{} dice que esa plata ya no está ({}): si volvió, que lo diga el proveedor "
                  "(puntual payments check)",
                  subject.known->provider, text_of(subject.known->state));
    const int64_t returned = subject.payment->returned_minor,
                  most = takes_away(*kind) ? subject.payment->amount.minor - returned : returned;
    const int64_t amount = member_int(asked_, "amount_minor").value_or(most);
    const std::string id = text_in(asked_, "id").empty()
                               ? fmt::format("{} {} {}", by(), kind_text, now_.ms)
                               : text_in(asked_, "id");
    ASSIGN_OR_RETURN(const Reversed done,
                     engine::reverse_payment(tx_, desk_, creditor_,
                                             {.payment_id = subject.payment->id,
                                              .kind = *kind,
                                              .amount_minor = amount,
                                              .source_id = id,
                                              .by = by(),
                                              .why = why,
                                              .is_by_hand = true},
                                             now_));
    json::object shown = payment_json(*tx_.payments.find(creditor_.id, subject.payment->id));
    shown["new"] = done.is_new;
    shown["raised_minor"] = done.raised_minor;
    return shown;
  }

  // Through the provider that brought it; the books follow what it says.
  Result<json::object> refund(const PaymentSubject& subject, std::string_view action) {
    if (!subject.payment) return fail(ErrorCode::NotFound, "nothing is booked of it yet");
    if (action == "approve_refund")
      RETURN_IF_ERROR(
          engine::approve_refund(tx_, desk_, creditor_, subject.payment->id, by(), now_));
    if (action == "refuse_refund")
      RETURN_IF_ERROR(engine::refuse_refund(tx_, creditor_, subject.payment->id, by(), now_));
    if (action != "refund") return whole(subject);
    RETURN_IF_ERROR(engine::order_refund(tx_, desk_, creditor_,
                                         {.payment_id = subject.payment->id,
                                          .amount_minor = member_int(asked_, "amount_minor"),
                                          .by = by(),
                                          .why = text_in(asked_, "why"),
                                          .needs_approval = needs_four_eyes_},
                                         now_));
    return whole(subject);
  }

  // A person has looked, and what was held is as it should be.
  Result<json::object> dismiss(const PaymentSubject& subject) {
    if (subject.payment && engine::give_up_refund(tx_, creditor_, *subject.payment, by(), now_))
      return whole(subject);
    if (!subject.known || subject.known->trouble.empty())
      return fail(ErrorCode::Conflict, "nothing of it waits for a person");
    store::KnownPayment known = *subject.known;
    tx_.debtors.hold(creditor_.id, {known.debtor_id});
    if (is_possible_duplicate(subject)) {
      ASSIGN_OR_RETURN(known, engine::take_as_same(tx_, creditor_, known, now_));
      engine::note(tx_, creditor_.id, known.debtor_id, now_, "payment_dismissed",
                   fmt::format("{} by {}", engine::kPossibleDuplicate, by()));
      return known_json(known);
    }
    engine::note(tx_, creditor_.id, known.debtor_id, now_, "payment_dismissed",
                 fmt::format("{} by {}", known.trouble, by()));
    known.trouble.clear();
    known.changed_at = now_;
    tx_.provider_payments.save(known);
    return known_json(known);
  }

  Tx& tx_;
  const Desk& desk_;
  const Creditor& creditor_;
  const json::value& asked_;
  Instant now_;
  bool needs_four_eyes_;
  Zone zone_;
};

}  // namespace

Result<std::string> run_payments_job(Store& store, const Desk& desk, const Creditor& creditor,
                                     std::string_view body, Instant now,
                                     const PaymentsAsker& asker) {
  ASSIGN_OR_RETURN(const json::value asked, parse_json(body));
  const std::string action = text_in(asked, "action");
  if (action == "reverse" && text_in(asked, "kind") == text_of(ReversalKind::Reinstated))
    RETURN_IF_ERROR(access::may_take_debt_away(asker.by, asker.needs_four_eyes));
  if (action == "approve_refund" || (action == "refund" && asker.needs_four_eyes))
    RETURN_IF_ERROR(access::may_be_one_of_two(asker.by, asker.needs_four_eyes));
  const auto run = [&](Tx& tx) {
    return PaymentsJob(tx, desk, creditor, asked, now, asker.needs_four_eyes).run();
  };
  const bool only_reads = action == "list" || action == "show" || action == "unmatched";
  ASSIGN_OR_RETURN(const json::object answer, only_reads ? store.read(run) : store.write(run));
  return to_json(answer);
}

Result<std::string> receipt_pdf(Store& store, const Desk& desk, const Creditor& creditor,
                                PaymentId id, Instant now) {
  ASSIGN_OR_RETURN(const Receipt receipt, store.read([&](Tx& tx) {
    return engine::receipt_of(tx, desk, creditor, id, now);
  }));
  return desk.print_receipt(receipt);
}

}  // namespace puntual
