#include "store/sql/sql_pages.h"

namespace puntual::store {
namespace {

template <class IdType>
std::vector<IdType> page_in(Rows rows) {
  std::vector<IdType> found;
  while (rows.next()) found.push_back(rows.id<IdType>(0));
  return found;
}

}  // namespace

std::vector<PaymentId> Pages::payments(CreditorId creditor, PaymentId before, int limit) {
  return page_in<PaymentId>(db_.query("SELECT id FROM payment WHERE creditor_id=$1 AND id < $2 ORDER BY id DESC LIMIT $3", {creditor, before, limit}));
}

std::vector<AgreementId> Pages::agreements(CreditorId creditor, std::optional<AgreementState> state, AgreementId before, int limit) {
  const std::string_view name = state ? text_of(*state) : std::string_view();
  return page_in<AgreementId>(db_.query("SELECT id FROM agreement WHERE creditor_id=$1 AND id < $2 AND ($3='' OR state=$3) ORDER BY id DESC LIMIT $4",
                                        {creditor, before, name, limit}));
}

}  // namespace puntual::store
