#include "engine/refunds.h"

#include <algorithm>

#include "base/locale.h"
#include "engine/dispatch_outbox.h"
#include "engine/note.h"
#include "engine/two_people.h"

namespace puntual::engine {
namespace {

constexpr int kRefundsAtOnce = 4;
constexpr int64_t kRefundAgainMs = 2 * kSecondMs, kRefundAgainMaxMs = kHourMs;
constexpr int64_t kUnconfirmedMs =
    3 * kDayMs;  // A provider shows what it gave back within minutes; over a weekend at the latest.

// Not yet seen in the provider's own books.
bool is_under_way(const Refund& order, const store::KnownPayment& known) {
  return order.state != RefundState::Refused &&
         known.refunded_minor < order.before_minor + order.amount.minor;
}

Result<void> check_refund(const Desk& desk, const store::KnownPayment& known,
                          const Payment& payment, int64_t minor) {
  const auto provider = desk.providers.find(known.provider);
  if (provider == desk.providers.end())
    return fail(
        ErrorCode::Invalid,
        "'{}' is no payment provider of this house any more: write it into [payments] providers",
        known.provider);
  const ProviderTraits& traits = provider->second->traits();
  if (traits.gives_back == GivesBack::Nothing) {
    return fail(ErrorCode::Invalid,
                "{} gives no money back through its API: do it in its panel, and tell the books "
                "with puntual payments reverse",
                traits.title);
  }
  const int64_t left = payment.amount.minor - payment.returned_minor;
  if (minor <= 0 || minor > left) {
    return fail(ErrorCode::Conflict,
                "of payment {} {} are left: give more than zero and no more than that",
                payment.id.value, format_plain({left, payment.amount.currency}));
  }
  if (payment.returned_minor > known.refunded_minor) {
    return fail(
        ErrorCode::Conflict,
        "of payment {} {} were taken back by hand, of which {} does not know: give the rest back "
        "by hand as well",
        payment.id.value,
        format_plain({payment.returned_minor - known.refunded_minor, payment.amount.currency}),
        traits.title);
  }
  if (traits.gives_back == GivesBack::Whole && minor != payment.amount.minor) {
    return fail(
        ErrorCode::Invalid,
        "{} gives a payment back whole or not at all: leave the amount out, or do it in its panel",
        traits.title);
  }
  return {};
}

// What was right when it was ordered: the bank may have taken the money back since. What the
// provider has done is no matter of this.
Result<void> check_again(Tx& tx, const Desk& desk, const Creditor& creditor, const Refund& order) {
  const auto known = tx.provider_payments.find_booked(creditor.id, order.payment_id);
  const auto payment = tx.payments.find(creditor.id, order.payment_id);
  if (!known || !payment || !is_under_way(order, *known) ||
      !desk.providers.contains(order.provider))
    return {};
  return check_refund(desk, *known, *payment, order.amount.minor);
}

void note_order(Tx& tx, const Refund& order, std::string_view what, std::string_view by,
                Instant now) {
  tx.timeline.append(
      {.creditor_id = order.creditor_id,
       .debtor_id = order.debtor_id,
       .at = now,
       .kind = fmt::format("refund_{}", what),
       .payment_id = order.payment_id,
       .detail = fmt::format("{} {} by {}", order.provider, format_plain(order.amount), by)},
      tx.ids);
}

// What the provider has answered, or why it has not been asked.
Result<void> ask_provider(const Desk& desk, const Refund& order) {
  const auto provider = desk.providers.find(order.provider);
  if (provider == desk.providers.end())
    return fail(ErrorCode::Forbidden, "'{}' is no payment provider of this house", order.provider);
  // An answer that was lost may have been a yes.
  ASSIGN_OR_RETURN(const auto payments,
                   provider->second->look_up({.provider_payment_id = order.provider_payment_id,
                                              .provider_link_id = {},
                                              .reference = {}}));
  const auto known = std::ranges::find(payments, order.provider_payment_id, &ProviderPayment::id);
  if (known != payments.end() && known->refunded_minor >= order.before_minor + order.amount.minor)
    return {};
  return provider->second->give_back({.key = fmt::format("refund-{}", order.id),
                                      .provider_payment_id = order.provider_payment_id,
                                      .amount = order.amount});
}

void refund_told(Tx& tx, const Creditor& creditor, int64_t id, const Result<void>& told,
                 Instant now, RefundsReport& report) {
  store::Refunds refunds(tx.db, tx.held);
  Refund order = *refunds.find(creditor.id, id);
  tx.debtors.hold(creditor.id, {order.debtor_id});
  order = *refunds.find(creditor.id, id);  // As it is now that nobody else can change it.
  if (order.state != RefundState::Wanted) return;
  const bool is_spent =
      !told &&
      told.error().code == ErrorCode::Conflict;  // Our own books: the provider was not asked.
  order.trouble = told       ? std::string()
                  : is_spent ? "de ese pago ya no queda tanto en los libros"
                             : told.error().message;
  const bool is_final = told || told.error().code == ErrorCode::Invalid ||
                        told.error().code == ErrorCode::NotFound ||
                        told.error().code == ErrorCode::Conflict;
  if (!is_final) {
    ++report.failed;
    order.next_try_at =
        now + std::min(kRefundAgainMs << std::min(order.tries, 20), kRefundAgainMaxMs);
    ++order.tries;
    return refunds.save(order);
  }
  ++(told ? report.given : report.refused);
  order.state = told ? RefundState::Given : RefundState::Refused;
  if (told)
    order.next_try_at = now + kUnconfirmedMs;
  else
    order.next_try_at.reset();
  refunds.save(order);
  tx.timeline.append({.creditor_id = creditor.id,
                      .debtor_id = order.debtor_id,
                      .at = now,
                      .kind = fmt::format("refund_{}", text_of(order.state)),
                      .payment_id = order.payment_id,
                      .detail = fmt::format("{} {}", order.provider, format_plain(order.amount))},
                     tx.ids);
  if (told)
    return tx.provider_payments.want(creditor.id, order.provider,
                                     "payment " + order.provider_payment_id, now);
  raise_task(
      tx, creditor.id, order.debtor_id, store::TaskKind::MoneyHeld,
      fmt::format(
          "{} no devolvió {} como pidió {}: «{}». Hágalo en su panel, y anótelo en el pago.",
          order.provider, format_money(order.amount, creditor.locale), order.by, order.trouble),
      now);
}

// Its time to show up in the provider's books is over: a person looks there.
void check_given(Tx& tx, const Creditor& creditor, int64_t id, Instant now) {
  store::Refunds refunds(tx.db, tx.held);
  Refund order = *refunds.find(creditor.id, id);
  tx.debtors.hold(creditor.id, {order.debtor_id});
  order = *refunds.find(creditor.id, id);
  if (order.state != RefundState::Given || !order.next_try_at) return;
  order.next_try_at.reset();
  const auto known = tx.provider_payments.find_booked(creditor.id, order.payment_id);
  const bool is_unconfirmed = known && is_under_way(order, *known);
  if (is_unconfirmed) order.trouble = "el proveedor la aceptó, y sus libros no la muestran";
  refunds.save(order);
  if (!is_unconfirmed) return;
  raise_task(
      tx, creditor.id, order.debtor_id, store::TaskKind::MoneyHeld,
      fmt::format(
          "Reembolso sin confirmar: {} aceptó devolver {}, como pidió {}, y en tres días no lo "
          "muestra. Mire en su panel: si el dinero se devolvió, anótelo en el pago "
          "como devuelto a mano; si no se devolvió, descarte el reembolso y pídalo otra vez.",
          order.provider, format_money(order.amount, creditor.locale), order.by),
      now);
}

}  // namespace

Result<Refund> order_refund(Tx& tx, const Desk& desk, const Creditor& creditor,
                            const RefundDeed& deed, Instant now) {
  if (deed.why.empty()) return fail(ErrorCode::Invalid, "why is missing: the books keep it");
  auto payment = tx.payments.find(creditor.id, deed.payment_id);
  if (!payment)
    return fail(ErrorCode::NotFound, "payment {} does not exist", deed.payment_id.value);
  tx.debtors.hold(creditor.id, {payment->debtor_id});
  payment = tx.payments.find(creditor.id, deed.payment_id);
  const auto known = tx.provider_payments.find_booked(creditor.id, payment->id);
  if (!known)
    return fail(ErrorCode::Invalid,
                "payment {} came through no provider: give it back by hand, and tell the books "
                "with puntual payments reverse",
                payment->id.value);
  const int64_t minor = deed.amount_minor.value_or(payment->amount.minor - payment->returned_minor);
  RETURN_IF_ERROR(check_refund(desk, *known, *payment, minor));
  store::Refunds refunds(tx.db, tx.held);
  const auto earlier = refunds.of_payment(creditor.id, payment->id);
  const auto other =
      std::ranges::find_if(earlier, [&](const Refund& one) { return is_under_way(one, *known); });
  if (other != earlier.end() && other->state == RefundState::Requested) {
    return fail(ErrorCode::Conflict,
                "a refund of payment {} waits for approval, asked for by {}: approve it, or refuse "
                "it first (refuse_refund; in the page: Pagos, Por decidir)",
                payment->id.value, other->by);
  }
  if (other != earlier.end()) {
    return fail(ErrorCode::Conflict,
                "a refund of payment {} is under way at {}: wait until its books show it (puntual "
                "payments check); after three days without it a task says what to do",
                payment->id.value, known->provider);
  }
  const Refund order{.id = tx.ids.next<PaymentId>(now).value,
                     .creditor_id = creditor.id,
                     .debtor_id = payment->debtor_id,
                     .payment_id = payment->id,
                     .provider = known->provider,
                     .provider_payment_id = known->provider_payment_id,
                     .amount = {minor, payment->amount.currency},
                     .before_minor = known->refunded_minor,
                     .at = now,
                     .by = deed.by,
                     .why = deed.why,
                     .state = deed.needs_approval ? RefundState::Requested : RefundState::Wanted,
                     .next_try_at = deed.needs_approval ? std::optional<Instant>() : now};
  refunds.add(order);
  note_order(tx, order, text_of(order.state), order.by, now);
  return order;
}

namespace {

// The order that waits for a second person; theirs is held from here on.
Result<Refund> requested_of(Tx& tx, const Creditor& creditor, PaymentId id) {
  const auto payment = tx.payments.find(creditor.id, id);
  if (!payment) return fail(ErrorCode::NotFound, "payment {} does not exist", id.value);
  tx.debtors.hold(creditor.id, {payment->debtor_id});
  auto orders = store::Refunds(tx.db, tx.held).of_payment(creditor.id, id);
  const auto waiting = std::ranges::find(orders, RefundState::Requested, &Refund::state);
  if (waiting == orders.end())
    return fail(ErrorCode::NotFound, "no refund of payment {} waits for approval", id.value);
  return std::move(*waiting);
}

}  // namespace

Result<Refund> approve_refund(Tx& tx, const Desk& desk, const Creditor& creditor, PaymentId id,
                              const std::string& by, Instant now) {
  ASSIGN_OR_RETURN(Refund order, requested_of(tx, creditor, id));
  RETURN_IF_ERROR(are_two_people(tx, creditor, order.by, by, now));
  RETURN_IF_ERROR(check_again(tx, desk, creditor, order));
  order.state = RefundState::Wanted;
  order.approved_by = by;
  order.next_try_at = now;
  store::Refunds(tx.db, tx.held).save(order);
  note_order(tx, order, "approved", by, now);
  return order;
}

Result<Refund> refuse_refund(Tx& tx, const Creditor& creditor, PaymentId id, const std::string& by,
                             Instant now) {
  ASSIGN_OR_RETURN(Refund order, requested_of(tx, creditor, id));
  order.state = RefundState::Refused;
  order.trouble = fmt::format("{} no la aprobó", by);
  store::Refunds(tx.db, tx.held).save(order);
  note_order(tx, order, "not_approved", by, now);
  return order;
}

std::optional<Refund> awaited_refund(Tx& tx, const Creditor& creditor,
                                     const store::KnownPayment& known) {
  auto orders = store::Refunds(tx.db, tx.held).of_payment(creditor.id, known.payment_id);
  const auto found = std::ranges::find_if(orders, [&](const Refund& one) {
    return is_under_way(one, known) && (one.state == RefundState::Wanted || one.trouble.empty());
  });
  return found == orders.end() ? std::nullopt : std::optional(std::move(*found));
}

void refunds_failed(Tx& tx, const Creditor& creditor, const store::KnownPayment& known,
                    Instant now) {
  store::Refunds refunds(tx.db, tx.held);
  for (auto& order : refunds.of_payment(creditor.id, known.payment_id)) {
    if (order.state != RefundState::Given || !is_under_way(order, known)) continue;
    order.state = RefundState::Refused;
    order.trouble = "el proveedor la aceptó, y no pudo hacerla";
    refunds.save(order);
    raise_task(tx, creditor.id, order.debtor_id, store::TaskKind::MoneyHeld,
               fmt::format("{} no pudo devolver {}, como pidió {}: el dinero sigue en su cuenta y "
                           "el pago cuenta de nuevo. Devuélvalo otra vez, o de otro modo.",
                           order.provider, format_money(order.amount, creditor.locale), order.by),
               now);
  }
}

bool give_up_refund(Tx& tx, const Creditor& creditor, const Payment& payment, std::string_view by,
                    Instant now) {
  tx.debtors.hold(creditor.id, {payment.debtor_id});
  const auto known = tx.provider_payments.find_booked(creditor.id, payment.id);
  if (!known) return false;
  store::Refunds refunds(tx.db, tx.held);
  bool is_any = false;
  for (auto& order : refunds.of_payment(creditor.id, payment.id)) {
    if (order.state != RefundState::Given || order.next_try_at || !is_under_way(order, *known))
      continue;
    order.state = RefundState::Refused;
    order.trouble = fmt::format("{} miró: el proveedor no devolvió el dinero", by);
    refunds.save(order);
    tx.timeline.append(
        {.creditor_id = creditor.id,
         .debtor_id = order.debtor_id,
         .at = now,
         .kind = "refund_refused",
         .payment_id = payment.id,
         .detail = fmt::format("{} {} by {}", order.provider, format_plain(order.amount), by)},
        tx.ids);
    is_any = true;
  }
  return is_any;
}

Result<RefundsReport> make_refunds(Store& store, const Desk& desk, const Creditor& creditor,
                                   Instant now) {
  RefundsReport report;
  ASSIGN_OR_RETURN(const auto due, store.read([&](Tx& tx) {
    return tx.nodes.is_of_other(sending_lease(creditor))
               ? std::vector<Refund>()
               : store::Refunds(tx.db, tx.held).due(creditor.id, now, kRefundsAtOnce);
  }));
  for (const auto& order : due) {
    if (order.state == RefundState::Given) {
      RETURN_IF_ERROR(store.write([&](Tx& tx) { check_given(tx, creditor, order.id, now); }));
      continue;
    }
    ++report.asked;
    Result<void> told = store.read([&](Tx& tx) { return check_again(tx, desk, creditor, order); });
    if (told) told = ask_provider(desk, order);
    RETURN_IF_ERROR(
        store.write([&](Tx& tx) { refund_told(tx, creditor, order.id, told, now, report); }));
  }
  return report;
}

}  // namespace puntual::engine
