// A person says what a payment pays: all of it, or split among several invoices, of one debtor.
// What it paid otherwise is taken back by new entries; what they leave out waits. Whose it turns
// out to be is thanked. Nothing rests, as who decided knows of it, but for whoever had been thanked
// for what was not theirs: a task tells, and a person decides.
#pragma once

#include <string>
#include <vector>

#include "core/payments/reversal.h"
#include "engine/desk.h"
#include "store/store.h"

namespace puntual {

struct PaymentShare {
  std::string invoice;  // Its number.
  int64_t amount_minor = 0;
};

struct AssignOrder {
  PaymentId payment_id;
  std::vector<PaymentShare> shares;  // None: all of it waits.
  std::string by;                    // "operator:ana"
  std::string why;                   // For people; no personal data.
};

namespace engine {

// Holds the people of both sides. The same again changes nothing. NotFound: no such payment or
// invoice. Invalid: shares of several debtors or another currency, of more than is left of the
// payment, or than an invoice can take. The payment as it is then.
[[nodiscard]] Result<Payment> assign_payment(Tx& tx, const Desk& desk, const Creditor& creditor,
                                             const AssignOrder& order, Instant now);

}  // namespace engine
}  // namespace puntual
