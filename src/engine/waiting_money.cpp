#include "engine/waiting_money.h"

#include <algorithm>

namespace puntual::engine {

WaitingMoney waiting_money(Tx& tx, CreditorId creditor, int limit) {
  WaitingMoney waiting{.nobodys = tx.payments.of_nobody(creditor, limit),
                       .credits = tx.payments.in_question(creditor, limit),
                       .held = tx.provider_payments.in_trouble(creditor, limit),
                       .unanswered = tx.provider_payments.in_vain(creditor, limit),
                       .refunds = store::Refunds(tx.db, tx.held).requested(creditor, limit)};
  std::erase_if(waiting.credits, [&](const Payment& one) {
    return std::ranges::find(waiting.held, one.id, &store::KnownPayment::payment_id) !=
           waiting.held.end();
  });
  return waiting;
}

}  // namespace puntual::engine
