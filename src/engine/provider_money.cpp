#include "engine/provider_money.h"

#include <algorithm>
#include <array>
#include <span>

#include "base/locale.h"
#include "engine/assign_payment.h"
#include "engine/contact_facts.h"
#include "engine/held_money.h"
#include "engine/note.h"
#include "engine/refunds.h"
#include "engine/reverse_payment.h"
#include "engine/settle_payments.h"
#include "engine/suspend.h"

namespace puntual::engine {
namespace {

constexpr int64_t kUnderWayMs =
    2 * kDayMs;  // So long nobody is reminded while their payment is under way;
constexpr int64_t kUnderWayLeftMs = kDayMs;  // said again when less of it is left.

// What a request has come to is the best of its payments: one that failed is followed by one that
// does not.
constexpr std::array kBestLast = {
    ProviderStatus::Created,           ProviderStatus::Failed,     ProviderStatus::Cancelled,
    ProviderStatus::Expired,           ProviderStatus::Pending,    ProviderStatus::Voided,
    ProviderStatus::Refunded,          ProviderStatus::Chargeback, ProviderStatus::Disputed,
    ProviderStatus::PartiallyRefunded, ProviderStatus::Paid};

size_t rank_of(ProviderStatus status) {
  return static_cast<size_t>(std::ranges::find(kBestLast, status) - kBestLast.begin());
}

// Whom a payment is of, and how that is known (payments contract 14, ranks 1 and 2). Anything less
// sure is a person's to say.
struct Match {
  std::optional<PaymentRequest> request;
  std::optional<Invoice> invoice;  // That it names, or that the request is about.
  DebtorId debtor_id;
  Currency currency;  // Of what is owed.
  std::string_view rule = "nobody";
};

Match match_of(Tx& tx, CreditorId creditor, std::string_view provider,
               const ProviderPayment& payment, PaymentRequestId known,
               const std::optional<PaymentRequest>& asked) {
  Match match;
  const auto is_request = [&](std::optional<PaymentRequest> request, std::string_view rule) {
    if (!request || request->provider != provider) return false;
    match.request = std::move(request);
    match.rule = rule;
    return true;
  };
  const auto named = payments::request_id_of(payment.reference);
  if (is_request(known ? tx.payment_requests.find(creditor, known) : std::nullopt, "request") ||
      is_request(tx.payment_requests.find_by_place(creditor, provider, payment.provider_link_id),
                 "place") ||
      is_request(named ? tx.payment_requests.find(creditor, *named) : std::nullopt, "reference") ||
      is_request(asked, "asked")) {
    const PaymentRequest& request = *match.request;
    match.debtor_id = request.debtor_id;
    match.currency = request.amount.currency;
    if (request.about.kind == PayAboutKind::Invoice)
      match.invoice = tx.invoices.find(creditor, InvoiceId{request.about.id});
    return match;
  }
  match.invoice = payment.reference.empty()
                      ? std::nullopt
                      : tx.invoices.find_by_number(creditor, payment.reference);
  if (match.invoice) {
    match.debtor_id = match.invoice->debtor_id;
    match.currency = match.invoice->amount.currency;
    match.rule = "invoice";
  }
  return match;
}

int64_t given_back(ProviderStatus state, const ProviderPayment& payment) {
  using enum ProviderStatus;
  if (state == Voided || state == Refunded || state == Chargeback) return payment.amount.minor;
  return std::clamp<int64_t>(payment.refunded_minor, 0, payment.amount.minor);
}

// As it was told before.
int64_t given_back(const store::KnownPayment& known) {
  return known.state == ProviderStatus::Refunded ? known.amount.minor : known.refunded_minor;
}

// One payment, on its way into the books.
class MoneyIn {
 public:
  MoneyIn(Tx& tx, const Desk& desk, const Creditor& creditor, const ProviderPayment& payment,
          Match match, store::KnownPayment known, Instant now)
      : tx_(tx),
        desk_(desk),
        creditor_(creditor),
        payment_(payment),
        match_(std::move(match)),
        known_(std::move(known)),
        now_(now) {}

