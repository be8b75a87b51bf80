// Money that a provider tells of after the bank has told of it: by PSE a payment comes by both. It is held, and a person says
// whether it is the same.
//
//   possible_duplicate ─► the same money: what the bank brought is what was booked for it, and a refund takes that back
//                      ─► other money: it is booked like any other
#pragma once

#include "engine/desk.h"
#include "store/store.h"

namespace puntual::engine {

inline constexpr std::string_view kPossibleDuplicate = "possible_duplicate";

// What the bank has brought of the same person's, of the same sum and on the same day or some days later, and no provider has told of.
[[nodiscard]] std::optional<Payment> told_by_bank(Tx& tx, const Creditor& creditor, const store::KnownPayment& known);

// Reminders rest for a while, and a person is asked.
void hold_duplicate(Tx& tx, const Creditor& creditor, const store::KnownPayment& known, const Payment& by_bank, Instant now);

// Both hold the person. Conflict: it is not held so, or (same) what the bank had brought is gone by now.
[[nodiscard]] Result<store::KnownPayment> take_as_same(Tx& tx, const Creditor& creditor, const store::KnownPayment& held, Instant now);
[[nodiscard]] Result<store::KnownPayment> book_as_other(Tx& tx, const Desk& desk, const Creditor& creditor, const store::KnownPayment& held, Instant now);

}  // namespace puntual::engine
