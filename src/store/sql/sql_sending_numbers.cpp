#include "store/sql/sql_sending_numbers.h"

namespace puntual::store {

std::optional<SendingNumber> SendingNumbers::find(CreditorId creditor,
                                                  std::string_view phone_number_id) {
  auto rows = db_.query(
      "SELECT phone_number_id, owner, verified_name, confirmed_at, confirmed_by FROM "
      "sending_number "
      "WHERE creditor_id=$1 AND phone_number_id=$2",
      {creditor, phone_number_id});
  if (!rows.next()) return std::nullopt;
  return SendingNumber{rows.text(0), rows.text(1), rows.text(2), rows.maybe_instant(3),
                       rows.text(4)};
}

void SendingNumbers::save(CreditorId creditor, const SendingNumber& n, Instant now) {
  db_.run(
      "INSERT INTO sending_number (creditor_id, phone_number_id, owner, verified_name, "
      "first_seen_at, confirmed_at, confirmed_by) "
      "VALUES ($1,$2,$3,$4,$5,$6,$7) ON CONFLICT (creditor_id, phone_number_id) DO UPDATE SET "
      "owner=excluded.owner, "
      "verified_name=excluded.verified_name, confirmed_at=excluded.confirmed_at, "
      "confirmed_by=excluded.confirmed_by",
      {creditor, n.phone_number_id, n.owner, n.verified_name, now, n.confirmed_at, n.confirmed_by});
}

}  // namespace puntual::store
