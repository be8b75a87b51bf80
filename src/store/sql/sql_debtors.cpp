#include "store/sql/sql_debtors.h"

#include "base/phone.h"

namespace puntual::store {
namespace {

constexpr char kInsertDebtor[] =
    "INSERT INTO debtor (id, creditor_id, name, country, zone, phone, user_id, email, created_at, review_at, role, person_id) "
    "VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$9,$10,$11)";
constexpr char kUpdateDebtor[] =
    "UPDATE debtor SET name=$3, country=$4, zone=$5, phone=$6, user_id=$7, email=$8, role=$9 WHERE creditor_id=$1 AND id=$2";
constexpr char kFindDebtor[] =
    "SELECT id, creditor_id, name, country, zone, phone, user_id, email, unreachable_at, role, person_id "
    "FROM debtor WHERE creditor_id=$1 AND id=$2";
constexpr char kDueForReview[] =
    "SELECT id, creditor_id, name, country, zone, phone, user_id, email, unreachable_at, role, person_id, settled_count, settled_on_time, "
    "settled_within_forgetful, settled_late, days_late_total, hardship_at, silence FROM debtor "
    "WHERE creditor_id=$1 AND review_at <= $2 ORDER BY review_at LIMIT $3";
constexpr char kForReview[] =
    "SELECT id, creditor_id, name, country, zone, phone, user_id, email, unreachable_at, role, person_id, settled_count, settled_on_time, "
    "settled_within_forgetful, settled_late, days_late_total, hardship_at, silence FROM debtor "
    "WHERE creditor_id=$1 AND id=$2";
constexpr char kSetReview[] =
    "UPDATE debtor SET review_at=$3, silence=$4, silent_until=$5 WHERE creditor_id=$1 AND id=$2";
constexpr char kKin[] =
    "SELECT id, 1 FROM debtor WHERE creditor_id=$1 AND id=$3 AND id<>$2 "
    "UNION SELECT id, 1 FROM debtor WHERE creditor_id=$1 AND person_id=$3 AND person_id<>id AND id<>$2 "
    "UNION SELECT id, 0 FROM debtor WHERE creditor_id=$1 AND phone=$4 AND $4<>'' AND person_id<>$3 "
    "UNION SELECT d.id, 0 FROM identifier i JOIN debtor d ON d.creditor_id=i.creditor_id AND d.id=i.debtor_id "
    "WHERE i.creditor_id=$1 AND i.kind='phone' AND i.value=$5 AND d.person_id<>$3 ORDER BY 1";
constexpr char kNoteSettled[] =
    "UPDATE debtor SET settled_count=settled_count+1, settled_on_time=settled_on_time+$3, "
    "settled_within_forgetful=settled_within_forgetful+$4, settled_late=settled_late+$5, "
    "days_late_total=days_late_total+$6 WHERE creditor_id=$1 AND id=$2";

Debtor debtor_of(const Rows& row) {
  return {.id = row.id<DebtorId>(0), .creditor_id = row.id<CreditorId>(1), .name = row.text(2), .country = row.text(3),
          .zone = row.text(4), .phone = row.text(5), .user_id = row.text(6), .email = row.text(7),
          .unreachable_at = row.maybe_instant(8), .role = role_of(row.view(9)).value_or(Role::Debtor),
          .person_id = row.id<DebtorId>(10)};
}

DebtorForReview review_of(const Rows& row) {
  DebtorForReview review{.debtor = debtor_of(row), .behaviour = {}, .silence = row.text(17)};
  review.behaviour = {.settled_count = row.int32(11), .settled_on_time = row.int32(12),
                      .settled_within_forgetful = row.int32(13), .settled_late = row.int32(14),
                      .days_late_total = row.integer(15), .has_hardship = !row.is_null(16)};
  return review;
}

}  // namespace

void Debtors::insert(const Debtor& d, Instant now) {
  db_.run(kInsertDebtor, {d.id, d.creditor_id, d.name, d.country, d.zone, d.phone, d.user_id, d.email, now, text_of(d.role),
          d.person_id ? d.person_id : d.id});
}

void Debtors::update(const Debtor& d) {
  db_.run(kUpdateDebtor, {d.creditor_id, d.id, d.name, d.country, d.zone, d.phone, d.user_id, d.email, text_of(d.role)});
}

std::optional<Debtor> Debtors::find(CreditorId creditor, DebtorId id) {
  auto rows = db_.query(kFindDebtor, {creditor, id});
  return rows.next() ? std::optional(debtor_of(rows)) : std::nullopt;
}

std::vector<DebtorId> Debtors::all(CreditorId creditor) {
  std::vector<DebtorId> found;
  auto rows = db_.query("SELECT id FROM debtor WHERE creditor_id=$1 ORDER BY id", {creditor});
  while (rows.next()) found.push_back(rows.id<DebtorId>(0));
  return found;
}

std::vector<std::string> Debtors::countries(CreditorId creditor) {
  std::vector<std::string> found;
  auto rows = db_.query("SELECT DISTINCT country FROM debtor WHERE creditor_id=$1 ORDER BY country", {creditor});
  while (rows.next()) found.push_back(rows.text(0));
  return found;
}

std::optional<DebtorId> Debtors::find_by(CreditorId creditor, IdentifierKind kind, std::string_view value) {
  auto rows = db_.query("SELECT debtor_id FROM identifier WHERE creditor_id=$1 AND kind=$2 AND value=$3",
                        {creditor, text_of(kind), value});
  return rows.next() ? std::optional(rows.id<DebtorId>(0)) : std::nullopt;
}

void Debtors::add_identifier(CreditorId creditor, DebtorId id, IdentifierKind kind, std::string_view value, Instant now) {
  db_.run("INSERT INTO identifier (creditor_id, kind, value, debtor_id, first_seen_at) VALUES ($1,$2,$3,$4,$5) "
          "ON CONFLICT (creditor_id, kind, value) DO NOTHING",
          {creditor, text_of(kind), value, id, now});
}

std::vector<Kin> Debtors::kin(const Debtor& d) {
  std::vector<Kin> found;
  // An identifier keeps its first owner: a number that has passed on to another record still leads to them.
  const std::string canonical = d.phone.starts_with('+') ? canonical_of_wa_id(d.phone) : std::string();
  auto rows = db_.query(kKin, {d.creditor_id, d.id, d.person_id ? d.person_id : d.id, d.phone, canonical});
  while (rows.next()) found.push_back({rows.id<DebtorId>(0), rows.integer(1) != 0});
  return found;
}

void Debtors::link(CreditorId creditor, DebtorId a, DebtorId b) {
  db_.run("UPDATE debtor SET person_id=(SELECT person_id FROM debtor WHERE creditor_id=$1 AND id=$2) WHERE creditor_id=$1 "
          "AND person_id=(SELECT person_id FROM debtor WHERE creditor_id=$1 AND id=$3)",
          {creditor, a, b});
}

void Debtors::unlink(CreditorId creditor, DebtorId id) {
  // When it is the one that stands for the others, the oldest of them takes its place.
  db_.run("UPDATE debtor SET person_id=(SELECT MIN(o.id) FROM debtor o WHERE o.creditor_id=$1 AND o.person_id=$2 AND o.id<>$2) "
          "WHERE creditor_id=$1 AND person_id=$2 AND id<>$2",
          {creditor, id});
  db_.run("UPDATE debtor SET person_id=id WHERE creditor_id=$1 AND id=$2", {creditor, id});
}

std::vector<Identifier> Debtors::identifiers(CreditorId creditor, DebtorId id) {
  static constexpr IdentifierKind kKinds[] = {IdentifierKind::Phone, IdentifierKind::WaId, IdentifierKind::Bsuid,
                                              IdentifierKind::ParentBsuid, IdentifierKind::Document,
                                              IdentifierKind::External};
  std::vector<Identifier> found;
  auto rows = db_.query("SELECT kind, value FROM identifier WHERE creditor_id=$1 AND debtor_id=$2 ORDER BY kind, value",
                        {creditor, id});
  while (rows.next()) {
    for (const auto kind : kKinds) {
      if (text_of(kind) == rows.view(0)) found.push_back({kind, rows.text(1)});
    }
  }
  return found;
}

std::vector<DebtorForReview> Debtors::due_for_review(CreditorId creditor, Instant now, int limit) {
  std::vector<DebtorForReview> found;
  for (auto rows = db_.query(kDueForReview, {creditor, now, limit}); rows.next();) found.push_back(review_of(rows));
  return found;
}

std::optional<DebtorForReview> Debtors::for_review(CreditorId creditor, DebtorId id) {
  auto rows = db_.query(kForReview, {creditor, id});
  return rows.next() ? std::optional(review_of(rows)) : std::nullopt;
}

std::optional<Instant> Debtors::next_review(CreditorId creditor) {
  auto rows = db_.query("SELECT MIN(review_at) FROM debtor WHERE creditor_id=$1 AND review_at IS NOT NULL", {creditor});
  return rows.next() ? rows.maybe_instant(0) : std::nullopt;
}

void Debtors::set_review(CreditorId creditor, DebtorId id, std::optional<Instant> at, std::string_view silence,
                         std::optional<Instant> silent_until) {
  db_.run(kSetReview, {creditor, id, at, silence, silent_until});
}

std::pair<std::optional<Instant>, std::optional<Instant>> Debtors::review_moments(CreditorId creditor, DebtorId id) {
  auto rows = db_.query("SELECT silent_until, review_at FROM debtor WHERE creditor_id=$1 AND id=$2", {creditor, id});
  if (!rows.next()) return {};
  return {rows.maybe_instant(0), rows.maybe_instant(1)};
}

void Debtors::review_now(CreditorId creditor, DebtorId id, Instant now) {
  db_.run("UPDATE debtor SET review_at=$3 WHERE creditor_id=$1 AND id=$2 AND (review_at IS NULL OR review_at > $3)",
          {creditor, id, now});
}

void Debtors::review_everybody(CreditorId creditor, Instant now) {
  db_.run("UPDATE debtor SET review_at=$2 WHERE creditor_id=$1 AND (review_at IS NULL OR review_at > $2)", {creditor, now});
}

void Debtors::note_inbound(CreditorId creditor, DebtorId id, Instant at) {
  db_.run("UPDATE debtor SET last_inbound_at=$3, unreachable_at=NULL WHERE creditor_id=$1 AND id=$2 "
          "AND (last_inbound_at IS NULL OR last_inbound_at < $3)",
          {creditor, id, at});
}

void Debtors::note_unreachable(CreditorId creditor, DebtorId id, std::optional<Instant> at) {
  db_.run("UPDATE debtor SET unreachable_at=$3 WHERE creditor_id=$1 AND id=$2 AND unreachable_at IS DISTINCT FROM $3",
          {creditor, id, at});
}

void Debtors::set_user_id(CreditorId creditor, DebtorId id, std::string_view user_id) {
  db_.run("UPDATE debtor SET user_id=$3 WHERE creditor_id=$1 AND id=$2", {creditor, id, user_id});
}

void Debtors::note_settled(CreditorId creditor, DebtorId id, int32_t days_late, const Strategy& strategy) {
  const bool on_time = days_late <= strategy.punctual_grace_days;
  const bool forgetful = !on_time && days_late <= strategy.forgetful_days_max;
  db_.run(kNoteSettled, {creditor, id, on_time, forgetful, !on_time && !forgetful, int64_t{on_time ? 0 : days_late}});
}

}  // namespace puntual::store
