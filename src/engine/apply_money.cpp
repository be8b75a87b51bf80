#include "engine/apply_money.h"

#include <algorithm>

#include "engine/agreements.h"
#include "engine/note.h"
#include "engine/task_commands.h"

namespace puntual::engine {
namespace {

// The entry of giving up so much of an invoice, or of its being owed again (negative).
void give_up(Tx& tx, InvoiceBalance& balance, Account as, int64_t minor, const LedgerEntry& like, CreditorId creditor, Instant now) {
  if (minor == 0) return;
  balance.forgiven_minor += minor;
  const LedgerEntry entry = ledger::entry_of_giving_up(as, minor, like);
  tx.ledger.append(creditor, std::span(&entry, 1), now, tx.ids);
}

// A rest that nobody asks for.
bool is_small(const Desk& desk, const Creditor& creditor, Money rest) {
  return rest.minor > 0 && rest.minor <= desk.settings.tolerance_minor && rest.currency == Currency::of(creditor.currency);
}

// They said that they had paid, and now it is found: all that was due is settled.
void confirm_claim(Tx& tx, const Creditor& creditor, DebtorId debtor, std::span<const InvoiceId> lowered, Instant now) {
  const auto tasks = tx.tasks.of_debtor(creditor.id, debtor);
  const auto claim = std::ranges::find_if(tasks, [](const store::Task& one) { return one.kind == store::TaskKind::PaymentClaim && !one.closed_at; });
  if (claim == tasks.end()) return;
  const CivilDate today = Zone::of(creditor.zone).local(now).date;
  const bool is_left = std::ranges::any_of(tx.invoices.open_of(creditor.id, debtor), [&](const Invoice& one) {
    if (one.state != InvoiceState::Open || one.balance_minor <= 0) return false;
    return !one.due_on || *one.due_on <= today || std::ranges::find(lowered, one.id) != lowered.end();
  });
  if (!is_left) PUNTUAL_CHECK(close_task(tx, creditor, claim->id, TaskOutcome::Confirmed, "books", now, "ledger").has_value());
}

}  // namespace

LedgerEntry entry_like(const Payment& payment, InvoiceId invoice) {
  return {.amount = {0, payment.amount.currency}, .debtor_id = payment.debtor_id, .invoice_id = invoice, .payment_id = payment.id};
}

int64_t apply_part(Tx& tx, const Desk& desk, const Creditor& creditor, const Payment& payment, const Invoice& invoice, int64_t part,
                   Account source, Instant now) {
  InvoiceBalance before = tx.invoices.balance_of(creditor.id, invoice.id);
  const LedgerEntry like = entry_like(payment, invoice.id);
  const int64_t lost = invoice.state == InvoiceState::WrittenOff ? tx.ledger.balance_of(creditor.id, invoice.id, Account::WrittenOff) : 0;
  const int64_t found = std::clamp<int64_t>(part - before.owed_minor(), 0, lost);
  give_up(tx, before, Account::WrittenOff, -found, like, creditor.id, now);
  // Money told by the creditor's own files, or before the invoice was loaded, may be in the figure of that day;
  // money told to us as it comes in is not.
  const bool told_late = payment.source == "file" || payment.source == "bank" || source == Account::Unapplied;
  const bool file_may_know = told_late && before.reported_on && payment.paid_on <= *before.reported_on;
  InvoiceBalance after = ledger::after_payment(before, part, file_may_know);
  tx.ledger.append(creditor.id, ledger::entries_of_allocation(before, after, source, like), now, tx.ids);
  tx.payments.add_allocation(creditor.id, tx.ids.next<PaymentId>(now).value, payment.id, invoice.id, part);
  const int64_t lowered = before.owed_minor() - after.owed_minor();
  if (lowered > 0 && is_small(desk, creditor, {after.owed_minor(), invoice.amount.currency})) {
    give_up(tx, after, Account::SmallDifference, after.owed_minor(), like, creditor.id, now);
  }
  const bool was_itemised = before.paid_minor >= before.asked_minor();
  const bool is_itemised = after.paid_minor >= after.asked_minor();
  tx.invoices.set_balance(creditor.id, invoice.id, after,
                          after.owed_minor() == 0 ? std::optional(payment.paid_on) : std::nullopt);
  if (lost > 0 && found == lost) tx.invoices.set_state(creditor.id, invoice.id, after.owed_minor() > 0 ? InvoiceState::Open : InvoiceState::Paid);
  if (is_itemised && !was_itemised && invoice.due_on) {
    tx.debtors.note_settled(creditor.id, invoice.debtor_id, payment.paid_on - *invoice.due_on, desk.strategy_of(creditor));
  }
  return lowered;
}

int64_t take_part_back(Tx& tx, const Reversal& reversal, const Payment& payment, InvoiceId invoice, int64_t part, Account to) {
  const CreditorId creditor = payment.creditor_id;
  const InvoiceBalance before = tx.invoices.balance_of(creditor, invoice);
  const LedgerEntry like = entry_like(payment, invoice);
  InvoiceBalance after = ledger::after_taking_back(before, part, to == Account::Cash);
  tx.ledger.append(creditor, ledger::entries_of_allocation(before, after, to, like), reversal.at, tx.ids);
  tx.payments.add_allocation(creditor, tx.ids.next<PaymentId>(reversal.at).value, payment.id, invoice, -part, reversal.id);
  // Nobody asked for the small rest because the others were paid.
  if (after.owed_minor() > before.owed_minor()) {
    give_up(tx, after, Account::SmallDifference, -tx.ledger.balance_of(creditor, invoice, Account::SmallDifference), like, creditor, reversal.at);
  }
  tx.invoices.set_balance(creditor, invoice, after, after.owed_minor() == 0 ? tx.payments.last_paid_on(creditor, invoice) : std::nullopt);
  return after.owed_minor() - before.owed_minor();
}

void follow_payment(Tx& tx, const Creditor& creditor, DebtorId debtor, std::span<const InvoiceId> lowered, Instant now) {
  for (const auto id : tx.outbox.cancel_planned(creditor.id, debtor, true, now, "PAID")) {
    note_cancelled(tx, creditor.id, debtor, id, now, "PAID");
  }
  tx.debtors.review_now(creditor.id, debtor, now);
  note_money(tx, creditor, debtor, now);
  confirm_claim(tx, creditor, debtor, lowered, now);
}

}  // namespace puntual::engine
