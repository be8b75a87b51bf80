#include "engine/reverse_payment.h"

#include <algorithm>
#include <map>

#include "base/locale.h"
#include "engine/agreements.h"
#include "engine/apply_money.h"
#include "engine/contact_facts.h"
#include "engine/note.h"
#include "engine/refunds.h"
#include "engine/settle_payments.h"
#include "engine/suspend.h"

namespace puntual::engine {
namespace {

Result<void> check_amount(const ReversalInput& input, const Payment& payment) {
  const bool is_back = input.kind == ReversalKind::Reinstated;
  const int64_t left =
      is_back ? payment.returned_minor : payment.amount.minor - payment.returned_minor;
  if (input.amount_minor > 0 && input.amount_minor <= left) return {};
  return fail(
      ErrorCode::Invalid,
      "a {} of {} of payment '{}', of which {} {} (give more than zero and no more than that)",
      text_of(input.kind), format_plain({input.amount_minor, payment.amount.currency}),
      payment.source_id, format_plain({left, payment.amount.currency}),
      is_back ? "went back" : "are left");
}

// What its provider is giving back would go back twice.
Result<void> check_hand(Tx& tx, const Creditor& creditor, const ReversalInput& input) {
  const bool is_given = input.kind == ReversalKind::Returned ||
                        input.kind == ReversalKind::Refund || input.kind == ReversalKind::Void;
  if (!input.is_by_hand || !is_given) return {};
  const auto known = tx.provider_payments.find_booked(creditor.id, input.payment_id);
  const auto order = known ? awaited_refund(tx, creditor, *known) : std::nullopt;
  if (!order) return {};
  if (order->state == RefundState::Requested) {
    return fail(ErrorCode::Conflict,
                "a refund of payment {} at {} waits for approval, asked for by {}: refuse it first "
                "(refuse_refund; in the page: Pagos, Por decidir)",
                input.payment_id.value, known->provider, order->by);
  }
  return fail(ErrorCode::Conflict,
              "a refund of payment {} is under way at {}, and given back by hand as well it would "
              "go back twice: wait until its books show it (puntual payments check), "
              "or until a task says that it does not",
              input.payment_id.value, known->provider);
}

// From what waits first, then from what it paid, the latest first. Which invoices that opens.
std::vector<InvoiceId> take_back(Tx& tx, const Reversal& reversal, Payment& payment) {
  std::vector<InvoiceId> opened;
  const int64_t waiting = std::min(reversal.amount_minor, payment.unapplied_minor);
  if (waiting > 0) {
    const LedgerEntry entry =
        ledger::entry_of(Account::Unapplied, Account::Cash, waiting, entry_like(payment, {}));
    tx.ledger.append(payment.creditor_id, std::span(&entry, 1), reversal.at, tx.ids);
    payment.unapplied_minor -= waiting;
  }
  int64_t left = reversal.amount_minor - waiting;
  for (const auto& [invoice, applied] : tx.payments.applied_of(payment.creditor_id, payment.id)) {
    const int64_t part = std::min(left, applied);
    if (part == 0) break;
    left -= part;
    if (take_part_back(tx, reversal, payment, invoice, part, Account::Cash) > 0)
      opened.push_back(invoice);
  }
  PUNTUAL_CHECK(left == 0);
  payment.returned_minor += reversal.amount_minor;
  return opened;
}

// It waits, and then pays what is owed as money that waits does. Which invoices it pays by now.
std::vector<InvoiceId> bring_back(Tx& tx, const Desk& desk, const Creditor& creditor,
                                  const Reversal& reversal, Payment& payment) {
  const LedgerEntry entry = ledger::entry_of(Account::Cash, Account::Unapplied,
                                             reversal.amount_minor, entry_like(payment, {}));
  tx.ledger.append(creditor.id, std::span(&entry, 1), reversal.at, tx.ids);
  payment.unapplied_minor += reversal.amount_minor;
  payment.returned_minor -= reversal.amount_minor;
  spend(tx, desk, creditor, payment, reversal.amount_minor,
        tx.invoices.open_of(creditor.id, payment.debtor_id), reversal.at);
  std::vector<InvoiceId> paid;
  for (const auto& one : tx.payments.applied_of(creditor.id, payment.id))
    paid.push_back(one.invoice_id);
  return paid;
}

// What is owed of each invoice.
using Owed = std::map<InvoiceId, int64_t>;

Owed owed_of(Tx& tx, CreditorId creditor, DebtorId debtor) {
  Owed owed;
  if (!debtor) return owed;
  for (const auto& one : tx.invoices.open_of(creditor, debtor)) owed[one.id] = one.balance_minor;
  return owed;
}

std::string numbers_of_raised(Tx& tx, CreditorId creditor, std::span<const InvoiceId> invoices) {
  std::string text;
  for (const auto id : invoices)
    text += fmt::format("{}{}", text.empty() ? "" : ", ", tx.invoices.find(creditor, id)->number);
  return text;
}

void ask_person(Tx& tx, const Creditor& creditor, const Reversal& reversal, const Payment& payment,
                const Reversed& done, bool is_unkept, const std::string& locale) {
  const Currency currency = payment.amount.currency;
  std::string text;
  if (reversal.kind == ReversalKind::Reinstated) {
    text = fmt::format("Volvió dinero que se había devuelto: {} del pago del {} cuentan de nuevo.",
                       format_money({reversal.amount_minor, currency}, locale),
                       format_long_date(payment.paid_on, locale));
  } else {
    text = fmt::format(
        "Pago del {}: {} por {}. Se deben de nuevo {} de {}.{}{} No se enviarán recordatorios "
        "hasta que alguien lo decida.",
        format_long_date(payment.paid_on, locale), name_es(reversal.kind),
        format_money({reversal.amount_minor, currency}, locale),
        format_money({done.raised_minor, currency}, locale),
        numbers_of_raised(tx, creditor.id, done.raised),
        was_thanked(tx, payment, payment.debtor_id) ? " Ya se le había agradecido." : "",
        is_unkept ? " El acuerdo que había cumplido con ese dinero ya no está cumplido." : "");
  }
  raise_task(tx, creditor.id, payment.debtor_id, store::TaskKind::PaymentReversed, text,
             reversal.at);
}

}  // namespace

Result<Reversed> reverse_payment(Tx& tx, const Desk& desk, const Creditor& creditor,
                                 const ReversalInput& input, Instant now) {
  PUNTUAL_CHECK(input.kind != ReversalKind::Reassigned);
  auto payment = tx.payments.find(creditor.id, input.payment_id);
  if (!payment)
    return fail(ErrorCode::NotFound, "payment {} does not exist", input.payment_id.value);
  tx.debtors.hold(creditor.id, {payment->debtor_id});
  payment = tx.payments.find(creditor.id,
                             input.payment_id);  // As it is now that nobody else can change it.
  const auto earlier = tx.payments.reversals_of(creditor.id, payment->id);
  const auto told = std::ranges::find(earlier, input.source_id, &Reversal::source_id);
  if (told != earlier.end()) {
    if (told->kind == input.kind && told->amount_minor == input.amount_minor) return Reversed{};
    return fail(ErrorCode::Conflict,
                "reversal '{}' was told before as {} of {}: give another reversal its own id",
                input.source_id, text_of(told->kind),
                format_plain({told->amount_minor, payment->amount.currency}));
  }
  RETURN_IF_ERROR(check_amount(input, *payment));
  RETURN_IF_ERROR(check_hand(tx, creditor, input));

  const Reversal reversal{.id = tx.ids.next<ReversalId>(now),
                          .creditor_id = creditor.id,
                          .payment_id = payment->id,
                          .debtor_id = payment->debtor_id,
                          .kind = input.kind,
                          .amount_minor = input.amount_minor,
                          .source_id = input.source_id,
                          .at = now,
                          .told_by = input.by,
                          .why = input.why};
  PUNTUAL_CHECK(tx.payments.add_reversal(reversal));
  const Owed before = owed_of(tx, creditor.id, payment->debtor_id);
  const bool is_away = takes_away(input.kind), waited = payment->unapplied_minor > 0;
  const auto moved = is_away ? take_back(tx, reversal, *payment)
                             : bring_back(tx, desk, creditor, reversal, *payment);
  tx.payments.set_unapplied(creditor.id, payment->id, payment->debtor_id, payment->unapplied_minor);
  tx.payments.set_returned(creditor.id, payment->id, payment->returned_minor);
  tx.timeline.append({.creditor_id = creditor.id,
                      .debtor_id = payment->debtor_id,
                      .at = now,
                      .kind = is_away ? "payment_reversed" : "payment_reinstated",
                      .payment_id = payment->id,
                      .detail = fmt::format(
                          "{} {} {}", text_of(input.kind),
                          format_plain({input.amount_minor, payment->amount.currency}), input.by)},
                     tx.ids);
  Reversed done{.is_new = true};
  if (!payment->debtor_id) return done;
  if (is_away) spend_credit(tx, desk, creditor, payment->debtor_id, moved, now);
  const bool is_unkept = judge_again(tx, creditor, payment->debtor_id, moved,
                                     tx.payments.reversals_of(creditor.id, payment->id), now);
  for (const auto& [invoice, owed] : owed_of(tx, creditor.id, payment->debtor_id)) {
    const auto known = before.find(invoice);
    const int64_t more = owed - (known == before.end() ? 0 : known->second);
    if (more <= 0) continue;
    done.raised.push_back(invoice);
    done.raised_minor += more;
  }
  const auto debtor = tx.debtors.find(creditor.id, payment->debtor_id);
  if (!debtor || debtor->erased_at)
    return done;  // Nothing is said to them, and nothing written about them.
  if (is_away) retell_thanks(tx, desk, creditor, debtor->id, now);
  if (waited || !moved.empty()) close_extra_payment(tx, creditor, debtor->id, now);
  if (done.raised_minor > 0)
    suspend(
        tx, creditor.id, debtor->id,
        {.kind = store::SuspensionKind::Reversal, .since = now, .until = {}, .through = "ledger"},
        now);
  if (done.raised_minor > 0 || !is_away)
    ask_person(tx, creditor, reversal, *payment, done, is_unkept, locale_of(*debtor, creditor));
  note_money(tx, creditor, debtor->id, now);
  tx.debtors.review_now(creditor.id, debtor->id, now);
  return done;
}

}  // namespace puntual::engine
