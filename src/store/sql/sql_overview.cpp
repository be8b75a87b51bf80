#include "store/sql/sql_overview.h"

namespace puntual::store {
namespace {

// Ids begin with the moment they were made at: the key is an index by time.
int64_t first_id_of(Instant at) { return IdSource().next<Id<struct AnyTag>>(at).value; }

std::vector<NamedCount> named_counts(Rows rows) {
  std::vector<NamedCount> found;
  while (rows.next()) found.push_back({rows.text(0), rows.integer(1), rows.maybe_instant(2)});
  return found;
}

#define PUNTUAL_OWED                                                                                                              \
  "SELECT debtor_id, currency, CAST(SUM(balance_minor) AS BIGINT) AS owed, COALESCE(MIN(due_on), 1000000) AS oldest, COUNT(*) FROM invoice "      \
  "WHERE creditor_id=$1 AND balance_minor > 0 AND state <> 'written_off' GROUP BY debtor_id, currency HAVING COALESCE(MIN(due_on), 1000000) >= $2 AND COALESCE(MIN(due_on), 1000000) <= $3 "

constexpr char kOwedByAge[] = PUNTUAL_OWED
    "AND (COALESCE(MIN(due_on), 1000000) > $4 OR (COALESCE(MIN(due_on), 1000000) = $4 AND debtor_id > $5)) ORDER BY oldest, debtor_id LIMIT $6";
constexpr char kOwedByMoney[] = PUNTUAL_OWED "AND (CAST(SUM(balance_minor) AS BIGINT) < $4 OR (CAST(SUM(balance_minor) AS BIGINT) = $4 AND debtor_id > $5)) ORDER BY owed DESC, debtor_id LIMIT $6";

constexpr char kAges[] =
    "SELECT currency, CASE WHEN oldest >= $2 THEN 0 WHEN oldest >= $2 - 30 THEN 1 WHEN oldest >= $2 - 60 THEN 2 WHEN oldest >= $2 - 90 THEN 3 ELSE 4 END AS bucket, "
    "COUNT(*), CAST(SUM(owed) AS BIGINT) FROM (SELECT debtor_id, currency, CAST(SUM(balance_minor) AS BIGINT) AS owed, COALESCE(MIN(due_on), 1000000) AS oldest FROM invoice "
    "WHERE creditor_id=$1 AND balance_minor > 0 AND state <> 'written_off' GROUP BY debtor_id, currency) AS p GROUP BY 1, 2 ORDER BY 1, 2";

}  // namespace

std::vector<NamedCount> Overview::messages_since(CreditorId creditor, Instant since) {
  return named_counts(db_.query("SELECT state, COUNT(*), NULL FROM outbox WHERE creditor_id=$1 AND id >= $2 GROUP BY state ORDER BY state", {creditor, first_id_of(since)}));
}

int64_t Overview::written_since(CreditorId creditor, Instant since) {
  auto rows = db_.query("SELECT COUNT(*) FROM conversation_message WHERE creditor_id=$1 AND id >= $2 AND direction='in'", {creditor, first_id_of(since)});
  return rows.next() ? rows.integer(0) : 0;
}

std::vector<MoneyCount> Overview::money_of(CreditorId creditor, CivilDate day, Instant morning) {
  std::vector<MoneyCount> found;
  for (auto rows = db_.query("SELECT currency, COUNT(*), CAST(SUM(amount_minor - returned_minor) AS BIGINT) FROM payment WHERE creditor_id=$1 AND id >= $2 AND paid_on >= $3 GROUP BY currency ORDER BY currency",
                             {creditor, first_id_of(morning), day});
       rows.next();) {
    found.push_back({rows.text(0), rows.integer(1), rows.integer(2)});
  }
  return found;
}

std::vector<NamedCount> Overview::open_tasks(CreditorId creditor, Instant now) {
  return named_counts(db_.query("SELECT kind, COUNT(*), MIN(opened_at) FROM task WHERE creditor_id=$1 AND closed_at IS NULL AND (snoozed_until IS NULL OR snoozed_until <= $2) "
                                "GROUP BY kind ORDER BY 3",
                                {creditor, now}));
}

std::vector<NamedCount> Overview::silences(CreditorId creditor, int limit) {
  return named_counts(db_.query("SELECT silence, COUNT(*), NULL FROM debtor WHERE creditor_id=$1 AND silence <> '' AND erased_at IS NULL GROUP BY silence ORDER BY 2 DESC, 1 LIMIT $2",
                                {creditor, limit}));
}

int64_t Overview::planned(CreditorId creditor) {
  auto rows = db_.query("SELECT COUNT(*) FROM outbox WHERE creditor_id=$1 AND state='planned'", {creditor});
  return rows.next() ? rows.integer(0) : 0;
}

std::vector<OwedRow> Overview::owed(CreditorId creditor, const OwedQuery& query) {
  const bool by_age = query.order == OwedOrder::Late;
  int64_t last = by_age ? INT64_MIN : INT64_MAX;
  DebtorId last_debtor;
  if (query.after) {
    last = by_age ? query.after->oldest_due.value_or(CivilDate{OwedQuery::kNoDueDate}).days : query.after->owed_minor;
    last_debtor = query.after->debtor_id;
  }
  std::vector<OwedRow> found;
  for (auto rows = db_.query(by_age ? kOwedByAge : kOwedByMoney, {creditor, query.due_from, query.due_to, last, last_debtor, query.limit}); rows.next();) {
    found.push_back({rows.id<DebtorId>(0), rows.text(1), rows.integer(2), rows.date(3), rows.int32(4)});
    if (found.back().oldest_due->days == OwedQuery::kNoDueDate) found.back().oldest_due.reset();
  }
  return found;
}

std::vector<OwedAge> Overview::ages(CreditorId creditor, CivilDate today) {
  std::vector<OwedAge> found;
  for (auto rows = db_.query(kAges, {creditor, today}); rows.next();) found.push_back({rows.text(0), rows.int32(1), rows.integer(2), rows.integer(3)});
  return found;
}

int64_t Overview::people(CreditorId creditor) {
  auto rows = db_.query("SELECT COUNT(*) FROM debtor WHERE creditor_id=$1 AND erased_at IS NULL", {creditor});
  return rows.next() ? rows.integer(0) : 0;
}

}  // namespace puntual::store