  HeardMoney hear() {
    const store::KnownPayment before = known_;
    known_.state = payments::after(known_.state, payment_.status,
                                   given_back(payment_.status, payment_) < given_back(known_));
    known_.fee_minor = payment_.fee_minor;
    known_.method = payment_.method;
    known_.request_id = match_.request ? match_.request->id : PaymentRequestId{};
    known_.debtor_id = match_.debtor_id;
    HeardMoney heard;
    if (!payment_.is_ours) {
      known_.trouble = payment_.trouble.empty() ? "foreign_account" : payment_.trouble;
    } else if (known_.payment_id) {
      heard.is_reversed = follow();
    } else {
      known_.amount = payment_.amount;
      known_.refunded_minor = 0;
      known_.trouble.clear();
      if (payments::is_money(known_.state)) {
        heard.is_booked = book();
        heard.is_reversed = known_.payment_id && follow();
      }
    }
    if (match_.debtor_id && payment_.is_ours) suspend_or_go_on(before);
    if (match_.debtor_id && known_.trouble != before.trouble && !known_.trouble.empty())
      ask_person();
    heard.is_held = !known_.trouble.empty();
    heard.is_followed = payments::is_final(known_.state) || match_.request.has_value();
    note_change(before);
    return heard;
  }
  [[nodiscard]] const store::KnownPayment& known() const { return known_; }

 private:
  bool book() {
    if (payment_.amount.currency == Currency()) {
      known_.trouble = "unknown_currency";
      return false;
    }
    if (!is_compared_)
      known_.paid_at =
          std::min(payment_.paid_at.value_or(now_), now_);  // Their clock may be ahead of ours.
    if (const PaymentId same = booked_by_other_name()) {
      known_.payment_id = same;
      return false;
    }
    if (twin_of(tx_, creditor_, known_)) {
      known_.trouble = kPossibleDuplicate;
      return false;
    }
    const bool is_foreign = match_.debtor_id && payment_.amount.currency != match_.currency;
    const PaymentInput input{.source = known_.provider,
                             .source_id = known_.provider_payment_id,
                             .reference = is_foreign         ? std::string()
                                          : match_.invoice   ? match_.invoice->number
                                          : match_.debtor_id ? std::string()
                                                             : payment_.reference,
                             .debtor_id = match_.debtor_id,
                             .amount = payment_.amount,
                             .method = payment_.method,
                             .paid_on = Zone::of(creditor_.zone).local(known_.paid_at).date,
                             .paid_at = known_.paid_at};
    const auto settled = record_payment(tx_, desk_, creditor_, input, now_);
    if (!settled) {
      known_.trouble = "not_booked";
      return false;
    }
    known_.payment_id = settled->payment.id;
    if (is_foreign)
      known_.trouble = "wrong_currency";
    else if (!match_.debtor_id)
      known_.trouble = "unknown_reference";
    return settled->is_new;
  }

  // A place may name its payments itself ("ORD1:PAY1"), and a number of its own that says nothing
  // of the place ("777") be told of the same one. As many as the place names are as many payments.
  [[nodiscard]] PaymentId booked_by_other_name() const {
    if (!match_.request || match_.request->provider_link_id.empty()) return {};
    const auto is_named_by_place = [place = match_.request->provider_link_id +
                                            ":"](const store::KnownPayment& one) {
      return one.provider_payment_id.starts_with(place);
    };
    const bool is_ours_so = is_named_by_place(known_);
    const auto all = tx_.provider_payments.of_request(creditor_.id, match_.request->id);
    for (const auto& one : all) {
      if (!one.payment_id || one.amount != payment_.amount || is_named_by_place(one) == is_ours_so)
        continue;
      const bool is_taken = std::ranges::any_of(all, [&](const auto& other) {
        return other.payment_id == one.payment_id && is_named_by_place(other) == is_ours_so;
      });
      if (!is_taken) return one.payment_id;
    }
    return {};
  }

  // Booked as nobody's, as its notice named nothing, and the place at which it was paid is known by
  // now. What that place was for is paid by it; where nothing of it is owed any more, a person says
  // whose it is.
  void adopt() {
    const auto payment = tx_.payments.find(creditor_.id, known_.payment_id);
    if (payment->debtor_id || !match_.debtor_id || payment->amount.currency != match_.currency)
      return;
    AssignOrder order{.payment_id = payment->id,
                      .shares = {},
                      .by = known_.provider,
                      .why = fmt::format("found by {}", match_.rule)};
    int64_t left = payment->unapplied_minor;
    const auto add = [&](const Invoice& invoice) {
      const int64_t takes =
          std::min(left, ledger::can_take(tx_.invoices.balance_of(creditor_.id, invoice.id)));
      if (takes <= 0 || invoice.amount.currency != payment->amount.currency) return;
      order.shares.push_back({invoice.number, takes});
      left -= takes;
    };
    if (match_.invoice) {
      add(*match_.invoice);
    } else {
      for (const auto& one : tx_.invoices.open_of(creditor_.id, match_.debtor_id)) add(one);
    }
    if (order.shares.empty()) return;
    if (!assign_payment(tx_, desk_, creditor_, order, now_)) return;
    known_.trouble.clear();
    if (left > 0)
      raise_task(tx_, creditor_.id, match_.debtor_id, store::TaskKind::ExtraPayment,
                 fmt::format("De un pago de {} por {} sobran {}: quedan a favor de la persona.",
                             shown(payment->amount), known_.provider,
                             shown({left, payment->amount.currency})),
                 now_);
  }

