#include "store/sql/sql_notes.h"

namespace puntual::store {
namespace {

Place place_of_note(CreditorId creditor, int64_t id) {
  return {.table = "note", .creditor_id = creditor, .row = id};
}

}  // namespace

void Notes::add(CreditorId creditor, DebtorId debtor, std::string_view author,
                std::string_view text, Instant now, IdSource& ids) {
  held_.require(debtor);
  const int64_t id = ids.next<Id<Note>>(now).value;
  const std::string sealed = keys_.seal(place_of_note(creditor, id), debtor, text);
  db_.run(
      "INSERT INTO note (id, creditor_id, debtor_id, author, at, content) VALUES "
      "($1,$2,$3,$4,$5,$6)",
      {id, creditor, debtor, author, now, Bytes{sealed}});
}

std::vector<Note> Notes::of_debtor(CreditorId creditor, DebtorId debtor) {
  std::vector<Note> found;
  auto rows = db_.query(
      "SELECT id, author, at, content FROM note WHERE creditor_id=$1 AND debtor_id=$2 ORDER BY id",
      {creditor, debtor});
  while (rows.next()) {
    found.push_back(
        {.id = rows.integer(0),
         .author = rows.text(1),
         .at = rows.instant(2),
         .text = keys_.open(place_of_note(creditor, rows.integer(0)), debtor, rows.bytes(3))});
  }
  return found;
}

}  // namespace puntual::store
