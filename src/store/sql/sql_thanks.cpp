#include "store/sql/sql_thanks.h"

namespace puntual::store {

void Thanks::add(CreditorId creditor, MessageId message, std::span<const PaymentId> payments) {
  for (const auto payment : payments) {
    db_.run("INSERT INTO thanked_payment (creditor_id, message_id, payment_id) VALUES ($1,$2,$3)",
            {creditor, message, payment});
  }
}

std::vector<PaymentId> Thanks::payments_of(CreditorId creditor, MessageId message) {
  std::vector<PaymentId> found;
  auto rows = db_.query(
      "SELECT payment_id FROM thanked_payment WHERE creditor_id=$1 AND message_id=$2 ORDER BY "
      "payment_id",
      {creditor, message});
  while (rows.next()) found.push_back(rows.id<PaymentId>(0));
  return found;
}

std::vector<MessageId> Thanks::messages_of(CreditorId creditor, PaymentId payment) {
  std::vector<MessageId> found;
  auto rows = db_.query(
      "SELECT message_id FROM thanked_payment WHERE creditor_id=$1 AND payment_id=$2 ORDER BY "
      "message_id",
      {creditor, payment});
  while (rows.next()) found.push_back(rows.id<MessageId>(0));
  return found;
}

}  // namespace puntual::store