  // What has become of money that is booked: some of it, or all, has been given back, or come back
  // after all.
  bool follow() {
    if (payment_.amount != known_.amount) {
      known_.trouble =
          "amount_changed";  // Never by itself: what a person booked by it is theirs to change.
      return false;
    }
    // What the two said of it otherwise is over; whom it is of, or in which money, stays as a
    // person left it.
    if (known_.trouble == "unknown_reference")
      adopt();
    else if (known_.trouble != "wrong_currency")
      known_.trouble.clear();
    const int64_t back = given_back(known_.state, payment_);
    if (back == known_.refunded_minor) return false;
    const bool is_less = back < known_.refunded_minor;
    // A person may have told of it before the provider did.
    const int64_t returned = tx_.payments.find(creditor_.id, known_.payment_id)->returned_minor;
    const bool is_twice = !is_less && returned > known_.refunded_minor &&
                          awaited_refund(tx_, creditor_, known_).has_value();
    const int64_t amount =
        is_less ? std::min(known_.refunded_minor - back, returned) : back - returned;
    if (amount > 0) {
      const auto kind = is_less                                      ? ReversalKind::Reinstated
                        : known_.state == ProviderStatus::Voided     ? ReversalKind::Void
                        : known_.state == ProviderStatus::Chargeback ? ReversalKind::Chargeback
                                                                     : ReversalKind::Refund;
      const auto reversed =
          reverse_payment(tx_, desk_, creditor_,
                          {.payment_id = known_.payment_id,
                           .kind = kind,
                           .amount_minor = amount,
                           .source_id = fmt::format("{} {} {}", text_of(kind), back, now_.ms),
                           .by = known_.provider,
                           .why = {}},
                          now_);
      if (!reversed) {
        known_.trouble = "not_reversed";
        return false;
      }
    }
    if (is_twice) {
      raise_task(tx_, creditor_.id, match_.debtor_id, store::TaskKind::MoneyHeld,
                 fmt::format(
                     "{} devolvió {}, como se le pidió, y del mismo pago ya se habían anotado {} "
                     "como devueltos de otro modo: mire si el dinero salió dos veces.",
                     known_.provider, shown({back - known_.refunded_minor, known_.amount.currency}),
                     shown({returned - known_.refunded_minor, known_.amount.currency})),
                 now_);
    }
    known_.refunded_minor = back;
    if (is_less) refunds_failed(tx_, creditor_, known_, now_);
    return amount > 0;
  }

  [[nodiscard]] const store::Suspension* ours_of(std::span<const store::Suspension> active,
                                                 store::SuspensionKind kind) const {
    const auto found = std::ranges::find_if(active, [&](const store::Suspension& one) {
      return one.kind == kind && one.through == known_.provider;
    });
    return found == active.end() ? nullptr : &*found;
  }

  // Nobody is reminded while their payment is under way, nor while their bank and the provider
  // argue about it.
  void suspend_or_go_on(const store::KnownPayment& before) {
    using enum ProviderStatus;
    using store::SuspensionKind;
    const auto active = tx_.suspensions.active(creditor_.id, match_.debtor_id, now_);
    const auto* const waiting = ours_of(active, SuspensionKind::Claim);
    if (known_.state == Pending &&
        (waiting == nullptr || *waiting->until - now_ < kUnderWayLeftMs)) {
      suspend(tx_, creditor_.id, match_.debtor_id,
              {.kind = SuspensionKind::Claim,
               .since = now_,
               .until = now_ + kUnderWayMs,
               .through = known_.provider},
              now_);
    } else if (payments::is_final(known_.state) && before.state == Pending && waiting != nullptr) {
      (void)end_suspension(tx_, creditor_.id, match_.debtor_id, SuspensionKind::Claim,
                           known_.provider, now_);
    }
    if (known_.state == Disputed && before.state != Disputed) {
      suspend(tx_, creditor_.id, match_.debtor_id,
              {.kind = SuspensionKind::Reversal,
               .since = now_,
               .until = {},
               .through = known_.provider},
              now_);
      raise_task(
          tx_, creditor_.id, match_.debtor_id, store::TaskKind::PaymentReversed,
          fmt::format("Quien pagó {0} por {1} le pidió a su banco que se lo devuelva. Responda en "
                      "{1} con las pruebas; el pago sigue aplicado mientras tanto.",
                      shown(known_.amount), known_.provider),
          now_);
    } else if (before.state == Disputed && known_.state != Disputed &&
               payments::is_money(known_.state) &&
               ours_of(active, SuspensionKind::Reversal) != nullptr) {
      (void)end_suspension(tx_, creditor_.id, match_.debtor_id, SuspensionKind::Reversal,
                           known_.provider, now_);
    }
  }

