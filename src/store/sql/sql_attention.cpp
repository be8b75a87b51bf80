#include "store/sql/sql_attention.h"

namespace puntual::store {
namespace {

constexpr char kWaiting[] =
    "SELECT debtor_id, CASE state WHEN 'doubt' THEN 'number_doubt' ELSE 'number_silent' END, "
    "COALESCE(answered_at, asked_at) AS since "
    "FROM address WHERE creditor_id=$1 AND state IN ('doubt','silent') "
    "UNION ALL SELECT debtor_id, 'stop_doubt', at FROM opt_out WHERE creditor_id=$1 AND "
    "through='doubt' AND lifted_at=0 "
    "UNION ALL SELECT debtor_id, CASE flag WHEN 'deceased' THEN 'death_told' ELSE "
    "'insolvency_told' END, since FROM case_flag WHERE creditor_id=$1 "
    "AND flag IN ('deceased','insolvency') AND through='chat' "
    "AND cleared_at IS NULL "
    "UNION ALL SELECT debtor_id, 'stranger', opened_at FROM task WHERE creditor_id=$1 AND "
    "kind='stranger' AND closed_at IS NULL ORDER BY since, debtor_id";

}  // namespace

std::vector<Waiting> Attention::all(CreditorId creditor) {
  std::vector<Waiting> found;
  for (auto rows = db_.query(kWaiting, {creditor}); rows.next();)
    found.push_back({rows.id<DebtorId>(0), rows.text(1), rows.maybe_instant(2)});
  return found;
}

}  // namespace puntual::store
