// Money that is told of twice by different mouths: the bank, a provider, somebody's hand, a file. By PSE a payment comes by two of
// them. The later telling is held, and a person says whether it is the same.
//
//   possible_duplicate ─► the same money: what stands in the books is all of it, and the provider's refund takes that back
//                      ─► other money: it is booked like any other
//
// What the bank tells last is held as its line (engine/bank_import.h).
#pragma once

#include "engine/desk.h"
#include "engine/settle_payments.h"
#include "store/store.h"

namespace puntual::engine {

inline constexpr std::string_view kPossibleDuplicate = "possible_duplicate";

// Told by a person or a program through API, command line or page: under an id of theirs, and no provider can be asked of it.
[[nodiscard]] bool is_by_hand(std::string_view source);

// What stands in the books and may be the same: of the same person and sum; of a provider's payment what somebody else told, that day
// or some days later; of one by hand what others told some days around it, or a hand that very day, unless both name invoices and
// different ones. `reference`: the invoice that it names.
[[nodiscard]] std::optional<Payment> twin_of(Tx& tx, const Creditor& creditor, const store::KnownPayment& known, std::string_view reference = {});

// Reminders rest for a while, and a person is asked.
void hold_duplicate(Tx& tx, const Creditor& creditor, const store::KnownPayment& known, const Payment& twin, Instant now);

struct RecordedByHand {
  SettledPayment settled;                   // Nothing of it when it is held.
  std::optional<store::KnownPayment> held;  // Its trouble is empty once a person has said that it is the same.
  PaymentId twin;                           // Held anew: what it may be.
};
// record_payment() of what is told by hand, unless it may be in the books already: then it is held as SOURCE/ID. `is_another`: whoever
// tells it knows that it is not.
[[nodiscard]] Result<RecordedByHand> record_by_hand(Tx& tx, const Desk& desk, const Creditor& creditor, const PaymentInput& input, bool is_another, Instant now);

// Both hold the person. Conflict: it is not held so, or (same) what it may be is gone by now.
[[nodiscard]] Result<store::KnownPayment> take_as_same(Tx& tx, const Creditor& creditor, const store::KnownPayment& held, Instant now);
[[nodiscard]] Result<Payment> book_as_other(Tx& tx, const Desk& desk, const Creditor& creditor, const store::KnownPayment& held, Instant now);

}  // namespace puntual::engine
