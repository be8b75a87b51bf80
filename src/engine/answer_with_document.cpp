#include "engine/answer_with_document.h"

#include <algorithm>

#include "engine/agreement_paper.h"
#include "engine/answer.h"
#include "engine/charge_overdue.h"
#include "engine/compose.h"
#include "engine/contact_facts.h"
#include "engine/identify.h"
#include "engine/note.h"
#include "engine/pay_links.h"
#include "engine/receipt.h"

namespace puntual::engine {
namespace {

constexpr size_t kPaymentsMax = 12;  // Shown: of a year, where somebody pays monthly.

bool is_owed(const Invoice& invoice) {
  return invoice.balance_minor > 0 && invoice.state != InvoiceState::WrittenOff;
}

// What the order is about, by due date: everything owed, or the one invoice, owed or not.
std::vector<Invoice> invoices_of(Tx& tx, CreditorId creditor, DebtorId debtor,
                                 const DocumentOrder& order) {
  if (order.kind == DocumentKind::Invoice && order.about != 0) {
    const auto invoice = tx.invoices.find(creditor, InvoiceId{order.about});
    return invoice && invoice->debtor_id == debtor ? std::vector{*invoice} : std::vector<Invoice>{};
  }
  auto owed = tx.invoices.open_of(creditor, debtor);
  std::erase_if(owed, [](const Invoice& invoice) { return !is_owed(invoice); });
  if (order.kind == DocumentKind::Invoice && owed.size() > 1) owed.resize(1);
  return owed;
}

std::vector<StatementPayment> payments_of(Tx& tx, CreditorId creditor, DebtorId debtor, Zone zone) {
  auto payments = tx.payments.of_debtor(creditor, debtor);
  std::ranges::stable_sort(payments, std::ranges::greater{}, &Payment::paid_on);
  if (payments.size() > kPaymentsMax) payments.resize(kPaymentsMax);
  std::vector<StatementPayment> shown;
  for (auto& one : payments) {
    shown.push_back({one.paid_on, one.amount, std::move(one.method)});
    if (one.returned_minor > 0) {
      shown.back().returned = {one.returned_minor, one.amount.currency};
      for (const auto& back : tx.payments.reversals_of(creditor, one.id)) {
        if (back.kind != ReversalKind::Reassigned)
          shown.back().returned_on = zone.local(back.at).date;
      }
    }
  }
  return shown;
}

bool cannot(Tx& tx, CreditorId creditor, DebtorId debtor, std::string_view why, Instant now) {
  note(tx, creditor, debtor, now, "document_failed", why);
  return false;
}

}  // namespace

bool answer_with_document(Tx& tx, const Desk& desk, const Creditor& creditor, DebtorId id,
                          const DocumentAnswer& answer, Instant now) {
  const auto debtor = tx.debtors.find(creditor.id, id);
  if (!debtor || debtor->erased_at) return false;
  if (address_in_use(tx, *debtor).state != AddressState::Confirmed)
    return cannot(tx, creditor.id, id, "IDENTITY_UNCONFIRMED", now);
  const bool is_receipt =
      answer.order.kind == DocumentKind::Receipt;  // Of who may owe nothing any more.
  const auto invoices =
      is_receipt ? std::vector<Invoice>() : invoices_of(tx, creditor.id, id, answer.order);
  if (invoices.empty() && !is_receipt) return cannot(tx, creditor.id, id, "nothing to print", now);
  DocumentOrder order = answer.order;
  if (order.kind == DocumentKind::Invoice) order.about = invoices.front().id.value;
  const std::string link = payment_link(tx, desk, creditor, id, invoices, now);
  auto message = compose(tx, desk,
                         {.creditor = &creditor,
                          .debtor = &*debtor,
                          .invoices = invoices,
                          .locale = answer.locale.empty() ? spoken_locale(tx, *debtor, creditor)
                                                          : std::string(answer.locale),
                          .template_name = answer.template_name,
                          .fallback_template = {},
                          .today = home_zone(*debtor, creditor).local(now).date,
                          .paid = {},
                          .remaining = {},
                          .payment_link = link});
  if (!message) return cannot(tx, creditor.id, id, answer.template_name, now);
  message->id = tx.ids.next<MessageId>(now);
  message->dedupe_key = answer.dedupe_key;
  message->purpose = Purpose::Reply;
  message->step = answer.step;
  message->kind = "document";
  message->body.clear();
  message->attach = text_of(order);
  message->ttl_seconds = 0;
  message->planned_at = message->not_before = now;
  message->expires_at = now + kHourMs;
  if (!tx.outbox.insert(*message)) return true;  // Said before.
  tx.timeline.append({.creditor_id = creditor.id,
                      .debtor_id = id,
                      .at = now,
                      .kind = "proposed",
                      .message_id = message->id,
                      .detail = message->step},
                     tx.ids);
  return true;
}

namespace {

Result<Attachment> print_agreement(Tx& tx, const Desk& desk, const Creditor& creditor,
                                   const Debtor& debtor, AgreementId id, Instant now) {
  const auto agreement = tx.agreements.find(creditor.id, id);
  if (!agreement || agreement->state == AgreementState::Cancelled)
    return fail(ErrorCode::NotFound, "agreement {} does not hold any more", id.value);
  if (!desk.print_agreement)
    return fail(ErrorCode::Internal, "agreement {}: there is no printer here", id.value);
  ASSIGN_OR_RETURN(const AgreementPaper paper,
                   paper_of(tx, desk, creditor, debtor, *agreement, now));
  ASSIGN_OR_RETURN(std::string pdf, desk.print_agreement(paper));
  return Attachment{
      .bytes = std::move(pdf), .mime_type = "application/pdf", .file_name = file_name_of(paper)};
}

Result<Attachment> print_receipt(Tx& tx, const Desk& desk, const Creditor& creditor,
                                 const Debtor& debtor, PaymentId id, Instant now) {
  if (!desk.print_receipt)
    return fail(ErrorCode::Internal, "payment {}: there is no printer here", id.value);
  ASSIGN_OR_RETURN(const Receipt receipt, receipt_of(tx, desk, creditor, id, now));
  if (receipt.payment.debtor_id != debtor.id)
    return fail(ErrorCode::NotFound, "payment {} is another's by now", id.value);
  ASSIGN_OR_RETURN(std::string pdf, desk.print_receipt(receipt));
  return Attachment{
      .bytes = std::move(pdf), .mime_type = "application/pdf", .file_name = file_name_of(receipt)};
}

}  // namespace

Result<Attachment> print_document(Tx& tx, const Desk& desk, const Creditor& creditor,
                                  const Debtor& debtor, const OutboxMessage& message, Instant now) {
  const auto order = document_order_of(message.attach);
  PUNTUAL_CHECK(order.has_value());
  if (order->kind == DocumentKind::Agreement)
    return print_agreement(tx, desk, creditor, debtor, {order->about}, now);
  if (order->kind == DocumentKind::Receipt)
    return print_receipt(tx, desk, creditor, debtor, {order->about}, now);
  if (!desk.print)
    return fail(ErrorCode::Internal, "message {}: there is no printer here", message.id.value);
  Statement facts{.kind = order->kind,
                  .creditor = creditor,
                  .debtor_name = debtor.name,
                  .locale = locale_of(debtor, creditor),
                  .today = home_zone(debtor, creditor).local(now).date,
                  .invoices = invoices_of(tx, creditor.id, debtor.id, *order)};
  if (facts.invoices.empty())
    return fail(ErrorCode::NotFound, "message {}: nothing is left to print", message.id.value);
  break_down(tx, desk, creditor, facts.locale, facts.invoices);
  if (order->kind == DocumentKind::Statement)
    facts.payments = payments_of(tx, creditor.id, debtor.id, home_zone(debtor, creditor));
  facts.payment_link = payment_link(tx, desk, creditor, debtor.id, facts.invoices, now);
  const bool can_transfer = std::ranges::any_of(facts.invoices, [&](const Invoice& one) {
    return desk.settings.transfer.takes(one.amount.currency);
  });
  if (can_transfer) {
    facts.transfer = desk.settings.transfer;
    facts.transfer_reference = transfer_reference(tx, desk, creditor, debtor.id,
                                                  pay_about(facts.invoices), facts.invoices, now);
  }
  ASSIGN_OR_RETURN(std::string pdf, desk.print(facts));
  return Attachment{
      .bytes = std::move(pdf), .mime_type = "application/pdf", .file_name = file_name_of(facts)};
}

}  // namespace puntual::engine
