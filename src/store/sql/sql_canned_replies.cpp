#include "store/sql/sql_canned_replies.h"

namespace puntual::store {

std::vector<CannedReply> CannedReplies::all(CreditorId creditor) {
  std::vector<CannedReply> found;
  auto rows = db_.query("SELECT name, text FROM canned_reply WHERE creditor_id=$1 ORDER BY name",
                        {creditor});
  while (rows.next())
    found.push_back({.name = rows.text(0), .text = rows.text(1), .is_built_in = false});
  return found;
}

void CannedReplies::set(CreditorId creditor, const CannedReply& reply, Instant now) {
  db_.run(
      "INSERT INTO canned_reply (creditor_id, name, text, updated_at) VALUES ($1,$2,$3,$4) "
      "ON CONFLICT (creditor_id, name) DO UPDATE SET text=excluded.text, "
      "updated_at=excluded.updated_at",
      {creditor, reply.name, reply.text, now});
}

bool CannedReplies::remove(CreditorId creditor, std::string_view name) {
  return db_.run("DELETE FROM canned_reply WHERE creditor_id=$1 AND name=$2", {creditor, name}) ==
         1;
}

}  // namespace puntual::store
