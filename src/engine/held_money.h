// Money that is told of twice by different mouths: the bank, a provider, somebody's hand, a file.
// By PSE a payment comes by two of them. The later telling is held, and a person says whether it is
// the same.
//
//   possible_duplicate ─► the same money: what stands in the books is all of it, and the provider's
//   refund takes that back
//                      ─► other money: it is booked like any other
//
// What the bank tells last is held as its line (engine/bank_import.h).
#pragma once

#include "engine/desk.h"
#include "engine/settle_payments.h"
#include "store/store.h"

namespace puntual::engine {

inline constexpr std::string_view kPossibleDuplicate = "possible_duplicate";

// A provider, who can be asked of it. Else it is known by an id of who told of it: a person or
// program through API, command line or page, or a file of payments.
[[nodiscard]] bool is_from_provider(std::string_view source);

// What stands in the books and may be the same: of the same person and sum; of a provider's payment
// what somebody else told, that day or some days later; of one by hand what others told some days
// around it, or a hand that very day, unless both name invoices and different ones; of a file's as
// of one by hand, but what files brought. `reference`: the invoice that it names.
[[nodiscard]] std::optional<Payment> twin_of(Tx& tx, const Creditor& creditor,
                                             const store::KnownPayment& known,
                                             std::string_view reference = {});

// Reminders rest for a while, and a person is asked.
void hold_duplicate(Tx& tx, const Creditor& creditor, const store::KnownPayment& known,
                    const Payment& twin, Instant now);

// What is told by hand or in a file, unless it is booked already: what may be in the books is held
// as SOURCE/ID, and stays so however often it is told. None: it is to be booked. `twin`: held anew,
// what it may be. Conflict: its id was told before with another amount.
struct HeldMoney {
  store::KnownPayment known;  // Its trouble is empty once a person has said that it is the same.
  PaymentId twin = {};
};
[[nodiscard]] Result<std::optional<HeldMoney>> hold_if_told_before(Tx& tx, const Creditor& creditor,
                                                                   const PaymentInput& input,
                                                                   Instant now);

struct RecordedByHand {
  SettledPayment settled;  // Nothing of it when it is held.
  std::optional<HeldMoney> held;
};
// record_payment() of what is told by hand, unless it is held. `is_another`: whoever tells it knows
// that it is not what the books have.
[[nodiscard]] Result<RecordedByHand> record_by_hand(Tx& tx, const Desk& desk,
                                                    const Creditor& creditor,
                                                    const PaymentInput& input, bool is_another,
                                                    Instant now);

// Both hold the person. Conflict: it is not held so, or (same) what it may be is gone by now.
[[nodiscard]] Result<store::KnownPayment> take_as_same(Tx& tx, const Creditor& creditor,
                                                       const store::KnownPayment& held,
                                                       Instant now);
// `reference`: the invoice that a person says it is of; paid already, all of it is the person's.
[[nodiscard]] Result<Payment> book_as_other(Tx& tx, const Desk& desk, const Creditor& creditor,
                                            const store::KnownPayment& held,
                                            const std::string& reference, Instant now);

}  // namespace puntual::engine