  void ask_person() {
    if (known_.trouble == kPossibleDuplicate) {
      return hold_duplicate(tx_, creditor_, known_, *twin_of(tx_, creditor_, known_), now_);
    }
    raise_task(
        tx_, creditor_.id, match_.debtor_id, store::TaskKind::MoneyHeld,
        fmt::format("{}: {} que una persona debe revisar ({}). Vea «puntual payments unmatched».",
                    known_.provider, shown(payment_.amount), known_.trouble),
        now_);
  }

  std::string shown(const Money& money) const { return format_money(money, creditor_.locale); }

  void note_change(const store::KnownPayment& before) {
    if (before.state == known_.state && before.trouble == known_.trouble &&
        before.refunded_minor == known_.refunded_minor)
      return;
    tx_.timeline.append(
        {.creditor_id = creditor_.id,
         .debtor_id = match_.debtor_id,
         .at = now_,
         .kind = "provider_payment",
         .payment_id = known_.payment_id,
         .detail = fmt::format("{} {} {} by {}{}{}", known_.provider, text_of(known_.state),
                               format_plain(payment_.amount), match_.rule,
                               known_.trouble.empty() ? "" : ": ", known_.trouble)},
        tx_.ids);
    known_.changed_at = now_;
  }

  Tx& tx_;
  const Desk& desk_;
  const Creditor& creditor_;
  const ProviderPayment& payment_;
  Match match_;
  store::KnownPayment known_;
  Instant now_;
  const bool is_compared_ =
      known_.trouble ==
      kPossibleDuplicate;  // With the bank's: the day stays that of the first time.
};

}  // namespace

HeardMoney hear_money(Tx& tx, const Desk& desk, const Creditor& creditor, std::string_view provider,
                      const ProviderPayment& payment, const std::optional<PaymentRequest>& asked,
                      Instant now) {
  auto known = tx.provider_payments.find(creditor.id, provider, payment.id);
  Match match = match_of(tx, creditor.id, provider, payment,
                         known ? known->request_id : PaymentRequestId{}, asked);
  tx.debtors.hold(creditor.id, {match.debtor_id});
  known = tx.provider_payments.find(creditor.id, provider,
                                    payment.id);  // As it is now that nobody else can change it.
  // What a person has said of it since stands before what it says itself.
  if (const auto booked = known ? tx.payments.find(creditor.id, known->payment_id) : std::nullopt;
      booked && booked->debtor_id && booked->debtor_id != match.debtor_id) {
    match.debtor_id = booked->debtor_id;
    tx.debtors.hold(creditor.id, {match.debtor_id});
  }
  store::KnownPayment before = known.value_or(store::KnownPayment{.creditor_id = creditor.id,
                                                                  .provider = std::string(provider),
                                                                  .provider_payment_id = payment.id,
                                                                  .state = ProviderStatus::Created,
                                                                  .amount = payment.amount,
                                                                  .first_seen_at = now,
                                                                  .changed_at = now});
  auto request = match.request;
  MoneyIn money(tx, desk, creditor, payment, std::move(match), std::move(before), now);
  const HeardMoney heard = money.hear();
  tx.provider_payments.save(money.known());
  if (request) weigh_request(tx, *request, now);
  return heard;
}

// Money of another account, or of a test: what is ours is booked, or waits for it by name. So also
// once a person has looked at it and put it aside.
static bool is_of_others(const store::KnownPayment& one) {
  return payments::is_money(one.state) && !one.payment_id &&
         (one.trouble.empty() || one.trouble == "foreign_account" ||
          one.trouble == "wrong_environment");
}

void weigh_request(Tx& tx, PaymentRequest& request, Instant now) {
  ProviderStatus best = ProviderStatus::Created;
  for (const auto& one : tx.provider_payments.of_request(request.creditor_id, request.id)) {
    if (!is_of_others(one) && rank_of(one.state) > rank_of(best)) best = one.state;
  }
  if (rank_of(best) < rank_of(ProviderStatus::Expired) && request.expires_at <= now)
    best = ProviderStatus::Expired;
  // What could not even be made stays so until something is paid there.
  if (best == ProviderStatus::Created && request.state == ProviderStatus::Failed)
    best = ProviderStatus::Failed;
  if (best == request.state) return;
  request.state = best;
  tx.payment_requests.save(request);
}

}  // namespace puntual::engine
