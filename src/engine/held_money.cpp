#include "engine/held_money.h"

#include "base/locale.h"
#include "engine/note.h"
#include "engine/settle_payments.h"
#include "engine/suspend.h"

namespace puntual::engine {
namespace {

constexpr int32_t kBankDaysLater = 3;             // A weekend between; never earlier.
constexpr int64_t kHeldRestMs = 15 * kDayMs;      // Who has paid is not reminded because nobody looked.

// As it is once nobody else can change it.
Result<store::KnownPayment> held_again(Tx& tx, const Creditor& creditor, const store::KnownPayment& held) {
  tx.debtors.hold(creditor.id, {held.debtor_id});
  const auto known = tx.provider_payments.find(creditor.id, held.provider, held.provider_payment_id);
  if (known && known->trouble == kPossibleDuplicate && !known->payment_id && known->debtor_id == held.debtor_id) return *known;
  return fail(ErrorCode::Conflict, "payment {}/{} does not wait to be compared with the bank's", held.provider, held.provider_payment_id);
}

void release(Tx& tx, store::KnownPayment& known, PaymentId booked, Instant now) {
  known.payment_id = booked;
  known.trouble.clear();
  known.changed_at = now;
  tx.provider_payments.save(known);
  (void)end_suspension(tx, known.creditor_id, known.debtor_id, store::SuspensionKind::Claim, known.provider, now);
}

}  // namespace

std::optional<Payment> told_by_bank(Tx& tx, const Creditor& creditor, const store::KnownPayment& known) {
  if (!known.debtor_id) return std::nullopt;
  const CivilDate paid_on = Zone::of(creditor.zone).local(known.paid_at).date;
  for (auto& one : tx.payments.of_debtor(creditor.id, known.debtor_id)) {
    const int32_t later = one.paid_on - paid_on;
    if (one.source != "bank" || one.amount != known.amount || one.returned_minor > 0 || later < 0 || later > kBankDaysLater) continue;
    if (!tx.provider_payments.find_booked(creditor.id, one.id)) return std::move(one);
  }
  return std::nullopt;
}

void hold_duplicate(Tx& tx, const Creditor& creditor, const store::KnownPayment& known, const Payment& by_bank, Instant now) {
  const std::string money = format_money(known.amount, creditor.locale), id = fmt::format("{}/{}", known.provider, known.provider_payment_id);
  suspend(tx, creditor.id, known.debtor_id, {.kind = store::SuspensionKind::Claim, .since = now, .until = now + kHeldRestMs, .through = known.provider}, now);
  raise_task(tx, creditor.id, known.debtor_id, store::TaskKind::MoneyHeld,
             fmt::format("{} por {}: puede ser el mismo dinero que trajo el banco el {}. Si es el mismo: «puntual payments dismiss {}». Si es otro pago: «puntual payments assign {} FACTURA».",
                         money, known.provider, format_long_date(by_bank.paid_on, creditor.locale), id, id), now);
}

Result<store::KnownPayment> take_as_same(Tx& tx, const Creditor& creditor, const store::KnownPayment& held, Instant now) {
  ASSIGN_OR_RETURN(store::KnownPayment known, held_again(tx, creditor, held));
  const auto by_bank = told_by_bank(tx, creditor, known);
  if (!by_bank) return fail(ErrorCode::Conflict, "what the bank had brought is gone by now: say which invoices it pays (puntual payments assign)");
  release(tx, known, by_bank->id, now);
  return known;
}

Result<store::KnownPayment> book_as_other(Tx& tx, const Desk& desk, const Creditor& creditor, const store::KnownPayment& held, Instant now) {
  ASSIGN_OR_RETURN(store::KnownPayment known, held_again(tx, creditor, held));
  ASSIGN_OR_RETURN(const SettledPayment settled,
                   record_payment(tx, desk, creditor, {.source = known.provider, .source_id = known.provider_payment_id, .reference = {}, .debtor_id = known.debtor_id,
                                                       .amount = known.amount, .method = known.method, .paid_on = Zone::of(creditor.zone).local(known.paid_at).date, .paid_at = known.paid_at}, now));
  release(tx, known, settled.payment.id, now);
  return known;
}

}  // namespace puntual::engine
