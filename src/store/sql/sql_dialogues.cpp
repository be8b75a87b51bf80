#include "store/sql/sql_dialogues.h"

namespace puntual::store {
namespace {

Place place_of_dialogue(CreditorId creditor, DebtorId debtor) {
  return {.table = "dialogue", .creditor_id = creditor, .row = debtor.value};
}

}  // namespace

void Dialogues::set_turn_due(CreditorId creditor, DebtorId debtor, Instant at) {
  held_.require(debtor);
  db_.run(
      "INSERT INTO dialogue (creditor_id, debtor_id, turn_due_at, heard_to, state) VALUES "
      "($1,$2,$3,0,$4) "
      "ON CONFLICT (creditor_id, debtor_id) DO UPDATE SET turn_due_at=excluded.turn_due_at",
      {creditor, debtor, at, Bytes{""}});
}

std::optional<Instant> Dialogues::next_turn(CreditorId creditor) {
  auto rows = db_.query(
      "SELECT turn_due_at FROM dialogue WHERE creditor_id=$1 AND turn_due_at IS NOT NULL ORDER BY "
      "turn_due_at LIMIT 1",
      {creditor});
  return rows.next() ? rows.maybe_instant(0) : std::nullopt;
}

int64_t Dialogues::waiting(CreditorId creditor) {
  auto rows = db_.query(
      "SELECT COUNT(*) FROM dialogue WHERE creditor_id=$1 AND turn_due_at IS NOT NULL", {creditor});
  return rows.next() ? rows.integer(0) : 0;
}

std::vector<DebtorId> Dialogues::due(CreditorId creditor, Instant now, int max) {
  std::vector<DebtorId> found;
  auto rows = db_.query(
      "SELECT debtor_id FROM dialogue WHERE creditor_id=$1 AND turn_due_at IS NOT NULL AND "
      "turn_due_at <= $2 "
      "ORDER BY turn_due_at LIMIT $3",
      {creditor, now, max});
  while (rows.next()) found.push_back(rows.id<DebtorId>(0));
  return found;
}

DialogueRow Dialogues::find(CreditorId creditor, DebtorId debtor) {
  auto rows = db_.query(
      "SELECT heard_to, state, turn_due_at FROM dialogue WHERE creditor_id=$1 AND debtor_id=$2",
      {creditor, debtor});
  if (!rows.next()) return {};
  const std::string sealed(rows.bytes(1));
  return {.heard_to = rows.integer(0),
          .state = sealed.empty() ? std::string()
                                  : keys_.open(place_of_dialogue(creditor, debtor), debtor, sealed),
          .turn_due_at = rows.maybe_instant(2)};
}

int64_t Dialogues::heard_by_any_node(CreditorId creditor, DebtorId debtor) {
  auto rows = db_.query("SELECT heard_to FROM dialogue WHERE creditor_id=$1 AND debtor_id=$2",
                        {creditor, debtor});
  return rows.next() ? rows.integer(0) : 0;
}

void Dialogues::save(CreditorId creditor, DebtorId debtor, const DialogueRow& row) {
  held_.require(debtor);
  const std::string sealed = keys_.seal(place_of_dialogue(creditor, debtor), debtor, row.state);
  db_.run(
      "INSERT INTO dialogue (creditor_id, debtor_id, turn_due_at, heard_to, state) VALUES "
      "($1,$2,NULL,$3,$4) "
      "ON CONFLICT (creditor_id, debtor_id) DO UPDATE SET turn_due_at=NULL, "
      "heard_to=excluded.heard_to, state=excluded.state",
      {creditor, debtor, row.heard_to, Bytes{sealed}});
}

}  // namespace puntual::store
