#include "engine/held_money.h"

#include <cstdlib>

#include "base/locale.h"
#include "engine/note.h"
#include "engine/suspend.h"

namespace puntual::engine {
namespace {

constexpr int32_t kToldDaysLater = 3;  // A weekend between.
constexpr int32_t kNoonMs = 12 * 60 * 60 * 1000;
constexpr int64_t kHeldRestMs = 15 * kDayMs;  // Who has paid is not reminded because nobody looked.

constexpr std::string_view kFileSource = "file";

bool is_by_hand(std::string_view source) { return source == "api" || source == "cli"; }

std::string told(std::string_view source) {
  if (source == "bank") return "trajo el banco";
  if (source == kFileSource) return "trajo un archivo";
  return is_from_provider(source) ? fmt::format("contó {}", source) : "se anotó a mano";
}

// As it is once nobody else can change it.
Result<store::KnownPayment> held_again(Tx& tx, const Creditor& creditor,
                                       const store::KnownPayment& held) {
  tx.debtors.hold(creditor.id, {held.debtor_id});
  const auto known =
      tx.provider_payments.find(creditor.id, held.provider, held.provider_payment_id);
  if (known && known->trouble == kPossibleDuplicate && !known->payment_id &&
      known->debtor_id == held.debtor_id)
    return *known;
  return fail(ErrorCode::Conflict,
              "payment {}/{} does not wait to be compared with what stands in the books",
              held.provider, held.provider_payment_id);
}

void release(Tx& tx, store::KnownPayment& known, PaymentId booked, Instant now) {
  if (is_from_provider(known.provider))
    known.payment_id = booked;  // Else it is found by its own id; nobody tells what becomes of it.
  known.trouble.clear();
  known.changed_at = now;
  tx.provider_payments.save(known);
  (void)end_suspension(tx, known.creditor_id, known.debtor_id, store::SuspensionKind::Claim,
                       known.provider, now);
}

}  // namespace

bool is_from_provider(std::string_view source) {
  return !is_by_hand(source) && source != kFileSource && source != "bank";
}

std::optional<Payment> twin_of(Tx& tx, const Creditor& creditor, const store::KnownPayment& known,
                               std::string_view reference) {
  if (!known.debtor_id) return std::nullopt;
  const CivilDate paid_on = Zone::of(creditor.zone).local(known.paid_at).date;
  const auto may_be = [&](const Payment& one) {
    const int32_t later = one.paid_on - paid_on;
    if (is_from_provider(known.provider))
      return later >= 0 && later <= kToldDaysLater &&
             !tx.provider_payments.find_booked(creditor.id, one.id);
    if (!reference.empty() && !one.reference.empty() && one.reference != reference) return false;
    if (known.provider == kFileSource)
      return one.source != kFileSource &&
             std::abs(later) <= kToldDaysLater;  // Two rows of files are two payments.
    return is_by_hand(one.source) ? later == 0 : std::abs(later) <= kToldDaysLater;
  };
  for (auto& one : tx.payments.of_debtor(creditor.id, known.debtor_id)) {
    if (one.amount == known.amount && one.returned_minor == 0 && may_be(one)) return std::move(one);
  }
  return std::nullopt;
}

void hold_duplicate(Tx& tx, const Creditor& creditor, const store::KnownPayment& known,
                    const Payment& twin, Instant now) {
  const std::string money = format_money(known.amount, creditor.locale),
                    id = fmt::format(
                        "{0}{1}/{2}{0}", known.provider == kFileSource ? "'" : "", known.provider,
                        known.provider_payment_id);  // A row without an id has strokes in it.
  suspend(tx, creditor.id, known.debtor_id,
          {.kind = store::SuspensionKind::Claim,
           .since = now,
           .until = now + kHeldRestMs,
           .through = known.provider},
          now);
  raise_task(tx, creditor.id, known.debtor_id, store::TaskKind::MoneyHeld,
             fmt::format(
                 "{} {}: puede ser el mismo dinero que {} el {}. Si es el mismo: «puntual payments "
                 "dismiss {}». Si es otro pago: «puntual payments assign {} FACTURA --why TEXTO».",
                 money,
                 is_from_provider(known.provider) ? "por " + known.provider
                 : known.provider == kFileSource  ? "de un archivo"
                                                  : "anotados a mano",
                 told(twin.source), format_long_date(twin.paid_on, creditor.locale), id, id),
             now);
}

namespace {

store::KnownPayment telling_of(Tx& tx, const Creditor& creditor, const PaymentInput& input,
                               Instant now) {
  const auto invoice = input.reference.empty()
                           ? std::nullopt
                           : tx.invoices.find_by_number(creditor.id, input.reference);
  return {
      .creditor_id = creditor.id,
      .provider = input.source,
      .provider_payment_id = input.source_id,
      .state = ProviderStatus::Paid,
      .amount = input.amount,
      .method = input.method,
      .debtor_id = invoice ? invoice->debtor_id : input.debtor_id,
      .first_seen_at = now,
      .changed_at = now,
      .paid_at = input.paid_at.value_or(Zone::of(creditor.zone).instant(input.paid_on, kNoonMs))};
}

// As it was told of before, and is held or has been.
Result<std::optional<store::KnownPayment>> told_before(Tx& tx, const Creditor& creditor,
                                                       const PaymentInput& input) {
  auto before = tx.provider_payments.find(creditor.id, input.source, input.source_id);
  if (!before || before->amount == input.amount) return before;
  return fail(ErrorCode::Conflict,
              "payment '{}' was told before as {}: give another payment its own id",
              input.source_id, format_plain(before->amount));
}

}  // namespace

Result<std::optional<HeldMoney>> hold_if_told_before(Tx& tx, const Creditor& creditor,
                                                     const PaymentInput& input, Instant now) {
  store::KnownPayment telling = telling_of(tx, creditor, input, now);
  if (telling.debtor_id) tx.debtors.hold(creditor.id, {telling.debtor_id});
  ASSIGN_OR_RETURN(const auto before, told_before(tx, creditor, input));
  if (tx.payments.find_by_source(creditor.id, input.source, input.source_id)) return std::nullopt;
  if (before) return HeldMoney{.known = *before};
  const auto twin = twin_of(tx, creditor, telling, input.reference);
  if (!twin) return std::nullopt;
  telling.trouble = kPossibleDuplicate;
  tx.provider_payments.save(telling);
  hold_duplicate(tx, creditor, telling, *twin, now);
  return HeldMoney{.known = std::move(telling), .twin = twin->id};
}

Result<RecordedByHand> record_by_hand(Tx& tx, const Desk& desk, const Creditor& creditor,
                                      const PaymentInput& input, bool is_another, Instant now) {
  if (!is_another) {
    ASSIGN_OR_RETURN(auto held, hold_if_told_before(tx, creditor, input, now));
    if (held) return RecordedByHand{.settled = {}, .held = std::move(held)};
  }
  ASSIGN_OR_RETURN(auto before, told_before(tx, creditor, input));
  const bool is_booked =
      tx.payments.find_by_source(creditor.id, input.source, input.source_id).has_value();
  // What a person has booked of it since is theirs: it names no invoice of its own any more.
  ASSIGN_OR_RETURN(SettledPayment settled, is_booked && before
                                               ? settle_payment(tx, desk, creditor, input, now)
                                               : record_payment(tx, desk, creditor, input, now));
  if (before && before->trouble == kPossibleDuplicate)
    release(tx, *before, settled.payment.id, now);
  return RecordedByHand{.settled = std::move(settled), .held = {}};
}

Result<store::KnownPayment> take_as_same(Tx& tx, const Creditor& creditor,
                                         const store::KnownPayment& held, Instant now) {
  ASSIGN_OR_RETURN(store::KnownPayment known, held_again(tx, creditor, held));
  const auto twin = twin_of(tx, creditor, known);
  if (!twin)
    return fail(ErrorCode::Conflict,
                "what it may have been is gone from the books by now: say which invoices it pays "
                "(puntual payments assign)");
  release(tx, known, twin->id, now);
  return known;
}

Result<Payment> book_as_other(Tx& tx, const Desk& desk, const Creditor& creditor,
                              const store::KnownPayment& held, const std::string& reference,
                              Instant now) {
  ASSIGN_OR_RETURN(store::KnownPayment known, held_again(tx, creditor, held));
  ASSIGN_OR_RETURN(const SettledPayment settled,
                   record_payment(tx, desk, creditor,
                                  {.source = known.provider,
                                   .source_id = known.provider_payment_id,
                                   .reference = reference,
                                   .debtor_id = known.debtor_id,
                                   .amount = known.amount,
                                   .method = known.method,
                                   .paid_on = Zone::of(creditor.zone).local(known.paid_at).date,
                                   .paid_at = known.paid_at},
                                  now));
  release(tx, known, settled.payment.id, now);
  return settled.payment;
}

}  // namespace puntual::engine
