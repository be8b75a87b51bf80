#include "store/sql/sql_figure_people.h"

#include "store/sql/analysis_sql.h"
#include "store/sql/sql_analysis.h"

namespace puntual::store {

std::vector<InvoicesOfPerson> FigurePeople::invoices(CreditorId creditor, const DueDays& due,
                                                     CivilDate billed_from, CivilDate billed_to) {
  std::vector<InvoicesOfPerson> found;
  for (auto rows = db_.query(
           "SELECT debtor_id, COUNT(*), CAST(SUM(amount_minor + charged_minor) AS BIGINT), "
           "CAST(SUM(balance_minor) AS BIGINT), "
           "CAST(SUM(CASE WHEN COALESCE(issued_on, due_on) >= $6 AND COALESCE(issued_on, due_on) "
           "<= $7 THEN amount_minor ELSE 0 END) AS BIGINT) "
           "FROM invoice WHERE creditor_id=$1 AND currency=$2 AND COALESCE(due_on, $5) BETWEEN $3 "
           "AND $4 GROUP BY debtor_id",
           {creditor, due.currency, due.from, due.to, CivilDate{DueDays::kNoDueDate}, billed_from,
            billed_to});
       rows.next();) {
    found.push_back(
        {rows.id<DebtorId>(0), rows.integer(1), rows.integer(2), rows.integer(3), rows.integer(4)});
  }
  return found;
}

std::vector<MoneyOfPerson> FigurePeople::recovered(CreditorId creditor, const DueDays& due,
                                                   CivilDate since, int64_t zone_offset_ms) {
  std::vector<MoneyOfPerson> found;
  for (auto rows = db_.query("SELECT debtor_id, COUNT(*), CAST(SUM(amount_minor) AS BIGINT) "
                             "FROM (" PUNTUAL_PAID_PARTS ") AS paid WHERE heard = 1 AND "
                             "paid_on >= $2 AND currency=$4 AND COALESCE(due_on, $7) BETWEEN $5 "
                             "AND $6 GROUP BY debtor_id",
                             {creditor, since, zone_offset_ms, due.currency, due.from, due.to,
                              CivilDate{DueDays::kNoDueDate}});
       rows.next();) {
    found.push_back({rows.id<DebtorId>(0), rows.integer(1), rows.integer(2)});
  }
  return found;
}

std::vector<RemindedPerson> FigurePeople::reminded(CreditorId creditor, Instant since, Instant now,
                                                   int64_t zone_offset_ms) {
  std::vector<RemindedPerson> found;
  for (auto rows = db_.query("SELECT debtor_id, strategy_version, delivered, seen, replied, paid, "
                             "ripe, in_time FROM (" PUNTUAL_REMINDED ") AS reminded",
                             {creditor, analysed_from(since), zone_offset_ms,
                              now - Analysis::kInTimeMs, Analysis::kInTimeMs});
       rows.next();) {
    const auto is = [&](int column) { return rows.integer(column) == 1; };
    found.push_back({rows.id<DebtorId>(0), rows.text(1), is(2), is(3), is(4), is(5), is(6), is(7)});
  }
  return found;
}

std::vector<MessagesOfPerson> FigurePeople::heard(CreditorId creditor, Instant since) {
  std::vector<MessagesOfPerson> found;
  for (auto rows = db_.query(
           "SELECT debtor_id, at / $3, COUNT(*) FROM conversation_message WHERE creditor_id=$1 AND "
           "id >= $2 AND direction='in' AND channel='whatsapp' GROUP BY 1, 2",
           {creditor, analysed_from(since), kHalfHourMs});
       rows.next();) {
    found.push_back({rows.id<DebtorId>(0), {rows.integer(1) * kHalfHourMs}, rows.integer(2)});
  }
  return found;
}

std::vector<MessagesOfPerson> FigurePeople::delivered(CreditorId creditor, Instant since) {
  std::vector<MessagesOfPerson> found;
  for (auto rows =
           db_.query("SELECT debtor_id, delivered_at / 86400000, COUNT(*) FROM outbox "
                     "WHERE creditor_id=$1 AND id >= $2 AND channel='whatsapp' AND delivered_at IS "
                     "NOT NULL GROUP BY 1, 2",
                     {creditor, analysed_from(since)});
       rows.next();) {
    found.push_back({rows.id<DebtorId>(0), {rows.integer(1) * kDayMs}, rows.integer(2)});
  }
  return found;
}

std::vector<MoneyOfPerson> FigurePeople::agreements(CreditorId creditor, Instant since,
                                                    std::string_view kind, std::string_view state,
                                                    std::string_view currency) {
  std::vector<MoneyOfPerson> found;
  for (auto rows = db_.query("SELECT a.debtor_id, COUNT(DISTINCT a.id), CAST(SUM(i.amount_minor) "
                             "AS BIGINT) FROM agreement a "
                             "JOIN instalment i ON i.creditor_id = a.creditor_id AND "
                             "i.agreement_id = a.id WHERE a.creditor_id=$1 AND a.id >= $2 "
                             "AND a.kind=$3 AND a.state=$4 AND a.currency=$5 GROUP BY a.debtor_id",
                             {creditor, analysed_from(since), kind, state, currency});
       rows.next();) {
    found.push_back({rows.id<DebtorId>(0), rows.integer(1), rows.integer(2)});
  }
  return found;
}

}  // namespace puntual::store
