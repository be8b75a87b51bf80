#include "store/sql/sql_analysis.h"

namespace puntual::store {
namespace {

constexpr int64_t kHalfHourMs = 30 * kMinuteMs;

// Ids begin with the moment they were made at: the key is an index by time.
int64_t analysed_from(Instant at) { return IdSource().next<Id<struct AnyTag>>(at).value; }

}  // namespace

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
           "CAST(SUM(CASE WHEN heard = 0 THEN amount_minor ELSE 0 END) AS BIGINT) FROM ("
           "SELECT i.currency, i.due_on, p.paid_on, a.amount_minor, CASE WHEN i.due_on IS NULL OR "
           "p.paid_on <= i.due_on THEN 0 WHEN p.paid_on > i.due_on + 360 THEN 13 "
           "ELSE (p.paid_on - i.due_on + 29) / 30 END AS period, "
           "CASE WHEN p.paid_at > f.first_at OR (p.paid_at IS NULL AND p.paid_on > (f.first_at + "
           "$3) / 86400000) THEN 1 ELSE 0 END AS heard FROM allocation a "
           "JOIN payment p ON p.creditor_id = a.creditor_id AND p.id = a.payment_id "
           "JOIN invoice i ON i.creditor_id = a.creditor_id AND i.id = a.invoice_id "
           "JOIN debtor d ON d.creditor_id = i.creditor_id AND d.id = i.debtor_id "
           "LEFT JOIN (SELECT w.person_id, MIN(o.in_flight_at) AS first_at FROM outbox o "
           "JOIN debtor w ON w.creditor_id = o.creditor_id AND w.id = o.debtor_id WHERE "
           "o.creditor_id=$1 AND o.platform_id <> '' AND o.purpose <> 'payment_confirmation' "
           "GROUP BY w.person_id) AS f ON f.person_id = d.person_id "
           "WHERE a.creditor_id=$1) AS paid GROUP BY 1, 2, 3 ORDER BY 1, 2, 3",
           {creditor, since, zone_offset_ms});
       rows.next();) {
    found.push_back({rows.text(0), rows.maybe_date(1), rows.int32(2), rows.integer(3),
                     rows.integer(4), rows.integer(5)});
  }
  return found;
}

FunnelSum Analysis::funnel(CreditorId creditor, Instant since, int64_t zone_offset_ms) {
  auto rows = db_.query(
      "SELECT COUNT(*), COALESCE(CAST(SUM(delivered) AS BIGINT), 0), COALESCE(CAST(SUM(seen) AS "
      "BIGINT), 0), COALESCE(CAST(SUM(replied) AS BIGINT), 0), COALESCE(CAST(SUM(paid) AS BIGINT), "
      "0) FROM ("
      "SELECT s.delivered, s.seen, CASE WHEN d.last_inbound_at > s.first_at THEN 1 ELSE 0 END AS "
      "replied, "
      "CASE WHEN EXISTS (SELECT 1 FROM payment p WHERE p.creditor_id=$1 AND p.debtor_id = "
      "s.debtor_id AND (p.paid_at > s.first_at OR (p.paid_at IS NULL AND p.paid_on > (s.first_at + "
      "$3) / 86400000)) AND p.returned_minor < p.amount_minor) "
      "THEN 1 ELSE 0 END AS paid FROM (SELECT debtor_id, MIN(in_flight_at) AS first_at, MAX(CASE "
      "WHEN delivered_at IS NOT NULL OR read_at IS NOT NULL THEN 1 ELSE 0 END) AS delivered, "
      "MAX(CASE WHEN read_at IS NOT NULL THEN 1 ELSE 0 END) AS seen FROM outbox WHERE "
      "creditor_id=$1 AND id >= $2 AND channel='whatsapp' AND platform_id <> '' AND purpose IN "
      "('pre_due','overdue') "
      "GROUP BY debtor_id) AS s JOIN debtor d ON d.creditor_id=$1 AND d.id = s.debtor_id) AS "
      "people",
      {creditor, analysed_from(since), zone_offset_ms});
  if (!rows.next()) return {};
  return {rows.integer(0), rows.integer(1), rows.integer(2), rows.integer(3), rows.integer(4)};
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
                     "o.delivered_at / 86400000, COUNT(*) FROM outbox o "
                     "JOIN debtor d ON d.creditor_id = o.creditor_id AND d.id = o.debtor_id "
                     "WHERE o.creditor_id=$1 AND o.id >= $2 AND o.channel='whatsapp' AND "
                     "o.delivered_at IS NOT NULL GROUP BY 1, 2, 3 ORDER BY 1, 2, 3",
                     {creditor, analysed_from(since)});
       rows.next();) {
    found.push_back(
        {rows.text(0), rows.integer(1) == 1, {rows.integer(2) * kDayMs}, rows.integer(3)});
  }
  return found;
}

}  // namespace puntual::store
