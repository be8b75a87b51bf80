#include "store/sql/sql_imports.h"

#include <algorithm>
#include <limits>

namespace puntual::store {
namespace {

#define PUNTUAL_RUN_COLUMNS                                                              \
  "id, last_id, at, loaded_by, kind, blocks, blocks_done, row_count, created, updated, " \
  "unchanged, rejected, duplicate, ended_at, undone_at, undone_by, file_name"

ImportRun run_of(const Rows& row) {
  return {.id = row.integer(0),
          .last_id = row.is_null(1) ? std::nullopt : std::optional(row.integer(1)),
          .at = row.instant(2),
          .by = row.text(3),
          .kind = row.text(4),
          .blocks = row.integer(5),
          .blocks_done = row.integer(6),
          .rows = row.integer(7),
          .created = row.integer(8),
          .updated = row.integer(9),
          .unchanged = row.integer(10),
          .rejected = row.integer(11),
          .duplicate = row.integer(12),
          .ended_at = row.maybe_instant(13),
          .undone_at = row.maybe_instant(14),
          .undone_by = row.text(15),
          .file_name = row.text(16)};
}

int64_t end_of(const ImportRun& run) {
  return run.last_id.value_or(std::numeric_limits<int64_t>::max());
}

Place place_of_change(CreditorId creditor, int64_t subject) {
  return {.table = "import_change", .creditor_id = creditor, .row = subject};
}

// Ids of one import's time may be another node's as well.
bool is_of(const ImportRun& run, int64_t id) { return node_of_id(id) == node_of_id(run.id); }

}  // namespace

void ImportRuns::begin(CreditorId creditor, const ImportRun& run) {
  db_.run(
      "INSERT INTO import_run (id, creditor_id, at, loaded_by, kind, blocks, file_name) VALUES "
      "($1,$2,$3,$4,$5,$6,$7)",
      {run.id, creditor, run.at, run.by, run.kind, run.blocks, run.file_name});
}

void ImportRuns::note(CreditorId creditor, const ImportRun& run) {
  db_.run(
      "UPDATE import_run SET last_id=$3, blocks_done=$4, row_count=$5, created=$6, updated=$7, "
      "unchanged=$8, rejected=$9, duplicate=$10, ended_at=$11 "
      "WHERE creditor_id=$1 AND id=$2",
      {creditor, run.id, run.last_id, run.blocks_done, run.rows, run.created, run.updated,
       run.unchanged, run.rejected, run.duplicate, run.ended_at});
}

void ImportRuns::note_undone(CreditorId creditor, int64_t id, Instant at, std::string_view by) {
  db_.run("UPDATE import_run SET undone_at=$3, undone_by=$4 WHERE creditor_id=$1 AND id=$2",
          {creditor, id, at, by});
}

std::vector<ImportRun> ImportRuns::latest(CreditorId creditor, int limit) {
  std::vector<ImportRun> found;
  for (auto rows = db_.query("SELECT " PUNTUAL_RUN_COLUMNS
                             " FROM import_run WHERE creditor_id=$1 ORDER BY id DESC LIMIT $2",
                             {creditor, limit});
       rows.next();) {
    found.push_back(run_of(rows));
  }
  return found;
}

std::optional<ImportRun> ImportRuns::find(CreditorId creditor, int64_t id) {
  auto rows =
      db_.query("SELECT " PUNTUAL_RUN_COLUMNS " FROM import_run WHERE creditor_id=$1 AND id=$2",
                {creditor, id});
  return rows.next() ? std::optional(run_of(rows)) : std::nullopt;
}

std::optional<int64_t> ImportRuns::last_that_changed(CreditorId creditor) {
  auto rows = db_.query(
      "SELECT MAX(id) FROM import_run WHERE creditor_id=$1 AND kind='portfolio' AND created + "
      "updated > 0 AND undone_at IS NULL",
      {creditor});
  return rows.next() && !rows.is_null(0) ? std::optional(rows.integer(0)) : std::nullopt;
}

// By ids, which begin with the moment they were made at: of all that was ever loaded only the last
// day is looked at.
std::vector<ImportRun> ImportRuns::not_settled(CreditorId creditor, Instant since, Instant now) {
  std::vector<ImportRun> found;
  for (auto rows = db_.query(
           "SELECT " PUNTUAL_RUN_COLUMNS " FROM import_run WHERE creditor_id=$1 AND id >= $2 AND "
           "kind='portfolio' AND undone_at IS NULL "
           "AND (ended_at IS NULL OR ended_at > $3) ORDER BY id",
           {creditor, IdSource().next<Id<struct AnyTag>>(std::min(since, now + -kDayMs)).value,
            since});
       rows.next();) {
    found.push_back(run_of(rows));
  }
  return found;
}

std::vector<DebtorId> ImportRuns::touched(CreditorId creditor, const ImportRun& run,
                                          const People& people) {
  std::vector<DebtorId> found;
  for (auto rows =
           db_.query("SELECT debtor_id FROM {{people_2}} invoice WHERE creditor_id=$1 AND "
                     "debtor_id {{among_2}} AND id > $3 AND id < $4 AND created_at=$5 "
                     "UNION SELECT debtor_id FROM {{people_2}} import_change WHERE creditor_id=$1 "
                     "AND run_id=$3 AND debtor_id {{among_2}} "
                     "UNION SELECT debtor_id FROM {{people_2}} timeline WHERE creditor_id=$1 AND "
                     "debtor_id {{among_2}} AND id > $3 AND id < $4 AND at=$5",
                     {creditor, people.text(), run.id, end_of(run), run.at});
       rows.next();) {
    found.push_back(rows.id<DebtorId>(0));
  }
  return found;
}

void ImportRuns::remember(CreditorId creditor, int64_t run, DebtorId debtor, int64_t subject,
                          std::string_view before) {
  const std::string sealed = keys_.seal(place_of_change(creditor, subject), debtor, before);
  db_.run(
      "INSERT INTO import_change (creditor_id, run_id, debtor_id, subject_id, before) VALUES "
      "($1,$2,$3,$4,$5) "
      "ON CONFLICT (creditor_id, run_id, debtor_id, subject_id) DO NOTHING",
      {creditor, run, debtor, subject, Bytes{sealed}});
}

std::vector<ImportChange> ImportRuns::changes(CreditorId creditor, int64_t run, DebtorId debtor) {
  std::vector<ImportChange> found;
  for (auto rows = db_.query("SELECT subject_id, before FROM import_change WHERE creditor_id=$1 "
                             "AND run_id=$2 AND debtor_id=$3 ORDER BY subject_id",
                             {creditor, run, debtor});
       rows.next();) {
    found.push_back({.subject_id = rows.integer(0), .before = std::string(rows.bytes(1))});
  }
  for (auto& one : found)
    one.before = keys_.open(place_of_change(creditor, one.subject_id), debtor, one.before);
  return found;
}

void ImportRuns::forget_changes(CreditorId creditor, int64_t run, DebtorId debtor) {
  db_.run("DELETE FROM import_change WHERE creditor_id=$1 AND run_id=$2 AND debtor_id=$3",
          {creditor, run, debtor});
}

int64_t ImportRuns::forget_changes_before(CreditorId creditor, Instant before) {
  return db_.run(
      "DELETE FROM import_change WHERE creditor_id=$1 AND run_id IN (SELECT id FROM import_run "
      "WHERE creditor_id=$1 AND at < $2)",
      {creditor, before});
}

void ImportRuns::have_tables_looked_at() {
  if (db_.is_shared())
    db_.script("ANALYZE debtor, person_key, identifier, consent, address, invoice, ledger_entry");
}

std::vector<DebtorId> ImportRuns::people(CreditorId creditor, const ImportRun& run) {
  std::vector<DebtorId> found;
  for (auto rows = db_.query(
           "SELECT DISTINCT debtor_id FROM (SELECT debtor_id FROM invoice WHERE creditor_id=$1 AND "
           "id > $2 AND id < $3 AND created_at=$4 AND amount_minor > 0 "
           "UNION ALL SELECT debtor_id FROM import_change WHERE creditor_id=$1 AND run_id=$2) AS "
           "touched ORDER BY debtor_id",
           {creditor, run.id, end_of(run), run.at});
       rows.next();) {
    found.push_back(rows.id<DebtorId>(0));
  }
  return found;
}

std::vector<InvoiceId> ImportRuns::made(CreditorId creditor, const ImportRun& run,
                                        DebtorId debtor) {
  std::vector<InvoiceId> found;
  for (auto rows = db_.query("SELECT id FROM invoice WHERE creditor_id=$1 AND debtor_id=$2 AND id "
                             "> $3 AND id < $4 AND created_at=$5 AND amount_minor > 0 ORDER BY id",
                             {creditor, debtor, run.id, end_of(run), run.at});
       rows.next();) {
    if (is_of(run, rows.integer(0))) found.push_back(rows.id<InvoiceId>(0));
  }
  return found;
}

bool ImportRuns::is_touched(CreditorId creditor, const ImportRun& run, DebtorId debtor) {
  auto rows = db_.query(
      "SELECT 1 WHERE EXISTS (SELECT 1 FROM outbox WHERE creditor_id=$1 AND debtor_id=$2 AND "
      "in_flight_at >= $3) "
      "OR EXISTS (SELECT 1 FROM payment WHERE creditor_id=$1 AND debtor_id=$2 AND recorded_at >= "
      "$3) "
      "OR EXISTS (SELECT 1 FROM agreement WHERE creditor_id=$1 AND debtor_id=$2 AND made_at >= $3) "
      // What somebody gave up, or asked to, counts on what is owed.
      "OR EXISTS (SELECT 1 FROM write_off WHERE creditor_id=$1 AND debtor_id=$2 AND (requested_at "
      ">= $3 OR decided_at >= $3)) "
      "OR EXISTS (SELECT 1 FROM charge WHERE creditor_id=$1 AND debtor_id=$2 AND kind='waiver' AND "
      "at >= $3) "
      "OR EXISTS (SELECT 1 FROM correction WHERE creditor_id=$1 AND debtor_id=$2 AND at >= $3) "
      // Money that had waited pays what the file has brought.
      "OR EXISTS (SELECT 1 FROM invoice i JOIN allocation a ON a.creditor_id = i.creditor_id AND "
      "a.invoice_id = i.id "
      "WHERE i.creditor_id=$1 AND i.debtor_id=$2 AND a.id > $4)",
      {creditor, debtor, run.at, run.id});
  return rows.next();
}

PlannedReach ImportRuns::planned_after(CreditorId creditor, int64_t id) {
  auto rows = db_.query(
      "SELECT COUNT(DISTINCT debtor_id), MIN(not_before) FROM outbox WHERE creditor_id=$1 AND id > "
      "$2 AND state='planned'",
      {creditor, id});
  PUNTUAL_CHECK(rows.next());
  const int64_t people = rows.integer(0);
  return {.people = people,
          .first_at = people == 0 ? std::nullopt : std::optional(rows.instant(1))};
}

std::vector<MessageId> ImportRuns::first_planned_after(CreditorId creditor, int64_t id, int limit) {
  std::vector<MessageId> first;
  for (auto rows = db_.query("SELECT id FROM outbox WHERE creditor_id=$1 AND id > $2 AND "
                             "state='planned' ORDER BY not_before, id LIMIT $3",
                             {creditor, id, limit});
       rows.next();) {
    first.push_back(rows.id<MessageId>(0));
  }
  return first;
}

void ImportRuns::forget_told(CreditorId creditor, InvoiceId invoice) {
  db_.run("UPDATE invoice SET told_key=$3 WHERE creditor_id=$1 AND id=$2",
          {creditor, invoice, Bytes{""}});
}

std::optional<std::string> ImportMappings::find(CreditorId creditor, std::string_view titles) {
  auto rows = db_.query("SELECT mapping FROM import_mapping WHERE creditor_id=$1 AND titles=$2",
                        {creditor, titles});
  return rows.next() ? std::optional(rows.text(0)) : std::nullopt;
}

void ImportMappings::set(CreditorId creditor, std::string_view titles, std::string_view mapping) {
  db_.run(
      "INSERT INTO import_mapping (creditor_id, titles, mapping) VALUES ($1,$2,$3) ON CONFLICT "
      "(creditor_id, titles) DO UPDATE SET mapping=excluded.mapping",
      {creditor, titles, mapping});
}

void ImportMappings::forget(CreditorId creditor, std::string_view titles) {
  db_.run("DELETE FROM import_mapping WHERE creditor_id=$1 AND titles=$2", {creditor, titles});
}

}  // namespace puntual::store
