#include "engine/receipt.h"

#include <algorithm>

#include "engine/charge_overdue.h"
#include "engine/contact_facts.h"

namespace puntual::engine {

std::vector<ReceiptPart> parts_of(Tx& tx, const Payment& payment) {
  std::vector<ReceiptPart> parts;
  for (const auto& one : tx.payments.applied_of(payment.creditor_id, payment.id)) {
    const auto invoice = tx.invoices.find(payment.creditor_id, one.invoice_id);
    PUNTUAL_CHECK(invoice.has_value());
    parts.push_back({.invoice = invoice->number,
                     .product = invoice->product,
                     .applied = {one.amount_minor, payment.amount.currency},
                     .left = invoice->balance()});
  }
  std::ranges::reverse(parts);  // It comes with the last first.
  return parts;
}

Result<Receipt> receipt_of(Tx& tx, const Desk& desk, const Creditor& creditor, PaymentId id,
                           Instant now) {
  auto payment = tx.payments.find(creditor.id, id);
  if (!payment)
    return fail(ErrorCode::NotFound, "payment {} does not exist: puntual payments list", id.value);
  const auto debtor =
      payment->debtor_id ? tx.debtors.find(creditor.id, payment->debtor_id) : std::nullopt;
  if (!debtor)
    return fail(ErrorCode::NotFound,
                "payment {} is nobody's yet: puntual payments assign says whose it is", id.value);
  auto parts = parts_of(tx, *payment);
  for (auto& one : parts) {
    const auto invoice = tx.invoices.find_by_number(creditor.id, one.invoice);
    one.of =
        paid_parts(tx, desk, creditor, *invoice, *payment, one.applied.minor).value_or(OwedParts{});
  }
  return Receipt{.creditor = creditor,
                 .debtor_name = debtor->name,
                 .locale = locale_of(*debtor, creditor),
                 .today = home_zone(*debtor, creditor).local(now).date,
                 .payment = *payment,
                 .parts = std::move(parts)};
}

}  // namespace puntual::engine
