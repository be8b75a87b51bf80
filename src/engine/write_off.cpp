#include "engine/write_off.h"

#include "base/locale.h"
#include "core/access/two_people.h"
#include "engine/agreements.h"
#include "engine/note.h"
#include "engine/two_people.h"

namespace puntual::engine {
namespace {

using store::WriteOff;
using store::WriteOffState;

// The invoice, whose person is held from here on.
Result<Invoice> invoice_of(Tx& tx, const Creditor& creditor, const WriteOffDeed& deed) {
  if (deed.by.empty()) return fail(ErrorCode::Invalid, "falta quién lo hace (by)");
  const auto known = tx.invoices.find_by_number(creditor.id, deed.invoice);
  if (!known) return fail(ErrorCode::NotFound, "no existe la factura '{}'", deed.invoice);
  tx.debtors.hold(creditor.id, {known->debtor_id});
  return *tx.invoices.find(creditor.id, known->id);
}

void note_write_off(Tx& tx, const WriteOff& one, std::string_view what, std::string_view by,
                    Instant now) {
  tx.timeline.append({.creditor_id = one.creditor_id,
                      .debtor_id = one.debtor_id,
                      .at = now,
                      .kind = fmt::format("write_off_{}", what),
                      .invoice_id = one.invoice_id,
                      .detail = fmt::format("{} by {}", one.amount_minor, by)},
                     tx.ids);
}

Result<WriteOff> waiting_write_off(Tx& tx, const Creditor& creditor, const Invoice& invoice) {
  auto asked = tx.write_offs.waiting_of(creditor.id, invoice.id);
  if (!asked)
    return fail(ErrorCode::NotFound,
                "nadie ha pedido dar por perdida la factura '{}' (puntual invoice write-off)",
                invoice.number);
  return *std::move(asked);
}

// The person's own money is not given up for lost: what waits of it pays first, or is given back. A
// person says which.
Result<void> no_credit_waits(Tx& tx, const Creditor& creditor, const Invoice& invoice) {
  for (const auto& one : tx.payments.of_debtor(creditor.id, invoice.debtor_id)) {
    if (one.unapplied_minor == 0 || one.amount.currency != invoice.amount.currency) continue;
    return fail(ErrorCode::Conflict,
                "del pago {1} quedan {0} a favor de esta persona: primero diga que pagan la "
                "factura '{2}' (puntual payments assign), o que se devolvieron "
                "(puntual payments reverse)",
                format_money_at_home({one.unapplied_minor, one.amount.currency}), one.id.value,
                invoice.number);
  }
  return {};
}

void decide_write_off(Tx& tx, WriteOff& one, WriteOffState state, const std::string& by,
                      Instant now) {
  one.state = state;
  one.decided_by = by;
  one.decided_at = now;
  PUNTUAL_CHECK(tx.write_offs.decide(one));  // The person is held.
  note_write_off(tx, one, text_of(state), by, now);
}

}  // namespace

Result<WriteOff> request_write_off(Tx& tx, const Creditor& creditor, const WriteOffDeed& deed,
                                   std::string_view why, Instant now) {
  ASSIGN_OR_RETURN(const Invoice invoice, invoice_of(tx, creditor, deed));
  if (why.empty()) return fail(ErrorCode::Invalid, "falta por qué se da por perdida (why)");
  if (invoice.balance_minor <= 0)
    return fail(ErrorCode::Conflict, "de la factura '{}' no se debe nada", invoice.number);
  RETURN_IF_ERROR(no_credit_waits(tx, creditor, invoice));
  const WriteOff asked{.id = tx.ids.next<InvoiceId>(now).value,
                       .creditor_id = creditor.id,
                       .debtor_id = invoice.debtor_id,
                       .invoice_id = invoice.id,
                       .amount_minor = invoice.balance_minor,
                       .why = std::string(why),
                       .requested_by = deed.by,
                       .requested_at = now};
  if (!tx.write_offs.request(asked))
    return fail(ErrorCode::Conflict,
                "dar por perdida la factura '{}' ya se pidió, y espera que alguien lo apruebe",
                invoice.number);
  note_write_off(tx, asked, "requested", deed.by, now);
  return asked;
}

Result<WriteOff> approve_write_off(Tx& tx, const Creditor& creditor, const WriteOffDeed& deed,
                                   Instant now) {
  ASSIGN_OR_RETURN(const Invoice invoice, invoice_of(tx, creditor, deed));
  ASSIGN_OR_RETURN(WriteOff asked, waiting_write_off(tx, creditor, invoice));
  if (deed.needs_four_eyes)
    RETURN_IF_ERROR(are_two_people(tx, creditor, asked.requested_by, deed.by, now));
  if (access::is_same_name(asked.requested_by, deed.by))
    return fail(ErrorCode::Forbidden, "{} lo pidió: lo aprueba otra persona", deed.by);
  RETURN_IF_ERROR(no_credit_waits(tx, creditor, invoice));
  const InvoiceBalance before = tx.invoices.balance_of(creditor.id, invoice.id);
  const int64_t owed = before.owed_minor();
  if (owed <= 0)
    return fail(ErrorCode::Conflict, "de la factura '{}' ya no se debe nada: rechace lo pedido",
                invoice.number);
  if (owed > asked.amount_minor) {
    return fail(ErrorCode::Conflict,
                "se deben {} de la factura '{}', más que los {} que se pidió dar por perdidos: "
                "rechácelo y pídalo otra vez",
                format_money_at_home(invoice.balance()), invoice.number,
                format_money_at_home({asked.amount_minor, invoice.amount.currency}));
  }
  InvoiceBalance after = before;
  after.forgiven_minor += owed;
  asked.amount_minor = owed;
  const LedgerEntry entry = ledger::entry_of_giving_up(Account::WrittenOff, owed,
                                                       {.amount = {0, invoice.amount.currency},
                                                        .debtor_id = invoice.debtor_id,
                                                        .invoice_id = invoice.id,
                                                        .payment_id = {}});
  tx.ledger.append(creditor.id, std::span(&entry, 1), now, tx.ids);
  tx.invoices.set_balance(creditor.id, invoice.id, after, Zone::of(creditor.zone).local(now).date);
  tx.invoices.set_state(creditor.id, invoice.id, InvoiceState::WrittenOff);
  decide_write_off(tx, asked, WriteOffState::Approved, deed.by, now);
  for (const auto id :
       tx.outbox.cancel_planned(creditor.id, invoice.debtor_id, true, now, "WRITTEN_OFF")) {
    note_cancelled(tx, creditor.id, invoice.debtor_id, id, now, "WRITTEN_OFF");
  }
  note_money(tx, creditor, invoice.debtor_id, now);
  tx.debtors.review_now(creditor.id, invoice.debtor_id, now);
  return asked;
}

Result<WriteOff> refuse_write_off(Tx& tx, const Creditor& creditor, const WriteOffDeed& deed,
                                  Instant now) {
  ASSIGN_OR_RETURN(const Invoice invoice, invoice_of(tx, creditor, deed));
  ASSIGN_OR_RETURN(WriteOff asked, waiting_write_off(tx, creditor, invoice));
  decide_write_off(tx, asked, WriteOffState::Refused, deed.by, now);
  return asked;
}

}  // namespace puntual::engine
