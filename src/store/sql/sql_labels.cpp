#include "store/sql/sql_labels.h"

namespace puntual::store {

std::vector<std::string> Labels::of(CreditorId creditor, DebtorId debtor) {
  std::vector<std::string> found;
  auto rows = db_.query(
      "SELECT label FROM conversation_label WHERE creditor_id=$1 AND debtor_id=$2 ORDER BY label",
      {creditor, debtor});
  while (rows.next()) found.push_back(rows.text(0));
  return found;
}

void Labels::set(CreditorId creditor, DebtorId debtor, const std::vector<std::string>& labels) {
  db_.run("DELETE FROM conversation_label WHERE creditor_id=$1 AND debtor_id=$2",
          {creditor, debtor});
  for (const auto& label : labels) {
    db_.run(
        "INSERT INTO conversation_label (creditor_id, debtor_id, label) VALUES ($1,$2,$3) ON "
        "CONFLICT DO NOTHING",
        {creditor, debtor, label});
  }
}

std::vector<NamedCount> Labels::all(CreditorId creditor) {
  std::vector<NamedCount> found;
  auto rows = db_.query(
      "SELECT label, COUNT(*) FROM conversation_label WHERE creditor_id=$1 GROUP BY label ORDER BY "
      "label",
      {creditor});
  while (rows.next()) found.push_back({rows.text(0), rows.integer(1)});
  return found;
}

std::vector<DebtorId> Labels::who_has(CreditorId creditor, std::string_view label, DebtorId after,
                                      int limit) {
  std::vector<DebtorId> found;
  auto rows = db_.query(
      "SELECT debtor_id FROM conversation_label WHERE creditor_id=$1 AND label=$2 AND debtor_id > "
      "$3 ORDER BY debtor_id LIMIT $4",
      {creditor, label, after, limit});
  while (rows.next()) found.push_back(rows.id<DebtorId>(0));
  return found;
}

}  // namespace puntual::store
