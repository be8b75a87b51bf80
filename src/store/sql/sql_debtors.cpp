#include "store/sql/sql_debtors.h"

#include <algorithm>

#include "base/phone.h"
#include "store/fields.h"

namespace puntual::store {
namespace {

// With the key that opens the row.
#define PUNTUAL_DEBTOR_COLUMNS                                                            \
  "id, creditor_id, country, zone, profile, unreachable_at, erased_at, role, person_id, " \
  "stranger, (SELECT wrapped FROM "                                                       \
  "person_key k WHERE k.creditor_id = debtor.creditor_id AND k.id = debtor.id)"

const RowsInto kInsertDebtor(
    "debtor (id, creditor_id, country, zone, profile, phone_key, created_at, review_at, role, "
    "person_id, known_by, owns_phone, stranger)",
    13);
constexpr char kUpdateDebtor[] =
    "UPDATE debtor SET country=$3, zone=$4, profile=$5, phone_key=$6, role=$7, owns_phone=$8, "
    "stranger=$9 WHERE creditor_id=$1 AND id=$2 AND erased_at IS NULL";
constexpr char kFindDebtor[] =
    "SELECT " PUNTUAL_DEBTOR_COLUMNS " FROM debtor WHERE creditor_id=$1 AND id=$2";
constexpr char kDueForReview[] =
    "SELECT id FROM debtor WHERE creditor_id=$1 AND review_at <= $2 ORDER BY review_at, id LIMIT "
    "$3{{skip_locked}}";
constexpr char kForReview[] = "SELECT " PUNTUAL_DEBTOR_COLUMNS
                              ", settled_count, settled_on_time, "
                              "settled_within_forgetful, settled_late, days_late_total, "
                              "hardship_at, silence FROM {{people_2}} debtor "
                              "WHERE creditor_id=$1 AND id {{among_2}} ORDER BY id";
constexpr char kSetReview[] =
    "UPDATE debtor SET review_at=$3, silence=$4, silent_until=$5 WHERE creditor_id=$1 AND id=$2";
// An identifier keeps its first owner: a number that has passed on to another record still leads to
// them; the others who use it are in the index of those who do not own theirs. Who owns theirs need
// not be looked for there: it leads to them. From these people to their kin, in this order: CROSS
// JOIN holds SQLite to it, and PostgreSQL that each brings their creditor along: told it apart, it
// goes through everybody's phones while it has no statistics.
constexpr char kKin[] =
    "WITH d AS MATERIALIZED (SELECT creditor_id, id, person_id, phone_key, owns_phone FROM "
    "{{people_2}} debtor WHERE creditor_id=$1 AND id {{among_2}}) "
    "SELECT d.id, k.id, 1 FROM d CROSS JOIN debtor k WHERE k.creditor_id=d.creditor_id AND "
    "k.id=d.person_id AND d.person_id<>d.id "
    "UNION ALL SELECT d.id, k.id, 1 FROM d CROSS JOIN debtor k WHERE k.creditor_id=d.creditor_id "
    "AND k.person_id=d.person_id AND k.person_id<>k.id AND k.id<>d.id "
    "UNION ALL SELECT d.id, k.id, 0 FROM d CROSS JOIN debtor k WHERE k.creditor_id=d.creditor_id "
    "AND k.phone_key=d.phone_key AND k.owns_phone=0 AND k.person_id<>d.person_id "
    "UNION ALL SELECT d.id, k.id, 0 FROM d CROSS JOIN identifier i CROSS JOIN debtor k WHERE "
    "d.owns_phone=0 AND i.creditor_id=d.creditor_id AND i.kind='phone' AND "
    "i.value_key=d.phone_key AND k.creditor_id=d.creditor_id AND k.id=i.debtor_id AND "
    "k.person_id<>d.person_id";
constexpr char kNoteSettled[] =
    "UPDATE debtor SET settled_count=settled_count+$3, settled_on_time=settled_on_time+$4, "
    "settled_within_forgetful=settled_within_forgetful+$5, settled_late=settled_late+$6, "
    "days_late_total=days_late_total+$7 WHERE creditor_id=$1 AND id=$2";
constexpr std::string_view kSettledOnTime = "on_time", kSettledForgetful = "forgetful",
                           kSettledLate = "late";

// Run only where several write to one database: PostgreSQL.
#define PUNTUAL_LOCK_PEOPLE \
  "SELECT id FROM {{people_2}} debtor WHERE creditor_id=$1 AND id {{among_2}} ORDER BY id"
constexpr char kWaitForPeople[] = PUNTUAL_LOCK_PEOPLE "{{for_update}}";
constexpr char kFreePeople[] = PUNTUAL_LOCK_PEOPLE "{{skip_locked}}";

Place place_of(CreditorId creditor, DebtorId id) {
  return {.table = "debtor", .creditor_id = creditor, .row = id.value};
}

Place place_of_known_by(CreditorId creditor, DebtorId id) {
  return {.table = "debtor", .creditor_id = creditor, .row = id.value, .part = "known_by"};
}

std::string profile_of(const Debtor& d) { return pack({d.name, d.phone, d.user_id, d.email}); }

// As its identifier is known by, so that whoever has or had the same number is found by either. Not
// hashed again where it is among these.
std::optional<LookupKey> phone_key_of(PersonKeys& keys, const Debtor& d,
                                      std::span<const KeyedIdentifier> identifiers = {}) {
  if (d.phone.empty()) return std::nullopt;
  std::string known_as = d.phone.starts_with('+') ? canonical_of_wa_id(d.phone) : std::string();
  if (known_as.empty()) known_as = d.phone;
  for (const auto& [kind, value, key] : identifiers) {
    if (kind == IdentifierKind::Phone && value == known_as) return key;
  }
  return keys.lookup_key(d.creditor_id, text_of(IdentifierKind::Phone), known_as);
}

}  // namespace

LookupKey identifier_key(Vault& vault, CreditorId creditor, IdentifierKind kind,
                         std::string_view value) {
  return vault.lookup_key(creditor, text_of(kind), value);
}

Debtor Debtors::debtor_of(const Rows& row) {
  Debtor d{.id = row.id<DebtorId>(0),
           .creditor_id = row.id<CreditorId>(1),
           .country = row.text(2),
           .zone = row.text(3),
           .unreachable_at = row.maybe_instant(5),
           .erased_at = row.maybe_instant(6),
           .role = role_of(row.view(7)).value_or(Role::Debtor),
           .person_id = row.id<DebtorId>(8),
           .is_stranger = row.integer(9) != 0};
  keys_.learn(d.creditor_id, d.id, row.bytes(10));
  auto [name, phone, user_id, email] =
      unpack<4>(keys_.open(place_of(d.creditor_id, d.id), d.id, row.bytes(4)));
  d.name = std::move(name);
  d.phone = std::move(phone);
  d.user_id = std::move(user_id);
  d.email = std::move(email);
  return d;
}

DebtorForReview Debtors::review_of(const Rows& row) {
  DebtorForReview review{.debtor = debtor_of(row), .behaviour = {}, .silence = row.text(17)};
  review.behaviour = {.settled_count = row.int32(11),
                      .settled_on_time = row.int32(12),
                      .settled_within_forgetful = row.int32(13),
                      .settled_late = row.int32(14),
                      .days_late_total = row.integer(15),
                      .has_hardship = !row.is_null(16)};
  return review;
}

bool Debtors::hold(CreditorId creditor, std::vector<DebtorId> people, Hold how) {
  std::erase_if(people, [&](DebtorId id) { return !id || held_.has(id); });
  if (people.empty()) return true;
  const People wanted(std::move(people));
  std::vector<DebtorId> got = wanted.ids();
  if (db_.is_shared()) {
    auto rows = db_.query(how == Hold::Wait ? Sql(kWaitForPeople) : Sql(kFreePeople),
                          {creditor, wanted.text()});
    if (how == Hold::Skip) got.clear();
    while (rows.next()) {
      if (how == Hold::Skip) got.push_back(rows.id<DebtorId>(0));
    }
  }
  for (const auto id : got) held_.add(id);
  return got.size() == wanted.size();
}

bool Debtors::hold_with_kin(CreditorId creditor, DebtorId person, Hold how) {
  if (!person) return true;
  if (!hold(creditor, {person}, how)) return false;
  const auto debtor = find(creditor, person);
  return !debtor || hold_with_kin(*debtor, how);
}

bool Debtors::hold_with_kin(const Debtor& held, Hold how) {
  std::vector<DebtorId> others;
  for (const auto& other : kin(held)) others.push_back(other.id);
  return hold(held.creditor_id, std::move(others), how);
}

void Debtors::insert(const Debtor& d, Instant now, std::span<const KeyedIdentifier> own) {
  held_.add(d.id);  // Nobody else can see them yet.
  keys_.create(d.creditor_id, d.id);
  std::string known_by;
  const auto phone = phone_key_of(keys_, d, own);
  bool owns_phone = false;
  for (const auto& [kind, value, key] : own) {
    known_by += pack({text_of(kind), value});
    owns_phone |= kind == IdentifierKind::Phone && phone == key;
  }
  if (!known_by.empty())
    known_by = keys_.seal(place_of_known_by(d.creditor_id, d.id), d.id, known_by);
  db_.insert(kInsertDebtor, {d.id, d.creditor_id, d.country, d.zone,
                             Bytes{keys_.seal(place_of(d.creditor_id, d.id), d.id, profile_of(d))},
                             phone, now, now, text_of(d.role), d.person_id ? d.person_id : d.id,
                             Bytes{known_by}, owns_phone, d.is_stranger});
}

void Debtors::update(const Debtor& d) {
  held_.require(d.id);
  const auto phone = phone_key_of(keys_, d);
  const bool owns_phone = phone && find_by(d.creditor_id, IdentifierKind::Phone, *phone) == d.id;
  db_.run(kUpdateDebtor, {d.creditor_id, d.id, d.country, d.zone,
                          Bytes{keys_.seal(place_of(d.creditor_id, d.id), d.id, profile_of(d))},
                          phone, text_of(d.role), owns_phone, d.is_stranger});
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

std::vector<DebtorId> Debtors::who_wrote(CreditorId creditor, DebtorId after, int limit) {
  std::vector<DebtorId> found;
  auto rows = db_.query(
      "SELECT id FROM debtor WHERE creditor_id=$1 AND last_inbound_at IS NOT NULL AND ($2 = 0 OR "
      "(last_inbound_at, id) < (SELECT l.last_inbound_at, l.id FROM debtor l WHERE "
      "l.creditor_id=$1 AND l.id=$2)) ORDER BY last_inbound_at DESC, id DESC LIMIT $3",
      {creditor, after, limit});
  while (rows.next()) found.push_back(rows.id<DebtorId>(0));
  return found;
}

std::vector<DebtorId> Debtors::who_talks(CreditorId creditor, const People& people, DebtorId after,
                                         int limit) {
  std::vector<DebtorId> found;
  auto rows = db_.query(
      "SELECT id FROM {{people_2}} debtor WHERE creditor_id=$1 AND id {{among_2}} AND id > $3 AND "
      "(last_inbound_at IS NOT NULL OR EXISTS (SELECT 1 FROM task WHERE task.creditor_id=$1 AND "
      "task.debtor_id=debtor.id AND task.closed_at IS NULL)) ORDER BY id LIMIT $4",
      {creditor, people.text(), after, limit});
  while (rows.next()) found.push_back(rows.id<DebtorId>(0));
  return found;
}

std::vector<std::string> Debtors::countries(CreditorId creditor) {
  std::vector<std::string> found;
  // From one to the next along the index: a start looks at as many rows as there are countries.
  auto rows = db_.query(
      "WITH RECURSIVE c (country) AS (SELECT (SELECT MIN(country) FROM debtor WHERE creditor_id=$1 "
      "AND country >= '') UNION ALL "
      "SELECT (SELECT MIN(country) FROM debtor WHERE creditor_id=$1 AND country >= '' AND country "
      "> c.country) FROM c "
      "WHERE country IS NOT NULL) "
      "SELECT country FROM c WHERE country IS NOT NULL ORDER BY country",
      {creditor});
  while (rows.next()) found.push_back(rows.text(0));
  return found;
}

std::optional<DebtorId> Debtors::find_by(CreditorId creditor, IdentifierKind kind,
                                         std::string_view value) {
  return find_by(creditor, kind, keys_.lookup_key(creditor, text_of(kind), value));
}

std::optional<DebtorId> Debtors::find_by(CreditorId creditor, IdentifierKind kind,
                                         const LookupKey& key) {
  auto rows = db_.query(
      "SELECT debtor_id FROM identifier WHERE creditor_id=$1 AND kind=$2 AND value_key=$3",
      {creditor, text_of(kind), key});
  return rows.next() ? std::optional(rows.id<DebtorId>(0)) : std::nullopt;
}

void Debtors::add_identifier(CreditorId creditor, DebtorId id, IdentifierKind kind,
                             std::string_view value) {
  held_.require(id);
  if (!claim_identifier(creditor, id, kind, keys_.lookup_key(creditor, text_of(kind), value)))
    return;
  const std::string all = known_by(creditor, id) + pack({text_of(kind), value});
  db_.run("UPDATE debtor SET known_by=$3 WHERE creditor_id=$1 AND id=$2 AND erased_at IS NULL",
          {creditor, id, Bytes{keys_.seal(place_of_known_by(creditor, id), id, all)}});
}

bool Debtors::claim_identifier(CreditorId creditor, DebtorId id, IdentifierKind kind,
                               const LookupKey& key) {
  return db_.run(
             "INSERT INTO identifier (creditor_id, kind, value_key, debtor_id) VALUES "
             "($1,$2,$3,$4) "
             "ON CONFLICT (creditor_id, kind, value_key) DO NOTHING",
             {creditor, text_of(kind), key, id}) > 0;
}

std::string Debtors::known_by(CreditorId creditor, DebtorId id) {
  auto rows =
      db_.query("SELECT known_by FROM debtor WHERE creditor_id=$1 AND id=$2", {creditor, id});
  return rows.next() ? keys_.open(place_of_known_by(creditor, id), id, rows.bytes(0))
                     : std::string();
}

std::vector<std::vector<Kin>> Debtors::kin(CreditorId creditor, const People& people) {
  std::vector<std::vector<Kin>> found(people.size());
  for (auto rows = db_.query(kKin, {creditor, people.text()}); rows.next();) {
    found[people.place_of(rows.id<DebtorId>(0))].push_back(
        {rows.id<DebtorId>(1), rows.integer(2) != 0});
  }
  const auto by_id = [](const Kin& a, const Kin& b) {
    return std::pair(a.id, a.is_same_person) < std::pair(b.id, b.is_same_person);
  };
  const auto is_same = [](const Kin& a, const Kin& b) {
    return a.id == b.id && a.is_same_person == b.is_same_person;
  };
  for (auto& kin : found) {
    std::ranges::sort(kin, by_id);
    kin.erase(std::ranges::unique(kin, is_same).begin(), kin.end());  // Who is found by two ways.
  }
  return found;
}

std::vector<DebtorId> Debtors::records_of(const Debtor& debtor) {
  std::vector<DebtorId> records = {debtor.id};
  for (const auto& other : kin(debtor)) {
    if (other.is_same_person) records.push_back(other.id);
  }
  return records;
}

void Debtors::link(CreditorId creditor, DebtorId a, DebtorId b) {
  held_.require(a);
  held_.require(b);
  db_.run(
      "UPDATE debtor SET person_id=(SELECT person_id FROM debtor WHERE creditor_id=$1 AND id=$2) "
      "WHERE creditor_id=$1 "
      "AND person_id=(SELECT person_id FROM debtor WHERE creditor_id=$1 AND id=$3)",
      {creditor, a, b});
}

void Debtors::unlink(CreditorId creditor, DebtorId id) {
  held_.require(id);
  // When it is the one that stands for the others, the oldest of them takes its place.
  db_.run(
      "UPDATE debtor SET person_id=(SELECT MIN(o.id) FROM debtor o WHERE o.creditor_id=$1 AND "
      "o.person_id=$2 AND o.id<>$2) "
      "WHERE creditor_id=$1 AND person_id=$2 AND id<>$2",
      {creditor, id});
  db_.run("UPDATE debtor SET person_id=id WHERE creditor_id=$1 AND id=$2", {creditor, id});
}

std::vector<Identifier> Debtors::identifiers(CreditorId creditor, DebtorId id) {
  static constexpr IdentifierKind kKinds[] = {IdentifierKind::Phone,    IdentifierKind::WaId,
                                              IdentifierKind::Bsuid,    IdentifierKind::ParentBsuid,
                                              IdentifierKind::Document, IdentifierKind::External};
  std::vector<Identifier> found;
  const std::string all = known_by(creditor, id);
  for (std::string_view rest = all; !rest.empty();) {
    auto [name, value] = unpack<2>(rest);
    rest.remove_prefix(std::min(rest.size(), name.size() + value.size() + 8));
    for (const auto kind : kKinds) {
      if (text_of(kind) == name) found.push_back({kind, value});
    }
  }
  std::ranges::sort(found);
  return found;
}

bool Debtors::has_document(CreditorId creditor, DebtorId id) {
  const auto known = identifiers(creditor, id);
  if (!known.empty())
    return std::ranges::any_of(
        known, [](const Identifier& i) { return i.kind == IdentifierKind::Document; });
  return db_
      .query("SELECT 1 FROM identifier WHERE creditor_id=$1 AND kind='document' AND debtor_id=$2",
             {creditor, id})
      .next();
}

std::vector<DebtorId> Debtors::due_for_review(CreditorId creditor, Instant now, int limit) {
  std::vector<DebtorId> found;
  for (auto rows = db_.query(kDueForReview, {creditor, now, limit}); rows.next();) {
    found.push_back(rows.id<DebtorId>(0));
    held_.add(found.back());
  }
  return found;
}

std::vector<DebtorForReview> Debtors::for_review(CreditorId creditor, const People& people) {
  std::vector<DebtorForReview> found;
  for (auto rows = db_.query(kForReview, {creditor, people.text()}); rows.next();)
    found.push_back(review_of(rows));
  return found;
}

std::optional<DebtorForReview> Debtors::for_review(CreditorId creditor, DebtorId id) {
  auto found = for_review(creditor, People({id}));
  return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

std::optional<Instant> Debtors::next_review(CreditorId creditor) {
  auto rows =
      db_.query("SELECT MIN(review_at) FROM debtor WHERE creditor_id=$1 AND review_at IS NOT NULL",
                {creditor});
  return rows.next() ? rows.maybe_instant(0) : std::nullopt;
}

void Debtors::set_review(CreditorId creditor, DebtorId id, std::optional<Instant> at,
                         std::string_view silence, std::optional<Instant> silent_until) {
  db_.run(kSetReview, {creditor, id, at, silence, silent_until});
}

void Debtors::put_off_review(CreditorId creditor, const People& people, Instant until) {
  for (const auto id : people.ids()) held_.require(id);
  db_.run(
      "UPDATE debtor SET review_at=$3 WHERE creditor_id=$1 AND id IN (SELECT id FROM {{people_2}} "
      "debtor WHERE creditor_id=$1 AND id {{among_2}} AND review_at < $3)",
      {creditor, people.text(), until});
}

std::pair<std::optional<Instant>, std::optional<Instant>> Debtors::review_moments(
    CreditorId creditor, DebtorId id) {
  auto rows = db_.query("SELECT silent_until, review_at FROM debtor WHERE creditor_id=$1 AND id=$2",
                        {creditor, id});
  if (!rows.next()) return {};
  return {rows.maybe_instant(0), rows.maybe_instant(1)};
}

void Debtors::review_now(CreditorId creditor, DebtorId id, Instant now) {
  held_.require(id);
  db_.run(
      "UPDATE debtor SET review_at=$3 WHERE creditor_id=$1 AND id=$2 AND erased_at IS NULL AND "
      "(review_at IS NULL OR review_at > $3)",
      {creditor, id, now});
}

void Debtors::review_everybody(CreditorId creditor, Instant now) {
  db_.run(
      "UPDATE debtor SET review_at=$2 WHERE creditor_id=$1 AND erased_at IS NULL AND (review_at IS "
      "NULL OR review_at > $2)",
      {creditor, now});
}

void Debtors::note_inbound(CreditorId creditor, DebtorId id, Instant at) {
  held_.require(id);
  db_.run(
      "UPDATE debtor SET last_inbound_at=$3, unreachable_at=NULL WHERE creditor_id=$1 AND id=$2 "
      "AND (last_inbound_at IS NULL OR last_inbound_at < $3)",
      {creditor, id, at});
}

void Debtors::note_unreachable(CreditorId creditor, DebtorId id, std::optional<Instant> at) {
  held_.require(id);
  db_.run(
      "UPDATE debtor SET unreachable_at=$3 WHERE creditor_id=$1 AND id=$2 AND unreachable_at IS "
      "DISTINCT FROM $3",
      {creditor, id, at});
}

void Debtors::set_user_id(CreditorId creditor, DebtorId id, std::string_view user_id) {
  auto debtor = find(creditor, id);
  if (!debtor || debtor->user_id == user_id) return;
  debtor->user_id = user_id;
  update(*debtor);
}

namespace {

// One more of theirs (1), or one less (-1).
void count_settled(Connection& db, CreditorId creditor, DebtorId id, std::string_view as,
                   int64_t days_late, int64_t by) {
  const auto times = [&](std::string_view habit) { return as == habit ? by : int64_t{0}; };
  db.run(kNoteSettled, {creditor, id, by, times(kSettledOnTime), times(kSettledForgetful),
                        times(kSettledLate), by * days_late});
}

}  // namespace

void Debtors::note_settled(CreditorId creditor, DebtorId id, InvoiceId invoice, int32_t days_late,
                           const Strategy& strategy) {
  const bool on_time = days_late <= strategy.punctual_grace_days;
  const std::string_view as = on_time                                    ? kSettledOnTime
                              : days_late <= strategy.forgetful_days_max ? kSettledForgetful
                                                                         : kSettledLate;
  const int64_t counted = on_time ? 0 : days_late;
  const bool is_new = !invoice || db_.run(
                                      "UPDATE invoice SET settled_as=$3, settled_days_late=$4 "
                                      "WHERE creditor_id=$1 AND id=$2 AND settled_as=''",
                                      {creditor, invoice, as, counted}) == 1;
  if (is_new) count_settled(db_, creditor, id, as, counted, 1);
}

void Debtors::forget_settled(CreditorId creditor, InvoiceId invoice) {
  auto rows = db_.query(
      "SELECT debtor_id, settled_as, settled_days_late FROM invoice WHERE creditor_id=$1 AND id=$2 "
      "AND settled_as<>''",
      {creditor, invoice});
  if (!rows.next()) return;
  const auto id = rows.id<DebtorId>(0);
  const std::string as = rows.text(1);
  const int64_t days_late = rows.integer(2);
  db_.run("UPDATE invoice SET settled_as='', settled_days_late=0 WHERE creditor_id=$1 AND id=$2",
          {creditor, invoice});
  count_settled(db_, creditor, id, as, days_late, -1);
}

}  // namespace puntual::store
