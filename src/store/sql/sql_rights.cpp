#include "store/sql/sql_rights.h"

namespace puntual::store {
namespace {

RightsRequest request_of(const Rows& rows) {
  return {.id = rows.integer(0),
          .creditor_id = rows.id<CreditorId>(1),
          .debtor_id = rows.id<DebtorId>(2),
          .kind = right_kind_of(rows.view(3)).value_or(RightKind::Access),
          .received_at = rows.instant(4),
          .through = rows.text(5),
          .due_on = rows.date(6),
          .state = request_state_of(rows.view(7)).value_or(RequestState::Open),
          .closed_at = rows.maybe_instant(8),
          .answer = rows.text(9)};
}

std::vector<RightsRequest> all_in(Rows rows) {
  std::vector<RightsRequest> found;
  while (rows.next()) found.push_back(request_of(rows));
  return found;
}

}  // namespace

void Rights::insert(const RightsRequest& r) {
  db_.run(
      "INSERT INTO rights_request (id, creditor_id, debtor_id, kind, received_at, through, due_on, "
      "state, closed_at, answer) "
      "VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)",
      {r.id, r.creditor_id, r.debtor_id, text_of(r.kind), r.received_at, r.through, r.due_on,
       text_of(r.state), r.closed_at, r.answer});
}

std::optional<RightsRequest> Rights::find(CreditorId creditor, int64_t id) {
  auto rows = db_.query(
      "SELECT id, creditor_id, debtor_id, kind, received_at, through, due_on, state, closed_at, "
      "answer "
      "FROM rights_request WHERE creditor_id=$1 AND id=$2",
      {creditor, id});
  return rows.next() ? std::optional(request_of(rows)) : std::nullopt;
}

std::optional<RightsRequest> Rights::open_of(CreditorId creditor, DebtorId debtor, RightKind kind) {
  auto rows = db_.query(
      "SELECT id, creditor_id, debtor_id, kind, received_at, through, due_on, state, closed_at, "
      "answer "
      "FROM rights_request WHERE creditor_id=$1 AND debtor_id=$2 AND kind=$3 AND state='open' "
      "ORDER BY id",
      {creditor, debtor, text_of(kind)});
  return rows.next() ? std::optional(request_of(rows)) : std::nullopt;
}

std::vector<RightsRequest> Rights::of_debtor(CreditorId creditor, DebtorId debtor) {
  return all_in(
      db_.query("SELECT id, creditor_id, debtor_id, kind, received_at, through, due_on, state, "
                "closed_at, answer "
                "FROM rights_request WHERE creditor_id=$1 AND debtor_id=$2 ORDER BY id",
                {creditor, debtor}));
}

std::vector<RightsRequest> Rights::open(CreditorId creditor) {
  return all_in(
      db_.query("SELECT id, creditor_id, debtor_id, kind, received_at, through, due_on, state, "
                "closed_at, answer "
                "FROM rights_request WHERE creditor_id=$1 AND state='open' ORDER BY due_on, id",
                {creditor}));
}

bool Rights::close(CreditorId creditor, int64_t id, RequestState state, Instant now,
                   std::string_view answer) {
  return db_.run(
             "UPDATE rights_request SET state=$3, closed_at=$4, answer=$5 WHERE creditor_id=$1 AND "
             "id=$2 AND state='open'",
             {creditor, id, text_of(state), now, answer}) == 1;
}

}  // namespace puntual::store
