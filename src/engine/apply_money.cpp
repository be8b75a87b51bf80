#include "engine/apply_money.h"

namespace puntual::engine {

LedgerEntry entry_like(const Payment& payment, InvoiceId invoice) {
  return {.amount = {0, payment.amount.currency}, .debtor_id = payment.debtor_id, .invoice_id = invoice, .payment_id = payment.id};
}

int64_t apply_part(Tx& tx, const Desk& desk, const Creditor& creditor, const Payment& payment, const Invoice& invoice, int64_t part,
                   Account source, Instant now) {
  const InvoiceBalance before = tx.invoices.balance_of(creditor.id, invoice.id);
  // Money told by the creditor's own files, or before the invoice was loaded, may be in the figure of that day;
  // money told to us as it comes in is not.
  const bool told_late = payment.source == "file" || payment.source == "bank" || source == Account::Unapplied;
  const bool file_may_know = told_late && before.reported_on && payment.paid_on <= *before.reported_on;
  const InvoiceBalance after = ledger::after_payment(before, part, file_may_know);
  tx.ledger.append(creditor.id, ledger::entries_of_allocation(before, after, source, entry_like(payment, invoice.id)), now, tx.ids);
  tx.payments.add_allocation(creditor.id, tx.ids.next<PaymentId>(now).value, payment.id, invoice.id, part);
  const bool was_itemised = before.paid_minor >= before.amount_minor;
  const bool is_itemised = after.paid_minor >= after.amount_minor;
  tx.invoices.set_balance(creditor.id, invoice.id, after,
                          after.owed_minor() == 0 ? std::optional(payment.paid_on) : std::nullopt);
  if (is_itemised && !was_itemised && invoice.due_on) {
    tx.debtors.note_settled(creditor.id, invoice.debtor_id, payment.paid_on - *invoice.due_on, desk.strategy_of(creditor));
  }
  return before.owed_minor() - after.owed_minor();
}

int64_t take_part_back(Tx& tx, const Reversal& reversal, const Payment& payment, InvoiceId invoice, int64_t part, Account to) {
  const CreditorId creditor = payment.creditor_id;
  const InvoiceBalance before = tx.invoices.balance_of(creditor, invoice);
  const InvoiceBalance after = ledger::after_taking_back(before, part, to == Account::Cash);
  tx.ledger.append(creditor, ledger::entries_of_allocation(before, after, to, entry_like(payment, invoice)), reversal.at, tx.ids);
  tx.payments.add_allocation(creditor, tx.ids.next<PaymentId>(reversal.at).value, payment.id, invoice, -part, reversal.id);
  tx.invoices.set_balance(creditor, invoice, after, after.owed_minor() == 0 ? tx.payments.last_paid_on(creditor, invoice) : std::nullopt);
  return after.owed_minor() - before.owed_minor();
}

}  // namespace puntual::engine
