// Money that goes back through the provider that brought it: a person orders it, the provider does
// it, and the books follow what the provider says of the payment then.
//
//   order_refund ─► (requested ─► another person approves ─►) wanted, and then
//   wanted ─► what has gone back there already? ─► provider.give_back() ─(tx)─► given, the payment
//   is looked up
//                                                                                     └────►
//                                                                                     refused: a
//                                                                                     task says why
//   given, and not in its books for three days ─► a task: reverse_payment() if it went by hand,
//   give_up_refund() if it did not given, shown in its books, and gone from them again ─► refused:
//   the order had failed after all
//
// Nothing is booked here: the reversal comes of look_up(), as for money that was given back in the
// provider's panel. An order is asked for under one key until it is answered, and only one at a
// time is under way for a payment: so nothing goes back twice.
#pragma once

#include <string>
#include <string_view>

#include "engine/desk.h"
#include "store/sql/sql_refunds.h"
#include "store/store.h"

namespace puntual {

struct RefundDeed {
  PaymentId payment_id;
  std::optional<int64_t> amount_minor;  // None: all that is left of the payment.
  std::string by, why;                  // Who orders it; no personal data.
  bool needs_approval =
      false;  // Two people decide it: nothing is asked of the provider before another one approves.
};

struct RefundsReport {
  int asked = 0, given = 0, refused = 0, failed = 0;  // Failed: asked again later.
};

namespace engine {

// Holds the person. NotFound: no such payment. Invalid: it came from no provider, or from one that
// gives nothing (or no part) back through its API. Conflict: so much is not left of it, or another
// order for it is under way.
[[nodiscard]] Result<Refund> order_refund(Tx& tx, const Desk& desk, const Creditor& creditor,
                                          const RefundDeed& deed, Instant now);

// What waits for a second person. NotFound: nothing does. Forbidden: who asked for it does not
// approve it. Invalid, Conflict: as for order_refund. Both hold the person; who asked may take it
// back by refusing it.
[[nodiscard]] Result<Refund> approve_refund(Tx& tx, const Desk& desk, const Creditor& creditor,
                                            PaymentId payment, const std::string& by, Instant now);
[[nodiscard]] Result<Refund> refuse_refund(Tx& tx, const Creditor& creditor, PaymentId payment,
                                           const std::string& by, Instant now);

// An order for this payment that its provider has not shown in its books yet, so that whoever gives
// the money back by hand gives it twice. Not one of which a task has said that the provider does
// not show it: a person has looked. Hold the person before.
[[nodiscard]] std::optional<Refund> awaited_refund(Tx& tx, const Creditor& creditor,
                                                   const store::KnownPayment& known);

// The provider says that less of the payment has gone back than it said before: what it took and
// has not done is refused after all, and a task says so. The person is held.
void refunds_failed(Tx& tx, const Creditor& creditor, const store::KnownPayment& known,
                    Instant now);

// Somebody has looked: what the provider took three days ago (a task said so) it has not given
// back, and another may be ordered. Holds the person. False: there is no such order.
bool give_up_refund(Tx& tx, const Creditor& creditor, const Payment& payment, std::string_view by,
                    Instant now);

// A few that are due. Asks the network for some seconds at most each: one thread at a time, on
// whichever node sends.
[[nodiscard]] Result<RefundsReport> make_refunds(Store& store, const Desk& desk,
                                                 const Creditor& creditor, Instant now);

}  // namespace engine
}  // namespace puntual
