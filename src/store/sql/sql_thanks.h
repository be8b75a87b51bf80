// For which payments a message thanks: several when they came together.
#pragma once

#include <span>
#include <vector>

#include "base/id.h"
#include "store/db.h"

namespace puntual::store {

class Thanks {
 public:
  explicit Thanks(Connection& db) : db_(db) {}
  void add(CreditorId creditor, MessageId message, std::span<const PaymentId> payments);
  // In the order of their ids.
  [[nodiscard]] std::vector<PaymentId> payments_of(CreditorId creditor, MessageId message);
  // Whatever has become of them.
  [[nodiscard]] std::vector<MessageId> messages_of(CreditorId creditor, PaymentId payment);

 private:
  Connection& db_;
};

}  // namespace puntual::store
