#include "engine/assign_payment.h"

#include <algorithm>
#include <map>

#include "base/locale.h"
#include "engine/agreements.h"
#include "engine/apply_money.h"
#include "engine/contact_facts.h"
#include "engine/note.h"
#include "engine/settle_payments.h"
#include "engine/suspend.h"

namespace puntual::engine {
namespace {

using Shares =
    std::map<InvoiceId, int64_t>;  // What each invoice has, or is to have, of the payment.

struct Assignment {
  Shares has, wants;
  DebtorId from, to;  // Whose payment it was, and is.
};

Result<Assignment> read_assignment(Tx& tx, const Creditor& creditor, const Payment& payment,
                                   const AssignOrder& order) {
  Assignment read{.has = {}, .wants = {}, .from = payment.debtor_id, .to = payment.debtor_id};
  int64_t total = 0;
  std::optional<DebtorId> owner;
  for (const auto& [number, minor] : order.shares) {
    const auto invoice = tx.invoices.find_by_number(creditor.id, number);
    if (!invoice) return fail(ErrorCode::NotFound, "no existe la factura '{}'", number);
    if (invoice->amount.currency != payment.amount.currency) {
      return fail(ErrorCode::Invalid,
                  "la factura '{}' está en {} y el pago en {}: el dinero no se convierte", number,
                  invoice->amount.currency.code(), payment.amount.currency.code());
    }
    if (owner && *owner != invoice->debtor_id)
      return fail(ErrorCode::Invalid,
                  "la factura '{}' es de otra persona que la '{}': un pago es de una sola persona",
                  number, order.shares.front().invoice);
    if (minor <= 0 || minor > payment.amount.minor || read.wants.contains(invoice->id)) {
      return fail(ErrorCode::Invalid,
                  "factura '{}': cada una va una sola vez, con más de cero y no más de lo pagado",
                  number);
    }
    owner = invoice->debtor_id;
    read.wants[invoice->id] = minor;
    total += minor;
  }
  const int64_t left = payment.amount.minor - payment.returned_minor;
  if (total > left) {
    return fail(ErrorCode::Invalid, "las partes suman {}, y del pago quedan {}",
                format_money_at_home({total, payment.amount.currency}),
                format_money_at_home({left, payment.amount.currency}));
  }
  read.to = owner.value_or(payment.debtor_id);
  for (const auto& [id, minor] : tx.payments.applied_of(creditor.id, payment.id))
    read.has[id] = minor;
  return read;
}

// The person of the creditor who did it stands in the reversal's identity: the same deed at the
// same moment is one.
void take_back_rest(Tx& tx, const Assignment& to_do, Payment& payment, const AssignOrder& order,
                    Instant now) {
  Reversal reversal{.id = tx.ids.next<ReversalId>(now),
                    .creditor_id = payment.creditor_id,
                    .payment_id = payment.id,
                    .debtor_id = payment.debtor_id,
                    .kind = ReversalKind::Reassigned,
                    .at = now,
                    .told_by = order.by,
                    .why = order.why};
  const auto over = [&](const auto& one) {
    const auto wanted = to_do.wants.find(one.first);
    return std::max<int64_t>(0, one.second - (wanted == to_do.wants.end() ? 0 : wanted->second));
  };
  for (const auto& one : to_do.has) reversal.amount_minor += over(one);
  if (reversal.amount_minor == 0) return;
  reversal.source_id = fmt::format("assign-{}", reversal.id.value);
  PUNTUAL_CHECK(tx.payments.add_reversal(reversal));
  for (const auto& one : to_do.has) {
    if (over(one) > 0)
      take_part_back(tx, reversal, payment, one.first, over(one), Account::Unapplied);
  }
  payment.unapplied_minor += reversal.amount_minor;
}

Result<SettledPayment> apply_shares(Tx& tx, const Desk& desk, const Creditor& creditor,
                                    const Assignment& to_do, Payment& payment, Instant now) {
  SettledPayment done{.is_new = true, .payment = {}};
  for (const auto& [id, wanted] : to_do.wants) {
    const auto known = to_do.has.find(id);
    const int64_t part = wanted - (known == to_do.has.end() ? 0 : known->second);
    if (part <= 0) continue;
    const Invoice invoice = *tx.invoices.find(creditor.id, id);
    if (const int64_t takes = ledger::can_take(tx.invoices.balance_of(creditor.id, id));
        part > takes) {
      return fail(ErrorCode::Invalid, "la factura '{}' recibe {} y no más", invoice.number,
                  format_money_at_home({takes, payment.amount.currency}));
    }
    const int64_t lowered =
        apply_part(tx, desk, creditor, payment, invoice, part, Account::Unapplied, now);
    payment.unapplied_minor -= part;
    done.lowered_minor += lowered;
    if (lowered > 0) done.lowered.push_back(id);
    if (lowered > 0 && invoice.due_on && payment.paid_on > *invoice.due_on) done.on_time = false;
  }
  done.payment = payment;
  return done;
}

// It was somebody else's: what they owe again is paid by what waits of their own. Who had been
// thanked for it believes to have paid.
void tell_whose_it_was_not(Tx& tx, const Desk& desk, const Creditor& creditor,
                           const Assignment& to_do, const Payment& payment, Instant now) {
  std::vector<InvoiceId> had;
  for (const auto& one : to_do.has) had.push_back(one.first);
  spend_credit(tx, desk, creditor, to_do.from, had, now);
  (void)judge_again(tx, creditor, to_do.from, had,
                    tx.payments.reversals_of(creditor.id, payment.id), now);
  const auto debtor = tx.debtors.find(creditor.id, to_do.from);
  if (!debtor || debtor->erased_at) return;
  retell_thanks(tx, desk, creditor, to_do.from, now);
  close_extra_payment(tx, creditor, to_do.from, now);
  const bool is_owed = std::ranges::any_of(
      had, [&](InvoiceId id) { return tx.invoices.find(creditor.id, id)->balance_minor > 0; });
  if (is_owed && was_thanked(tx, payment, to_do.from)) {
    const std::string locale = locale_of(*debtor, creditor);
    suspend(
        tx, creditor.id, to_do.from,
        {.kind = store::SuspensionKind::Reversal, .since = now, .until = {}, .through = "ledger"},
        now);
    raise_task(tx, creditor.id, to_do.from, store::TaskKind::PaymentReversed,
               fmt::format("El pago de {} del {} era de otra persona, y ya se le había agradecido. "
                           "No se enviarán recordatorios hasta que alguien lo decida.",
                           format_money(payment.amount, locale),
                           format_long_date(payment.paid_on, locale)),
               now);
  }
  note_money(tx, creditor, to_do.from, now);
  tx.debtors.review_now(creditor.id, to_do.from, now);
}

}  // namespace

Result<Payment> assign_payment(Tx& tx, const Desk& desk, const Creditor& creditor,
                               const AssignOrder& order, Instant now) {
  if (order.by.empty()) return fail(ErrorCode::Invalid, "falta quién lo hace (by)");
  auto payment = tx.payments.find(creditor.id, order.payment_id);
  if (!payment)
    return fail(ErrorCode::NotFound, "no existe el pago {} (puntual payments list)",
                order.payment_id.value);
  ASSIGN_OR_RETURN(const Assignment seen, read_assignment(tx, creditor, *payment, order));
  tx.debtors.hold(creditor.id, {seen.from, seen.to});
  payment = tx.payments.find(creditor.id,
                             order.payment_id);  // As it is now that nobody else can change it.
  ASSIGN_OR_RETURN(const Assignment to_do, read_assignment(tx, creditor, *payment, order));
  if (to_do.from != seen.from)
    return fail(ErrorCode::Conflict, "entre tanto el pago se le dio a otra persona: mire otra vez");
  if (to_do.has == to_do.wants) return *payment;
  take_back_rest(tx, to_do, *payment, order, now);
  payment->debtor_id = to_do.to;
  ASSIGN_OR_RETURN(const SettledPayment settled,
                   apply_shares(tx, desk, creditor, to_do, *payment, now));
  tx.payments.set_unapplied(creditor.id, payment->id, payment->debtor_id, payment->unapplied_minor);
  tx.timeline.append({.creditor_id = creditor.id,
                      .debtor_id = to_do.to,
                      .at = now,
                      .kind = "payment_assigned",
                      .payment_id = payment->id,
                      .detail = fmt::format("{} by {}", format_plain(payment->amount), order.by)},
                     tx.ids);
  const bool is_anothers = to_do.from != to_do.to;
  if (to_do.from && is_anothers) tell_whose_it_was_not(tx, desk, creditor, to_do, *payment, now);
  if (!to_do.to) return *payment;
  if (!is_anothers) {
    std::vector<InvoiceId> had;
    for (const auto& one : to_do.has) had.push_back(one.first);
    (void)judge_again(tx, creditor, to_do.to, had,
                      tx.payments.reversals_of(creditor.id, payment->id), now);
    retell_thanks(tx, desk, creditor, to_do.to, now);
    close_extra_payment(tx, creditor, to_do.to, now);
  }
  follow_payment(tx, creditor, to_do.to, settled.lowered, now);
  if (is_anothers) thank(tx, desk, creditor, std::span(&settled, 1), now);
  return *payment;
}

}  // namespace puntual::engine
