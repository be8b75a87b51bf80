#include "store/sql/sql_exports.h"

namespace puntual::store {
namespace {

template <class IdType>
std::vector<IdType> ids_in(Rows rows) {
  std::vector<IdType> found;
  while (rows.next()) found.push_back(rows.id<IdType>(0));
  return found;
}

}  // namespace

std::vector<PaymentId> Exports::payments(CreditorId creditor, CivilDate from, CivilDate to,
                                         PaymentId after, int limit) {
  return ids_in<PaymentId>(
      db_.query("SELECT id FROM payment WHERE creditor_id=$1 AND id > $2 AND paid_on >= $3 AND "
                "paid_on <= $4 ORDER BY id LIMIT $5",
                {creditor, after, from, to, limit}));
}

std::vector<InvoiceId> Exports::owed(CreditorId creditor, InvoiceId after, int limit) {
  return ids_in<InvoiceId>(
      db_.query("SELECT id FROM invoice WHERE creditor_id=$1 AND id > $2 AND balance_minor > 0 "
                "ORDER BY id LIMIT $3",
                {creditor, after, limit}));
}

std::vector<MessageId> Exports::messages(CreditorId creditor, Instant from, Instant until,
                                         MessageId after, int limit) {
  return ids_in<MessageId>(
      db_.query("SELECT id FROM outbox WHERE creditor_id=$1 AND id > $2 AND in_flight_at >= $3 AND "
                "in_flight_at < $4 ORDER BY id LIMIT $5",
                {creditor, after, from, until, limit}));
}

std::vector<AgreementId> Exports::agreements(CreditorId creditor, Instant from, Instant until,
                                             AgreementId after, int limit) {
  return ids_in<AgreementId>(
      db_.query("SELECT id FROM agreement WHERE creditor_id=$1 AND id > $2 AND made_at >= $3 AND "
                "made_at < $4 ORDER BY id LIMIT $5",
                {creditor, after, from, until, limit}));
}

}  // namespace puntual::store
