#include "store/sql/sql_overview.h"

#include <algorithm>
#include <map>

namespace puntual::store {
namespace {

// Ids begin with the moment they were made at: the key is an index by time.
int64_t first_id_of(Instant at) { return IdSource().next<Id<struct AnyTag>>(at).value; }

std::vector<NamedCount> named_counts(Rows rows) {
  std::vector<NamedCount> found;
  while (rows.next()) found.push_back({rows.text(0), rows.integer(1), rows.maybe_instant(2)});
  return found;
}

// What each person owes in each currency; of a silence, what it keeps silent, be it nothing.
#define PUNTUAL_OWING                                                                          \
  "(SELECT debtor_id, currency, CAST(SUM(balance_minor) AS BIGINT) AS owed, "                  \
  "COALESCE(MIN(due_on), 1000000) AS oldest, COUNT(*) AS invoices FROM invoice "               \
  "WHERE creditor_id=$1 AND balance_minor > 0 AND state <> 'written_off' GROUP BY debtor_id, " \
  "currency) AS p "
#define PUNTUAL_SILENT                                                                             \
  "(SELECT d.id AS debtor_id, COALESCE(i.currency, '') AS currency, "                              \
  "CAST(COALESCE(SUM(i.balance_minor), 0) AS BIGINT) AS owed, COALESCE(MIN(i.due_on), 1000000) "   \
  "AS oldest, "                                                                                    \
  "COUNT(i.id) AS invoices FROM debtor d LEFT JOIN invoice i ON i.creditor_id = d.creditor_id "    \
  "AND i.debtor_id = d.id AND i.balance_minor > 0 AND i.state <> 'written_off' "                   \
  "WHERE d.creditor_id=$1 AND d.silence=$8 AND d.erased_at IS NULL GROUP BY d.id, i.currency) AS " \
  "p "
#define PUNTUAL_OWED_OF(people)                                     \
  "SELECT debtor_id, currency, owed, oldest, invoices FROM " people \
  "WHERE oldest >= $2 AND oldest <= $3 "
#define PUNTUAL_BY_AGE                                                                             \
  "AND (oldest > $4 OR (oldest = $4 AND (debtor_id > $5 OR (debtor_id = $5 AND currency > $6)))) " \
  "ORDER BY oldest, debtor_id, currency LIMIT $7"
#define PUNTUAL_BY_MONEY                                                                       \
  "AND (owed < $4 OR (owed = $4 AND (debtor_id > $5 OR (debtor_id = $5 AND currency > $6)))) " \
  "ORDER BY owed DESC, debtor_id, currency LIMIT $7"

constexpr char kOwedByAge[] = PUNTUAL_OWED_OF(PUNTUAL_OWING) PUNTUAL_BY_AGE;
constexpr char kOwedByMoney[] = PUNTUAL_OWED_OF(PUNTUAL_OWING) PUNTUAL_BY_MONEY;
constexpr char kSilentByAge[] = PUNTUAL_OWED_OF(PUNTUAL_SILENT) PUNTUAL_BY_AGE;
constexpr char kSilentByMoney[] = PUNTUAL_OWED_OF(PUNTUAL_SILENT) PUNTUAL_BY_MONEY;

constexpr char kOwing[] = "SELECT currency, owed, oldest FROM " PUNTUAL_OWING;

// A message's own index is by person: of everybody on a page that is a walk over theirs alone.
constexpr char kContactMoments[] =
    "SELECT d.id, MAX(CASE WHEN o.state NOT IN ('planned', 'rejected', 'cancelled', 'expired', "
    "'failed') THEN o.in_flight_at END), MIN(CASE WHEN o.state = 'planned' THEN o.not_before END), "
    "d.silent_until FROM {{people_2}} debtor d LEFT JOIN outbox o ON o.creditor_id = d.creditor_id "
    "AND o.debtor_id = d.id WHERE d.creditor_id=$1 AND d.id {{among_2}} GROUP BY d.id, "
    "d.silent_until";

// A file of a few thousand payments leaves room for what came before it; of a bigger one the
// morning's first pages tell less, for nobody walks over a million records to open a page.
constexpr int kNewsLookedAt = 40'000;
constexpr char kNews[] =
    "SELECT n.id, n.at, n.kind, n.debtor_id, n.payment_id FROM (SELECT id, at, kind, debtor_id, "
    "payment_id FROM timeline WHERE creditor_id=$1 ORDER BY id DESC LIMIT $2) AS n WHERE n.kind IN "
    "('inbound', 'paid', 'agreement_made', 'agreement_kept', 'agreement_broken', 'opted_out', "
    "'task_opened', 'payment_reversed', 'consent_revoked', 'right_asked', 'import', 'bank_file', "
    "'paused', 'resumed', 'quarantined', 'replied', 'write_off_requested') AND NOT (n.kind='paid' "
    "AND EXISTS (SELECT 1 FROM payment p WHERE p.creditor_id=$1 AND p.id=n.payment_id AND "
    "p.source='file')) ORDER BY n.id DESC LIMIT $3";

// How late the oldest is: the buckets of OwedAge.
int age_bucket(CivilDate oldest, CivilDate today) {
  return oldest >= today ? 0 : std::min(4, (today - oldest + 29) / 30);
}

}  // namespace

std::vector<NamedCount> Overview::messages_since(CreditorId creditor, Instant since) {
  return named_counts(
      db_.query("SELECT state, COUNT(*), NULL FROM outbox WHERE creditor_id=$1 AND id >= $2 GROUP "
                "BY state ORDER BY state",
                {creditor, first_id_of(since)}));
}

int64_t Overview::reminders_since(CreditorId creditor, Instant since) {
  auto rows = db_.query(
      "SELECT COUNT(*) FROM outbox WHERE creditor_id=$1 AND id >= $2 AND purpose IN ('pre_due', "
      "'overdue') AND state IN ('accepted', 'sent', 'delivered', 'read', 'uncertain', 'in_flight')",
      {creditor, first_id_of(since)});
  return rows.next() ? rows.integer(0) : 0;
}

int64_t Overview::written_since(CreditorId creditor, Instant since) {
  auto rows = db_.query(
      "SELECT COUNT(*) FROM conversation_message WHERE creditor_id=$1 AND id >= $2 AND "
      "direction='in'",
      {creditor, first_id_of(since)});
  return rows.next() ? rows.integer(0) : 0;
}

std::vector<MoneyCount> Overview::money_of(CreditorId creditor, CivilDate day, Instant morning) {
  std::vector<MoneyCount> found;
  for (auto rows = db_.query("SELECT currency, COUNT(*), CAST(SUM(amount_minor - returned_minor) "
                             "AS BIGINT) FROM payment WHERE creditor_id=$1 AND id >= $2 AND "
                             "paid_on >= $3 GROUP BY currency ORDER BY currency",
                             {creditor, first_id_of(morning), day});
       rows.next();) {
    found.push_back({rows.text(0), rows.integer(1), rows.integer(2)});
  }
  return found;
}

std::vector<NamedCount> Overview::open_tasks(CreditorId creditor, Instant now) {
  return named_counts(
      db_.query("SELECT kind, COUNT(*), MIN(opened_at) FROM task WHERE creditor_id=$1 AND "
                "closed_at IS NULL AND (snoozed_until IS NULL OR snoozed_until <= $2) "
                "GROUP BY kind ORDER BY 3",
                {creditor, now}));
}

std::vector<NamedCount> Overview::silences(CreditorId creditor, int limit) {
  return named_counts(
      db_.query("SELECT silence, COUNT(*), NULL FROM debtor WHERE creditor_id=$1 AND silence <> '' "
                "AND erased_at IS NULL GROUP BY silence ORDER BY 2 DESC, 1 LIMIT $2",
                {creditor, limit}));
}

int64_t Overview::owing_to_review(CreditorId creditor, Instant until) {
  auto rows = db_.query(
      "SELECT COUNT(*) FROM debtor d WHERE d.creditor_id=$1 AND d.review_at IS NOT NULL AND "
      "d.review_at <= $2 AND EXISTS (SELECT 1 FROM invoice i WHERE i.creditor_id=$1 AND "
      "i.debtor_id = d.id AND i.balance_minor > 0 AND i.state <> 'written_off')",
      {creditor, until});
  return rows.next() ? rows.integer(0) : 0;
}

std::vector<News> Overview::news(CreditorId creditor, int limit) {
  std::vector<News> found;
  for (auto rows = db_.query(kNews, {creditor, kNewsLookedAt, limit}); rows.next();)
    found.push_back({rows.integer(0), rows.instant(1), rows.text(2), rows.id<DebtorId>(3),
                     rows.id<PaymentId>(4)});
  return found;
}

int64_t Overview::planned(CreditorId creditor) {
  auto rows =
      db_.query("SELECT COUNT(*) FROM outbox WHERE creditor_id=$1 AND state='planned'", {creditor});
  return rows.next() ? rows.integer(0) : 0;
}

int64_t Overview::planned_before(CreditorId creditor, Instant end) {
  auto rows = db_.query(
      "SELECT COUNT(*) FROM outbox WHERE creditor_id=$1 AND state='planned' AND not_before < $2",
      {creditor, end});
  return rows.next() ? rows.integer(0) : 0;
}

std::vector<Leaving> Overview::leaving_before(CreditorId creditor, Instant end, int limit) {
  std::vector<Leaving> found;
  for (auto rows = db_.query("SELECT debtor_id, not_before FROM outbox WHERE creditor_id=$1 AND "
                             "state='planned' AND not_before < $2 ORDER BY not_before, id LIMIT $3",
                             {creditor, end, limit});
       rows.next();)
    found.push_back({rows.id<DebtorId>(0), *rows.maybe_instant(1)});
  return found;
}

std::vector<ContactMoments> Overview::contact_moments(CreditorId creditor, const People& people) {
  std::vector<ContactMoments> found(people.size());
  for (auto rows = db_.query(kContactMoments, {creditor, people.text()}); rows.next();)
    found[people.place_of(rows.id<DebtorId>(0))] = {rows.maybe_instant(1), rows.maybe_instant(2),
                                                    rows.maybe_instant(3)};
  return found;
}

std::vector<OwedRow> Overview::owed(CreditorId creditor, const OwedQuery& query) {
  const bool by_age = query.order == OwedOrder::Late;
  int64_t last = by_age ? INT64_MIN : INT64_MAX;
  OwedRow before;
  if (query.after) {
    before = *query.after;
    last = by_age ? before.oldest_due.value_or(CivilDate{OwedQuery::kNoDueDate}).days
                  : before.owed_minor;
  }
  std::vector<Param> asked{creditor,         query.due_from,  query.due_to, last,
                           before.debtor_id, before.currency, query.limit};
  if (!query.silence.empty()) asked.emplace_back(query.silence);
  const Sql sql = query.silence.empty() ? (by_age ? Sql(kOwedByAge) : Sql(kOwedByMoney))
                  : by_age              ? Sql(kSilentByAge)
                                        : Sql(kSilentByMoney);
  std::vector<OwedRow> found;
  for (auto rows = db_.query(sql, asked); rows.next();) {
    found.push_back(
        {rows.id<DebtorId>(0), rows.text(1), rows.integer(2), rows.date(3), rows.int32(4)});
    if (found.back().oldest_due->days == OwedQuery::kNoDueDate) found.back().oldest_due.reset();
  }
  return found;
}

// Summed here: SQLite would sort everybody first, which takes longer than all the rest.
std::vector<OwedAge> Overview::ages(CreditorId creditor, CivilDate today) {
  std::map<std::pair<std::string, int>, OwedAge> sums;
  OwedAge* last = nullptr;
  for (auto rows = db_.query(kOwing, {creditor}); rows.next();) {
    const int bucket = age_bucket(rows.date(2), today);
    if (last == nullptr || last->bucket != bucket || last->currency != rows.view(0)) {
      last = &sums.try_emplace({rows.text(0), bucket},
                               OwedAge{.currency = rows.text(0), .bucket = bucket})
                  .first->second;
    }
    ++last->people;
    last->minor += rows.integer(1);
  }
  std::vector<OwedAge> found;
  for (auto& [key, sum] : sums) found.push_back(std::move(sum));
  return found;
}

int64_t Overview::people(CreditorId creditor) {
  auto rows = db_.query("SELECT COUNT(*) FROM debtor WHERE creditor_id=$1 AND erased_at IS NULL",
                        {creditor});
  return rows.next() ? rows.integer(0) : 0;
}

}  // namespace puntual::store
