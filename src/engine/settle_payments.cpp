#include "engine/settle_payments.h"

#include <algorithm>

#include "base/failpoint.h"
#include "base/locale.h"
#include "engine/apply_money.h"
#include "engine/charge_overdue.h"
#include "engine/compose.h"
#include "engine/contact_facts.h"
#include "engine/note.h"
#include "engine/receipt.h"
#include "engine/rewrite.h"
#include "store/sql/sql_thanks.h"

namespace puntual::engine {
namespace {

std::vector<Invoice> candidates(Tx& tx, const Creditor& creditor, DebtorId debtor,
                                const std::optional<Invoice>& named) {
  auto invoices = tx.invoices.open_of(creditor.id, debtor);
  std::erase_if(invoices, [](const Invoice& i) { return i.state != InvoiceState::Open; });
  if (named && std::ranges::none_of(invoices, [&](const Invoice& i) { return i.id == named->id; }))
    invoices.push_back(*named);
  return invoices;
}

// A payment that names an invoice which owes nothing any more was made twice; in another currency
// than the one it names, or than anything that its payer owes, nobody converts it: it waits for a
// person. The creditor's own files tell of the past.
enum class Fits : uint8_t { Yes, Twice, WrongCurrency };

Fits fits(const Payment& payment, const std::optional<Invoice>& named,
          std::span<const Invoice> invoices) {
  const auto is_payable = [&](const Invoice& one) {
    return one.amount.currency == payment.amount.currency;
  };
  if (named && !is_payable(*named)) return Fits::WrongCurrency;
  if (!invoices.empty() && std::ranges::none_of(invoices, is_payable)) return Fits::WrongCurrency;
  if (payment.source == "file" || !named) return Fits::Yes;
  const auto found = std::ranges::find(invoices, named->id, &Invoice::id);
  return found->balance_minor + found->unitemised_minor > 0 ? Fits::Yes : Fits::Twice;
}

// What its payer may owe, as the rules of allocation see it.
std::vector<Invoice> payable(Tx& tx, const Desk& desk, const Creditor& creditor,
                             const Payment& payment, const std::optional<Invoice>& named) {
  auto invoices = candidates(tx, creditor, payment.debtor_id, named);
  for (auto& invoice : invoices) {
    // Money that has just come in pays what is owed; only where nothing is, it is what the file
    // knew before us.
    if (payment.source != "file" && payment.source != "bank" && invoice.balance_minor > 0)
      invoice.unitemised_minor = 0;
    // Interest of days that came after it is not what it pays.
    invoice.balance_minor -=
        not_owed_if_paid(tx, desk, creditor, invoice, payment.paid_on, payment.amount.minor);
    // What was given up for lost is taken when it comes after all.
    if (invoice.state == InvoiceState::WrittenOff)
      invoice.balance_minor += tx.ledger.balance_of(creditor.id, invoice.id, Account::WrittenOff);
  }
  return invoices;
}

// What somebody of the creditor should know about it.
void tell_creditor(Tx& tx, const Creditor& creditor, const Payment& payment,
                   const std::optional<Invoice>& named, Fits fits, Instant now) {
  const auto debtor = tx.debtors.find(creditor.id, payment.debtor_id);
  if (!debtor || debtor->erased_at || payment.source == "file") return;
  const std::string locale = locale_of(*debtor, creditor);
  const std::string paid = format_money(payment.amount, locale),
                    on = format_long_date(payment.paid_on, locale);
  const std::string rest = format_money({payment.unapplied_minor, payment.amount.currency}, locale);
  const auto raise = [&](store::TaskKind kind, std::string text) {
    raise_task(tx, creditor.id, payment.debtor_id, kind, std::move(text), now);
  };
  if (fits == Fits::WrongCurrency) {
    raise(store::TaskKind::MoneyHeld,
          fmt::format("Llegó un pago de {} el {} en otra moneda que la de la deuda: no se aplicó.",
                      paid, on));
  } else if (payment.unapplied_minor > 0) {
    raise(store::TaskKind::ExtraPayment,
          fmt::format("Del pago de {} del {} sobran {}: quedan a favor de la persona.", paid, on,
                      rest));
  }
  if (named && named->state == InvoiceState::WrittenOff) {
    raise(store::TaskKind::ExtraPayment,
          fmt::format("Llegó un pago de {} el {} de la factura {}, que se había dado por perdida.",
                      paid, on, named->number));
  }
  if (named && named->state == InvoiceState::Disputed) {
    raise(store::TaskKind::Dispute,
          fmt::format("Llegó un pago de {} el {} de la factura {}, que está en reclamo.", paid, on,
                      named->number));
  }
}

}  // namespace

Result<SettledPayment> settle_payment(Tx& tx, const Desk& desk, const Creditor& creditor,
                                      const PaymentInput& input, Instant now) {
  if (input.amount.minor <= 0 || input.amount.minor > kAmountMinorMax) {
    return fail(ErrorCode::Invalid, "a payment of {} (expected more than zero and at most {})",
                format_plain(input.amount), format_plain({kAmountMinorMax, input.amount.currency}));
  }
  auto named = input.reference.empty() ? std::nullopt
                                       : tx.invoices.find_by_number(creditor.id, input.reference);
  tx.debtors.hold(creditor.id, {named ? named->debtor_id : input.debtor_id});
  // What is owed, as it is now that nobody else can change it.
  if (named && tx.db.is_shared()) named = tx.invoices.find_by_number(creditor.id, input.reference);
  SettledPayment done{.is_new = true,
                      .payment = {.id = tx.ids.next<PaymentId>(now),
                                  .creditor_id = creditor.id,
                                  .debtor_id = named ? named->debtor_id : input.debtor_id,
                                  .source = input.source,
                                  .source_id = input.source_id,
                                  .reference = input.reference,
                                  .amount = input.amount,
                                  .unapplied_minor = input.amount.minor,
                                  .method = input.method,
                                  .paid_on = input.paid_on,
                                  .paid_at = input.paid_at,
                                  .recorded_at = now}};
  Payment& payment = done.payment;
  if (!tx.payments.insert(payment)) {
    const auto known = tx.payments.find_by_source(creditor.id, input.source, input.source_id);
    PUNTUAL_CHECK(known.has_value());
    done.is_new = false;
    done.payment = *known;
    return done;
  }
  failpoint("payment.inserted");
  Fits fit = Fits::Yes;
  if (payment.debtor_id) {
    if (payment.source != "file")
      charge_until(tx, desk, creditor, payment.debtor_id, payment.paid_on, now);
    const auto invoices = payable(tx, desk, creditor, payment, named);
    fit = fits(payment, named, invoices);
    const auto agreement = invoices.size() > 1
                               ? tx.agreements.active_of(creditor.id, payment.debtor_id)
                               : std::nullopt;
    const AllocationRules rules{.policy = desk.settings.allocation,
                                .reference = payment.reference,
                                .agreed = agreement ? std::span<const InvoiceId>(agreement->covered)
                                                    : std::span<const InvoiceId>()};
    const auto parts = fit == Fits::Yes ? payments::allocate(payment.amount, invoices, rules)
                                        : std::vector<Allocation>();
    for (const auto& [index, part] : parts) {
      const Invoice& invoice = invoices[index];
      const int64_t lowered =
          apply_part(tx, desk, creditor, payment, invoice, part, Account::Cash, now);
      payment.unapplied_minor -= part;
      charge_anew(tx, desk, creditor, invoice.id, payment.paid_on, now);
      done.lowered_minor += lowered;
      if (lowered > 0) done.lowered.push_back(invoice.id);
      if (lowered > 0 && invoice.due_on && payment.paid_on > *invoice.due_on) done.on_time = false;
    }
  }
  if (payment.unapplied_minor > 0) {
    const LedgerEntry waiting = ledger::entry_of(Account::Cash, Account::Unapplied,
                                                 payment.unapplied_minor, entry_like(payment, {}));
    tx.ledger.append(creditor.id, std::span(&waiting, 1), now, tx.ids);
  }
  failpoint("payment.allocated");
  tx.payments.set_unapplied(creditor.id, payment.id, payment.debtor_id, payment.unapplied_minor);
  tx.timeline.append({.creditor_id = creditor.id,
                      .debtor_id = payment.debtor_id,
                      .at = now,
                      .kind = "paid",
                      .invoice_id = named ? named->id : InvoiceId{},
                      .payment_id = payment.id,
                      .detail = format_plain(payment.amount)},
                     tx.ids);
  failpoint("payment.booked");
  if (done.lowered_minor > 0) follow_payment(tx, creditor, payment.debtor_id, done.lowered, now);
  if (payment.debtor_id) tell_creditor(tx, creditor, payment, named, fit, now);
  return done;
}

void apply_waiting_money(Tx& tx, const Desk& desk, const Creditor& creditor, const Invoice& invoice,
                         Instant now) {
  tx.debtors.hold(creditor.id, {invoice.debtor_id});
  for (auto& payment : tx.payments.unapplied_for(creditor.id, invoice.number, invoice.debtor_id)) {
    if (payment.amount.currency != invoice.amount.currency) continue;
    const int64_t part = std::min(
        payment.unapplied_minor, ledger::can_take(tx.invoices.balance_of(creditor.id, invoice.id)));
    if (part <= 0) continue;
    payment.debtor_id = invoice.debtor_id;
    apply_part(tx, desk, creditor, payment, invoice, part, Account::Unapplied, now);
    tx.payments.set_unapplied(creditor.id, payment.id, invoice.debtor_id,
                              payment.unapplied_minor - part);
    tx.timeline.append({.creditor_id = creditor.id,
                        .debtor_id = invoice.debtor_id,
                        .at = now,
                        .kind = "payment_applied",
                        .invoice_id = invoice.id,
                        .payment_id = payment.id,
                        .detail = format_plain({part, payment.amount.currency})},
                       tx.ids);
  }
}

namespace {

constexpr std::string_view kThanksStep = "thanks";

// What one person has paid, and what it was for.
struct Thanks {
  std::vector<Payment> payments;  // The last one last. None: there is nothing to thank for.
  Money paid, remaining;          // Remaining of what it was for.
  bool on_time = true;
  std::vector<Invoice> about;
  std::vector<ReceiptPart> applied;
  int64_t kept_minor = 0;  // For the person.
};

void add_thanks(Tx& tx, Thanks& thanks, const Payment& payment, std::span<const InvoiceId> lowered,
                bool on_time) {
  if (!thanks.payments.empty() && payment.amount.currency != thanks.paid.currency) return;
  thanks.payments.push_back(payment);
  thanks.paid.currency = thanks.remaining.currency = payment.amount.currency;
  thanks.paid.minor += payment.amount.minor;
  thanks.kept_minor += payment.unapplied_minor;
  std::ranges::move(parts_of(tx, payment), std::back_inserter(thanks.applied));
  thanks.on_time = thanks.on_time && on_time;
  for (const auto id : lowered) {
    if (std::ranges::find(thanks.about, id, &Invoice::id) != thanks.about.end()) continue;
    const auto invoice = tx.invoices.find(payment.creditor_id, id);
    PUNTUAL_CHECK(invoice.has_value());
    thanks.remaining.minor += invoice->balance_minor;
    thanks.about.push_back(*invoice);
  }
}

// For whom and for what: nobody is thanked for the same twice.
std::string thanks_key(const Thanks& thanks) {
  std::string key = fmt::format("thanks:{}:", thanks.payments.front().debtor_id.value);
  for (const auto& one : thanks.payments)
    key += fmt::format("{}{}", key.ends_with(':') ? "" : " ", one.id.value);
  return key;
}

std::vector<PaymentId> ids_of(const Thanks& thanks) {
  std::vector<PaymentId> ids;
  std::ranges::transform(thanks.payments, std::back_inserter(ids), &Payment::id);
  return ids;
}

Result<OutboxMessage> compose_thanks(Tx& tx, const Desk& desk, const Creditor& creditor,
                                     const Debtor& debtor, const Thanks& thanks, Instant now) {
  const CivilDate today = home_zone(debtor, creditor).local(now).date;
  // Praise for punctuality is true only of a person who is not late with anything else.
  const bool late_elsewhere =
      std::ranges::any_of(tx.invoices.open_of(creditor.id, debtor.id),
                          [&](const Invoice& open) { return open.due_on && *open.due_on < today; });
  const bool on_time = thanks.on_time && !late_elsewhere;
  const std::string_view name = messaging::thanks_template({.invoices = thanks.about,
                                                            .remaining = thanks.remaining,
                                                            .kept_minor = thanks.kept_minor,
                                                            .paid_on_time = on_time});
  return compose(tx, desk,
                 {.creditor = &creditor,
                  .debtor = &debtor,
                  .invoices = thanks.about,
                  .template_name = name,
                  .fallback_template = "pago_recibido_v1",
                  .today = today,
                  .paid = thanks.paid,
                  .remaining = thanks.remaining,
                  .applied = thanks.applied,
                  .kept_minor = thanks.kept_minor,
                  .paid_on_time = on_time});
}

}  // namespace

void thank(Tx& tx, const Desk& desk, const Creditor& creditor,
           std::span<const SettledPayment> payments, Instant now) {
  Thanks thanks;
  for (const auto& one : payments) {
    if (one.is_new && one.lowered_minor > 0 && one.payment.debtor_id)
      add_thanks(tx, thanks, one.payment, one.lowered, one.on_time);
  }
  if (thanks.payments.empty()) return;
  const Payment& last = thanks.payments.back();
  const auto debtor = tx.debtors.find(creditor.id, last.debtor_id);
  PUNTUAL_CHECK(debtor.has_value());
  if (debtor->erased_at) return;
  if (home_zone(*debtor, creditor).local(now).date - last.paid_on > desk.settings.thanks_days_max)
    return;
  auto message = compose_thanks(tx, desk, creditor, *debtor, thanks, now);
  if (!message) {
    tx.timeline.append({.creditor_id = creditor.id,
                        .debtor_id = debtor->id,
                        .at = now,
                        .kind = "text_failed",
                        .payment_id = last.id,
                        .detail = "thanks"},
                       tx.ids);
    return;
  }
  message->id = tx.ids.next<MessageId>(now);
  message->purpose = Purpose::PaymentConfirmation;
  message->dedupe_key = thanks_key(thanks);
  message->payment_id = last.id;
  message->step = kThanksStep;
  message->planned_at = message->not_before = now;
  // After a few days a thank-you is no longer warm but strange.
  message->expires_at = now + 4 * kDayMs;
  if (tx.outbox.insert(*message)) {
    store::Thanks(tx.db).add(creditor.id, message->id, ids_of(thanks));
    failpoint("payment.thanked");
    tx.timeline.append({.creditor_id = creditor.id,
                        .debtor_id = debtor->id,
                        .at = now,
                        .kind = "proposed",
                        .message_id = message->id,
                        .payment_id = last.id,
                        .detail = "thanks"},
                       tx.ids);
  }
}

void retell_thanks(Tx& tx, const Desk& desk, const Creditor& creditor, DebtorId id, Instant now) {
  const auto debtor = tx.debtors.find(creditor.id, id);
  const auto planned = tx.outbox.planned_of(creditor.id, store::People({id}));
  for (const auto& known : planned.front()) {
    const auto thanked = known.step == kThanksStep
                             ? store::Thanks(tx.db).payments_of(creditor.id, known.id)
                             : std::vector<PaymentId>();
    if (thanked.empty()) continue;
    Thanks thanks;
    for (const auto payment_id : thanked) {
      const auto payment = tx.payments.find(creditor.id, payment_id);
      if (!payment || payment->debtor_id != id || payment->returned_minor > 0) continue;
      std::vector<InvoiceId> lowered;
      bool on_time = true;
      for (const auto& applied : tx.payments.applied_of(creditor.id, payment_id)) {
        lowered.push_back(applied.invoice_id);
        const auto invoice = tx.invoices.find(creditor.id, applied.invoice_id);
        on_time = on_time && (!invoice->due_on || payment->paid_on <= *invoice->due_on);
      }
      if (!lowered.empty()) add_thanks(tx, thanks, *payment, lowered, on_time);
    }
    auto message = *tx.outbox.find(creditor.id, known.id);
    auto now_true = thanks.payments.empty() || !debtor
                        ? fail(ErrorCode::NotFound, "nothing to thank for")
                        : compose_thanks(tx, desk, creditor, *debtor, thanks, now);
    if (now_true)
      (void)rewrite(tx, message, *std::move(now_true), now);
    else if (tx.outbox.to_cancelled(creditor.id, message.id, now, "PAYMENT_REVERSED"))
      note_cancelled(tx, creditor.id, id, message.id, now, "PAYMENT_REVERSED");
  }
}

bool was_thanked(Tx& tx, const Payment& payment, DebtorId debtor) {
  return std::ranges::any_of(store::Thanks(tx.db).messages_of(payment.creditor_id, payment.id),
                             [&](MessageId id) {
                               using enum MessageState;
                               const auto one = tx.outbox.find(payment.creditor_id, id);
                               return one && one->debtor_id == debtor && one->state != Planned &&
                                      one->state != Cancelled && one->state != Expired &&
                                      one->state != Rejected && one->state != Failed;
                             });
}

Result<SettledPayment> record_payment(Tx& tx, const Desk& desk, const Creditor& creditor,
                                      const PaymentInput& input, Instant now) {
  // One day for a teller in a zone ahead of ours.
  if (input.paid_on > Zone::of(creditor.zone).local(now).date + 1) {
    return fail(ErrorCode::Invalid, "a payment of {}, which is yet to come",
                format_date(input.paid_on));
  }
  ASSIGN_OR_RETURN(const SettledPayment settled, settle_payment(tx, desk, creditor, input, now));
  if (!settled.is_new &&
      (settled.payment.amount != input.amount || settled.payment.reference != input.reference)) {
    return fail(
        ErrorCode::Conflict,
        "payment '{}' was told before as {} for invoice '{}': give another payment its own id",
        input.source_id, format_plain(settled.payment.amount), settled.payment.reference);
  }
  thank(tx, desk, creditor, std::span(&settled, 1), now);
  return settled;
}

}  // namespace puntual::engine
