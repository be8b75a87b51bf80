#include "engine/apply_money.h"

#include <algorithm>

#include "engine/agreements.h"
#include "engine/note.h"
#include "engine/task_commands.h"

namespace puntual::engine {
namespace {

// The entry of giving up so much of an invoice, or of its being owed again (negative).
void give_up(Tx& tx, InvoiceBalance& balance, Account as, int64_t minor, const LedgerEntry& like,
             CreditorId creditor, Instant now) {
  if (minor == 0) return;
  balance.forgiven_minor += minor;
  const LedgerEntry entry = ledger::entry_of_giving_up(as, minor, like);
  tx.ledger.append(creditor, std::span(&entry, 1), now, tx.ids);
}

// A rest that nobody asks for.
bool is_small(const Desk& desk, const Creditor& creditor, Money rest) {
  return rest.minor > 0 && rest.minor <= desk.settings.tolerance_minor &&
         rest.currency == Currency::of(creditor.currency);
}

std::optional<int64_t> open_task_of(Tx& tx, CreditorId creditor, DebtorId debtor,
                                    store::TaskKind kind) {
  const auto tasks = tx.tasks.of_debtor(creditor, debtor);
  const auto found = std::ranges::find_if(
      tasks, [&](const store::Task& one) { return one.kind == kind && !one.closed_at; });
  return found == tasks.end() ? std::nullopt : std::optional(found->id);
}

// They said that they had paid, and now it is found: all that was due is settled.
void confirm_claim(Tx& tx, const Creditor& creditor, DebtorId debtor,
                   std::span<const InvoiceId> lowered, Instant now) {
  const auto claim = open_task_of(tx, creditor.id, debtor, store::TaskKind::PaymentClaim);
  if (!claim) return;
  const CivilDate today = Zone::of(creditor.zone).local(now).date;
  const bool is_left =
      std::ranges::any_of(tx.invoices.open_of(creditor.id, debtor), [&](const Invoice& one) {
        if (one.state != InvoiceState::Open || one.balance_minor <= 0) return false;
        return !one.due_on || *one.due_on <= today ||
               std::ranges::find(lowered, one.id) != lowered.end();
      });
  if (!is_left)
    PUNTUAL_CHECK(close_task(tx, creditor, *claim, TaskOutcome::Confirmed, "books", now, "ledger")
                      .has_value());
}

}  // namespace

LedgerEntry entry_like(const Payment& payment, InvoiceId invoice) {
  return {.amount = {0, payment.amount.currency},
          .debtor_id = payment.debtor_id,
          .invoice_id = invoice,
          .payment_id = payment.id};
}

int64_t apply_part(Tx& tx, const Desk& desk, const Creditor& creditor, const Payment& payment,
                   const Invoice& invoice, int64_t part, Account source, Instant now) {
  InvoiceBalance before = tx.invoices.balance_of(creditor.id, invoice.id);
  const LedgerEntry like = entry_like(payment, invoice.id);
  const int64_t lost = invoice.state == InvoiceState::WrittenOff
                           ? tx.ledger.balance_of(creditor.id, invoice.id, Account::WrittenOff)
                           : 0;
  const int64_t found = std::clamp<int64_t>(part - before.owed_minor(), 0, lost);
  give_up(tx, before, Account::WrittenOff, -found, like, creditor.id, now);
  // Money told by the creditor's own files, or before the invoice was loaded, may be in the figure
  // of that day; money told to us as it comes in is not.
  const bool told_late =
      payment.source == "file" || payment.source == "bank" || source == Account::Unapplied;
  const bool file_may_know =
      told_late && before.reported_on && payment.paid_on <= *before.reported_on;
  InvoiceBalance after = ledger::after_payment(before, part, file_may_know);
  tx.ledger.append(creditor.id, ledger::entries_of_allocation(before, after, source, like), now,
                   tx.ids);
  tx.payments.add_allocation(creditor.id, tx.ids.next<PaymentId>(now).value, payment.id, invoice.id,
                             part);
  const int64_t lowered = before.owed_minor() - after.owed_minor();
  if (lowered > 0 && is_small(desk, creditor, {after.owed_minor(), invoice.amount.currency})) {
    give_up(tx, after, Account::SmallDifference, after.owed_minor(), like, creditor.id, now);
  }
  const bool was_itemised = before.paid_minor >= before.asked_minor();
  const bool is_itemised = after.paid_minor >= after.asked_minor();
  tx.invoices.set_balance(creditor.id, invoice.id, after,
                          after.owed_minor() == 0 ? std::optional(payment.paid_on) : std::nullopt);
  if (lost > 0 && found == lost)
    tx.invoices.set_state(creditor.id, invoice.id,
                          after.owed_minor() > 0 ? InvoiceState::Open : InvoiceState::Paid);
  if (is_itemised && !was_itemised && invoice.due_on) {
    tx.debtors.note_settled(creditor.id, invoice.debtor_id, invoice.id,
                            payment.paid_on - *invoice.due_on, desk.strategy_of(creditor));
  }
  return lowered;
}

void spend(Tx& tx, const Desk& desk, const Creditor& creditor, Payment& payment, int64_t minor,
           std::vector<Invoice> invoices, Instant now) {
  std::erase_if(invoices, [](const Invoice& one) { return one.state != InvoiceState::Open; });
  for (auto& invoice : invoices)
    invoice.unitemised_minor = 0;  // Money that was here before is not what a file may have known.
  const Money money{minor, payment.amount.currency};
  for (const auto& [index, part] : payments::allocate(
           money, invoices, {.policy = desk.settings.allocation, .reference = payment.reference})) {
    const Invoice& invoice = invoices[index];
    apply_part(tx, desk, creditor, payment, invoice, part, Account::Unapplied, now);
    payment.unapplied_minor -= part;
    tx.timeline.append({.creditor_id = creditor.id,
                        .debtor_id = payment.debtor_id,
                        .at = now,
                        .kind = "payment_applied",
                        .invoice_id = invoice.id,
                        .payment_id = payment.id,
                        .detail = format_plain({part, money.currency})},
                       tx.ids);
  }
}

void spend_credit(Tx& tx, const Desk& desk, const Creditor& creditor, DebtorId debtor,
                  std::span<const InvoiceId> owed_again, Instant now) {
  for (auto& payment : tx.payments.of_debtor(creditor.id, debtor)) {
    if (payment.unapplied_minor == 0) continue;
    std::vector<Invoice> invoices;
    for (const auto id : owed_again) invoices.push_back(*tx.invoices.find(creditor.id, id));
    spend(tx, desk, creditor, payment, payment.unapplied_minor, std::move(invoices), now);
    tx.payments.set_unapplied(creditor.id, payment.id, debtor, payment.unapplied_minor);
  }
}

void close_extra_payment(Tx& tx, const Creditor& creditor, DebtorId debtor, Instant now) {
  const auto payments = tx.payments.of_debtor(creditor.id, debtor);
  if (std::ranges::any_of(payments, [](const Payment& one) { return one.unapplied_minor > 0; }))
    return;
  const auto task = open_task_of(tx, creditor.id, debtor, store::TaskKind::ExtraPayment);
  if (task)
    PUNTUAL_CHECK(
        close_task(tx, creditor, *task, TaskOutcome::Settled, "books", now, "ledger").has_value());
}

int64_t take_part_back(Tx& tx, const Reversal& reversal, const Payment& payment, InvoiceId invoice,
                       int64_t part, Account to) {
  const CreditorId creditor = payment.creditor_id;
  const InvoiceBalance before = tx.invoices.balance_of(creditor, invoice);
  const LedgerEntry like = entry_like(payment, invoice);
  InvoiceBalance after = ledger::after_taking_back(before, part, to == Account::Cash);
  tx.ledger.append(creditor, ledger::entries_of_allocation(before, after, to, like), reversal.at,
                   tx.ids);
  tx.payments.add_allocation(creditor, tx.ids.next<PaymentId>(reversal.at).value, payment.id,
                             invoice, -part, reversal.id);
  if (after.paid_minor < after.asked_minor()) tx.debtors.forget_settled(creditor, invoice);
  // Nobody asked for the small rest because the others were paid.
  if (after.owed_minor() > before.owed_minor()) {
    give_up(tx, after, Account::SmallDifference,
            -tx.ledger.balance_of(creditor, invoice, Account::SmallDifference), like, creditor,
            reversal.at);
  }
  tx.invoices.set_balance(
      creditor, invoice, after,
      after.owed_minor() == 0 ? tx.payments.last_paid_on(creditor, invoice) : std::nullopt);
  return after.owed_minor() - before.owed_minor();
}

void follow_payment(Tx& tx, const Creditor& creditor, DebtorId debtor,
                    std::span<const InvoiceId> lowered, Instant now) {
  for (const auto id : tx.outbox.cancel_planned(creditor.id, debtor, true, now, "PAID")) {
    note_cancelled(tx, creditor.id, debtor, id, now, "PAID");
  }
  tx.debtors.review_now(creditor.id, debtor, now);
  note_money(tx, creditor, debtor, now);
  confirm_claim(tx, creditor, debtor, lowered, now);
}

}  // namespace puntual::engine
