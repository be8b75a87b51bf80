#include "store/sql/sql_editions.h"

#include <algorithm>

namespace puntual::store {
namespace {

#define PUNTUAL_DRAFT_COLUMNS "kind, name, revision, text, editors, edited_at, approved_by"
#define PUNTUAL_EDITION_COLUMNS \
  "number, kind, name, text, why, editors, approved_by, launched_by, launched_at, people"
#define PUNTUAL_REHEARSAL_COLUMNS \
  "id, strategy, asked_by, begun_at, seen_at, day, days, state, answer"

TextKind kind_named(std::string_view text) {
  return text == text_of(TextKind::Template) ? TextKind::Template : TextKind::Strategy;
}

std::vector<std::string> logins_of(std::string_view lines) {
  std::vector<std::string> logins;
  while (!lines.empty()) {
    const auto end = lines.find('\n');
    logins.emplace_back(lines.substr(0, end));
    lines = end == std::string_view::npos ? std::string_view() : lines.substr(end + 1);
  }
  return logins;
}

std::string lines_of_logins(const std::vector<std::string>& logins) {
  return fmt::format("{}", fmt::join(logins, "\n"));
}

Draft draft_of(const Rows& row) {
  return {.kind = kind_named(row.view(0)),
          .name = row.text(1),
          .revision = row.integer(2),
          .text = row.text(3),
          .editors = logins_of(row.view(4)),
          .edited_at = row.instant(5),
          .approved_by = row.text(6)};
}

Edition edition_of(const Rows& row) {
  return {.number = row.integer(0),
          .kind = kind_named(row.view(1)),
          .name = row.text(2),
          .text = row.text(3),
          .why = row.text(4),
          .editors = logins_of(row.view(5)),
          .approved_by = row.text(6),
          .launched_by = row.text(7),
          .launched_at = row.instant(8),
          .people = row.integer(9)};
}

RehearsalRow rehearsal_of(const Rows& row) {
  return {.id = row.integer(0),
          .strategy = row.text(1),
          .asked_by = row.text(2),
          .begun_at = row.instant(3),
          .seen_at = row.instant(4),
          .day = row.integer(5),
          .days = row.integer(6),
          .state = row.text(7),
          .answer = row.text(8)};
}

template <class T>
std::vector<T> all_rows(Rows rows, T (*read)(const Rows&)) {
  std::vector<T> found;
  while (rows.next()) found.push_back(read(rows));
  return found;
}

template <class T>
std::optional<T> first_row(Rows rows, T (*read)(const Rows&)) {
  return rows.next() ? std::optional(read(rows)) : std::nullopt;
}

}  // namespace

std::string_view text_of(TextKind kind) {
  return kind == TextKind::Strategy ? "strategy" : "template";
}

std::optional<Draft> Editions::draft(CreditorId creditor, TextKind kind, std::string_view name) {
  return first_row(db_.query("SELECT " PUNTUAL_DRAFT_COLUMNS
                             " FROM draft WHERE creditor_id=$1 AND kind=$2 AND name=$3",
                             {creditor, text_of(kind), name}),
                   draft_of);
}

std::vector<Draft> Editions::drafts(CreditorId creditor, TextKind kind) {
  return all_rows(db_.query("SELECT " PUNTUAL_DRAFT_COLUMNS
                            " FROM draft WHERE creditor_id=$1 AND kind=$2 ORDER BY name",
                            {creditor, text_of(kind)}),
                  draft_of);
}

std::optional<Draft> Editions::keep(CreditorId creditor, Draft draft, int64_t before,
                                    std::string_view editor, Instant now) {
  const auto known = this->draft(creditor, draft.kind, draft.name);
  if ((known ? known->revision : 0) != before) return std::nullopt;
  if (known) draft.editors = known->editors;
  if (std::ranges::find(draft.editors, editor) == draft.editors.end())
    draft.editors.emplace_back(editor);
  draft.revision =
      std::max(before + 1, now.ms);  // One that was removed and begun anew is another one.
  draft.edited_at = now;
  draft.approved_by.clear();
  const std::string editors = lines_of_logins(draft.editors);
  const int64_t kept =
      known ? int64_t{db_.run(
                  "UPDATE draft SET revision=$4, text=$5, editors=$6, edited_at=$7, approved_by='' "
                  "WHERE creditor_id=$1 AND kind=$2 AND name=$3 AND revision=$8",
                  {creditor, text_of(draft.kind), draft.name, draft.revision, draft.text, editors,
                   now, before})}
            : int64_t{db_.run("INSERT INTO draft (creditor_id, kind, name, revision, text, "
                              "editors, edited_at, approved_by) VALUES ($1,$2,$3,$4,$5,$6,$7,'') "
                              "ON CONFLICT (creditor_id, kind, name) DO NOTHING",
                              {creditor, text_of(draft.kind), draft.name, draft.revision,
                               draft.text, editors, now})};
  if (kept != 1) return std::nullopt;
  return draft;
}

bool Editions::approve(CreditorId creditor, const Draft& draft, std::string_view by) {
  return db_.run(
             "UPDATE draft SET approved_by=$5 WHERE creditor_id=$1 AND kind=$2 AND name=$3 AND "
             "revision=$4",
             {creditor, text_of(draft.kind), draft.name, draft.revision, by}) == 1;
}

bool Editions::remove(CreditorId creditor, const Draft& draft) {
  return db_.run("DELETE FROM draft WHERE creditor_id=$1 AND kind=$2 AND name=$3 AND revision=$4",
                 {creditor, text_of(draft.kind), draft.name, draft.revision}) == 1;
}

int64_t Editions::launch(CreditorId creditor, Edition edition) {
  edition.number = newest(creditor) + 1;
  const std::string editors = lines_of_logins(edition.editors);
  db_.expect(
      1,
      "INSERT INTO edition (creditor_id, number, kind, name, text, why, editors, approved_by, "
      "launched_by, launched_at, people) "
      "VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11) ON CONFLICT (creditor_id, number) DO NOTHING",
      {creditor, edition.number, text_of(edition.kind), edition.name, edition.text, edition.why,
       editors, edition.approved_by, edition.launched_by, edition.launched_at, edition.people});
  return edition.number;
}

int64_t Editions::newest(CreditorId creditor) {
  auto rows =
      db_.query("SELECT COALESCE(MAX(number), 0) FROM edition WHERE creditor_id=$1", {creditor});
  return rows.next() ? rows.integer(0) : 0;
}

std::optional<Edition> Editions::find(CreditorId creditor, int64_t number) {
  return first_row(db_.query("SELECT " PUNTUAL_EDITION_COLUMNS
                             " FROM edition WHERE creditor_id=$1 AND number=$2",
                             {creditor, number}),
                   edition_of);
}

std::optional<Edition> Editions::last_strategy(CreditorId creditor) {
  return first_row(
      db_.query(
          "SELECT " PUNTUAL_EDITION_COLUMNS
          " FROM edition WHERE creditor_id=$1 AND kind='strategy' ORDER BY number DESC LIMIT 1",
          {creditor}),
      edition_of);
}

std::vector<Edition> Editions::last_templates(CreditorId creditor) {
  return all_rows(db_.query("SELECT " PUNTUAL_EDITION_COLUMNS
                            " FROM edition WHERE creditor_id=$1 AND number IN "
                            "(SELECT MAX(number) FROM edition WHERE creditor_id=$1 AND "
                            "kind='template' GROUP BY name) ORDER BY number",
                            {creditor}),
                  edition_of);
}

std::vector<Edition> Editions::history(CreditorId creditor, TextKind kind, std::string_view name,
                                       int limit) {
  return all_rows(
      db_.query(
          "SELECT number, kind, name, '', why, editors, approved_by, launched_by, launched_at, "
          "people FROM edition "
          "WHERE creditor_id=$1 AND kind=$2 AND ($3='' OR name=$3) ORDER BY number DESC LIMIT $4",
          {creditor, text_of(kind), name, limit}),
      edition_of);
}

int64_t Editions::audience(CreditorId creditor) {
  auto rows = db_.query(
      "SELECT COUNT(DISTINCT debtor_id) FROM invoice WHERE creditor_id=$1 AND balance_minor > 0",
      {creditor});
  return rows.next() ? rows.integer(0) : 0;
}

void Editions::begin_rehearsal(CreditorId creditor, const RehearsalRow& row) {
  db_.run(
      "INSERT INTO rehearsal (id, creditor_id, strategy, asked_by, begun_at, seen_at, day, days, "
      "state, answer) VALUES ($1,$2,$3,$4,$5,$5,0,$6,'running','')",
      {row.id, creditor, row.strategy, row.asked_by, row.begun_at, row.days});
}

std::optional<RehearsalRow> Editions::rehearsal(CreditorId creditor, int64_t id) {
  return first_row(db_.query("SELECT " PUNTUAL_REHEARSAL_COLUMNS
                             " FROM rehearsal WHERE creditor_id=$1 AND id=$2",
                             {creditor, id}),
                   rehearsal_of);
}

std::vector<RehearsalRow> Editions::running(CreditorId creditor) {
  return all_rows(db_.query("SELECT " PUNTUAL_REHEARSAL_COLUMNS
                            " FROM rehearsal WHERE creditor_id=$1 AND state='running' ORDER BY id",
                            {creditor}),
                  rehearsal_of);
}

bool Editions::go_on(CreditorId creditor, int64_t id, int64_t day, Instant now) {
  return db_.run(
             "UPDATE rehearsal SET day=$3, seen_at=$4 WHERE creditor_id=$1 AND id=$2 AND "
             "state='running'",
             {creditor, id, day, now}) == 1;
}

bool Editions::end_rehearsal(CreditorId creditor, int64_t id, std::string_view state,
                             std::string_view answer, Instant now) {
  return db_.run(
             "UPDATE rehearsal SET state=$3, answer=$4, seen_at=$5 WHERE creditor_id=$1 AND id=$2 "
             "AND state='running'",
             {creditor, id, state, answer, now}) == 1;
}

void Editions::forget_rehearsals(CreditorId creditor, Instant before) {
  db_.run("DELETE FROM rehearsal WHERE creditor_id=$1 AND seen_at < $2", {creditor, before});
}

}  // namespace puntual::store
