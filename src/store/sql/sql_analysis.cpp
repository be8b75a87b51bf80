#include "store/sql/sql_analysis.h"

#include "store/sql/analysis_sql.h"

namespace puntual::store {

std::vector<DueSum> Analysis::due(CreditorId creditor, CivilDate billed_from, CivilDate billed_to) {
  std::vector<DueSum> found;
  for (auto rows = db_.query(
           "SELECT currency, due_on, COUNT(*), CAST(SUM(amount_minor + charged_minor) AS BIGINT), "
           "CAST(SUM(balance_minor) AS BIGINT), "
           "CAST(SUM(forgiven_minor) AS BIGINT), "
           "CAST(SUM(CASE WHEN COALESCE(issued_on, due_on) >= $2 AND COALESCE(issued_on, due_on) "
           "<= $3 THEN amount_minor ELSE 0 END) AS BIGINT) "
           "FROM invoice WHERE creditor_id=$1 GROUP BY currency, due_on ORDER BY currency, due_on",
           {creditor, billed_from, billed_to});
       rows.next();) {
    found.push_back({rows.text(0), rows.maybe_date(1), rows.integer(2), rows.integer(3),
                     rows.integer(4), rows.integer(5), rows.integer(6)});
  }
  return found;
}

std::vector<RecoveredSum> Analysis::recovered(CreditorId creditor, CivilDate since,
                                              int64_t zone_offset_ms) {
  std::vector<RecoveredSum> found;
  for (auto rows = db_.query(
           "SELECT currency, due_on, period, "
           "CAST(SUM(CASE WHEN heard = 1 THEN amount_minor ELSE 0 END) AS BIGINT), "
           "CAST(SUM(CASE WHEN heard = 1 AND paid_on >= $2 THEN amount_minor ELSE 0 END) AS "
           "BIGINT), "
           "CAST(SUM(CASE WHEN heard = 0 THEN amount_minor ELSE 0 END) AS BIGINT) "
           "FROM (" PUNTUAL_PAID_PARTS ") AS paid GROUP BY 1, 2, 3 ORDER BY 1, 2, 3",
           {creditor, since, zone_offset_ms});
       rows.next();) {
    found.push_back({rows.text(0), rows.maybe_date(1), rows.int32(2), rows.integer(3),
                     rows.integer(4), rows.integer(5)});
  }
  return found;
}

std::vector<FunnelSum> Analysis::funnel(CreditorId creditor, Instant since, Instant now,
                                        int64_t zone_offset_ms) {
  std::vector<FunnelSum> found;
  for (auto rows = db_.query(
           "SELECT strategy_version, COUNT(*), CAST(SUM(delivered) AS BIGINT), CAST(SUM(seen) AS "
           "BIGINT), CAST(SUM(replied) AS BIGINT), CAST(SUM(paid) AS BIGINT), CAST(SUM(ripe) AS "
           "BIGINT), CAST(SUM(in_time) AS BIGINT) FROM (" PUNTUAL_REMINDED ") AS reminded "
           "GROUP BY strategy_version ORDER BY strategy_version",
           {creditor, analysed_from(since), zone_offset_ms, now - kInTimeMs, kInTimeMs});
       rows.next();) {
    found.push_back({rows.text(0), rows.integer(1), rows.integer(2), rows.integer(3),
                     rows.integer(4), rows.integer(5), rows.integer(6), rows.integer(7)});
  }
  return found;
}

std::vector<HalfHour> Analysis::heard(CreditorId creditor, Instant since) {
  std::vector<HalfHour> found;
  for (auto rows =
           db_.query("SELECT at / $3, COUNT(*) FROM conversation_message WHERE creditor_id=$1 AND "
                     "id >= $2 AND direction='in' AND channel='whatsapp' GROUP BY 1 ORDER BY 1",
                     {creditor, analysed_from(since), kHalfHourMs});
       rows.next();) {
    found.push_back({{rows.integer(0) * kHalfHourMs}, rows.integer(1)});
  }
  return found;
}

std::vector<AgreementSum> Analysis::agreements(CreditorId creditor, Instant since) {
  std::vector<AgreementSum> found;
  for (auto rows = db_.query("SELECT a.kind, a.state, a.currency, COUNT(DISTINCT a.id), "
                             "CAST(SUM(i.amount_minor) AS BIGINT) FROM agreement a "
                             "JOIN instalment i ON i.creditor_id = a.creditor_id AND "
                             "i.agreement_id = a.id WHERE a.creditor_id=$1 AND a.id >= $2 "
                             "GROUP BY a.kind, a.state, a.currency ORDER BY 1, 2, 3",
                             {creditor, analysed_from(since)});
       rows.next();) {
    found.push_back({rows.text(0), rows.text(1), rows.text(2), rows.integer(3), rows.integer(4)});
  }
  return found;
}

std::vector<DeliveredSum> Analysis::delivered(CreditorId creditor, Instant since) {
  std::vector<DeliveredSum> found;
  for (auto rows =
           db_.query("SELECT d.country, CASE WHEN o.kind='template' THEN 1 ELSE 0 END, "
                     "o.delivered_at / 86400000, o.currency, COUNT(*) FROM outbox o "
                     "JOIN debtor d ON d.creditor_id = o.creditor_id AND d.id = o.debtor_id "
                     "WHERE o.creditor_id=$1 AND o.id >= $2 AND o.channel='whatsapp' AND "
                     "o.delivered_at IS NOT NULL GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4",
                     {creditor, analysed_from(since)});
       rows.next();) {
    found.push_back({rows.text(0),
                     rows.integer(1) == 1,
                     {rows.integer(2) * kDayMs},
                     rows.text(3),
                     rows.integer(4)});
  }
  return found;
}

}  // namespace puntual::store
