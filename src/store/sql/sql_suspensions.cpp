#include "store/sql/sql_suspensions.h"

#include "base/names.h"

namespace puntual::store {
namespace {

constexpr Names<SuspensionKind, 6> kSuspensionNames = {{{{"claim", "SUSPENDED_CLAIM"},
                                                         {"agreement", "SUSPENDED_AGREEMENT"},
                                                         {"dispute", "SUSPENDED_DISPUTE"},
                                                         {"hardship", "SUSPENDED_HARDSHIP"},
                                                         {"person", "SUSPENDED_PERSON"},
                                                         {"reversal", "SUSPENDED_REVERSAL"}}}};

}  // namespace

std::string_view text_of(SuspensionKind kind) { return kSuspensionNames.text(kind); }
std::string_view code_of(SuspensionKind kind) { return kSuspensionNames.shown(kind); }

SuspensionKind suspension_kind_of(std::string_view text) {
  const auto kind = kSuspensionNames.find(text);
  PUNTUAL_CHECK(kind.has_value());
  return *kind;
}

void Suspensions::begin(CreditorId creditor, DebtorId debtor, const Suspension& s, Instant now,
                        IdSource& ids) {
  held_.require(debtor);
  // One that time has ended makes room.
  db_.run(
      "UPDATE suspension SET ended_at=until, ended_through='time' WHERE creditor_id=$1 AND "
      "debtor_id=$2 AND kind=$3 "
      "AND ended_at IS NULL AND until <= $4",
      {creditor, debtor, text_of(s.kind), now});
  db_.run(
      "INSERT INTO suspension (id, creditor_id, debtor_id, kind, since, until, through) VALUES "
      "($1,$2,$3,$4,$5,$6,$7) "
      "ON CONFLICT (creditor_id, debtor_id, kind) WHERE ended_at IS NULL DO UPDATE SET "
      "until = CASE WHEN suspension.until IS NULL OR excluded.until IS NULL THEN NULL "
      "WHEN suspension.until > excluded.until THEN suspension.until ELSE excluded.until END",
      {ids.next<Id<Suspension>>(now), creditor, debtor, text_of(s.kind), s.since, s.until,
       s.through});
}

bool Suspensions::end(CreditorId creditor, DebtorId debtor, SuspensionKind kind,
                      std::string_view through, Instant now) {
  held_.require(debtor);
  return db_.run(
             "UPDATE suspension SET ended_at=$4, ended_through=$5 WHERE creditor_id=$1 AND "
             "debtor_id=$2 AND kind=$3 AND ended_at IS NULL",
             {creditor, debtor, text_of(kind), now, through}) == 1;
}

std::vector<std::vector<Suspension>> Suspensions::active(CreditorId creditor, const People& people,
                                                         Instant now) {
  std::vector<std::vector<Suspension>> found(people.size());
  auto rows = db_.query(
      "SELECT debtor_id, kind, since, until, through FROM {{people_2}} suspension WHERE "
      "creditor_id=$1 AND debtor_id {{among_2}} "
      "AND ended_at IS NULL AND (until IS NULL OR until > $3) ORDER BY debtor_id, kind",
      {creditor, people.text(), now});
  while (rows.next()) {
    found[people.place_of(rows.id<DebtorId>(0))].push_back(
        {.kind = suspension_kind_of(rows.view(1)),
         .since = rows.instant(2),
         .until = rows.maybe_instant(3),
         .through = rows.text(4)});
  }
  return found;
}

std::vector<PastSuspension> Suspensions::all_of(CreditorId creditor, DebtorId debtor) {
  std::vector<PastSuspension> found;
  auto rows = db_.query(
      "SELECT kind, since, until, through, ended_at, ended_through FROM suspension WHERE "
      "creditor_id=$1 AND debtor_id=$2 ORDER BY id",
      {creditor, debtor});
  while (rows.next()) {
    found.push_back({.suspension = {.kind = suspension_kind_of(rows.view(0)),
                                    .since = rows.instant(1),
                                    .until = rows.maybe_instant(2),
                                    .through = rows.text(3)},
                     .ended_at = rows.maybe_instant(4),
                     .ended_through = rows.text(5)});
  }
  return found;
}

}  // namespace puntual::store
