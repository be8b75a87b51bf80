#include "store/sql/sql_sessions.h"

#include "store/fields.h"

namespace puntual::store {
namespace {

#define PUNTUAL_SESSION_COLUMNS \
  "id, user_id, has_second_factor, created_at, seen_at, confirmed_at, device"

Place place_of_session(CreditorId creditor, int64_t id) {
  return {.table = "user_session", .creditor_id = creditor, .row = id};
}
Bytes bytes_of_token(const Digest& hash) {
  return {{reinterpret_cast<const char*>(hash.data()), hash.size()}};
}

}  // namespace

void Sessions::insert(CreditorId creditor, const Digest& hash, const Session& s) {
  const std::string device =
      vault_.seal(vault_.key_for("sessions", creditor.value), place_of_session(creditor, s.id),
                  pack({s.address, s.browser}));
  db_.run("INSERT INTO user_session (creditor_id, hash, " PUNTUAL_SESSION_COLUMNS
          ") VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)",
          {creditor, bytes_of_token(hash), s.id, s.user_id, s.has_second_factor, s.times.created_at,
           s.times.seen_at, s.times.confirmed_at, Bytes{device}});
}

std::optional<Session> Sessions::find(CreditorId creditor, const Digest& hash) {
  auto found =
      sessions_in(creditor, db_.query("SELECT " PUNTUAL_SESSION_COLUMNS
                                      " FROM user_session WHERE creditor_id=$1 AND hash=$2",
                                      {creditor, bytes_of_token(hash)}));
  return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

std::vector<Session> Sessions::of_user(CreditorId creditor, int64_t user) {
  return sessions_in(
      creditor, db_.query("SELECT " PUNTUAL_SESSION_COLUMNS
                          " FROM user_session WHERE creditor_id=$1 AND user_id=$2 ORDER BY id DESC",
                          {creditor, user}));
}

void Sessions::note_seen(CreditorId creditor, int64_t id, int64_t user, Instant now) {
  db_.run(
      "UPDATE user_session SET seen_at=$4 WHERE creditor_id=$1 AND user_id=$2 AND id=$3 AND "
      "seen_at < $4",
      {creditor, user, id, now});
}

void Sessions::note_confirmed(CreditorId creditor, int64_t id, int64_t user, bool has_second_factor,
                              Instant now) {
  db_.run(
      "UPDATE user_session SET confirmed_at=$4, has_second_factor=$5 WHERE creditor_id=$1 AND "
      "user_id=$2 AND id=$3",
      {creditor, user, id, now, has_second_factor});
}

bool Sessions::end(CreditorId creditor, int64_t user, int64_t id) {
  return db_.run("DELETE FROM user_session WHERE creditor_id=$1 AND user_id=$2 AND id=$3",
                 {creditor, user, id}) == 1;
}

void Sessions::end_all(CreditorId creditor, int64_t user, int64_t but_for) {
  db_.run("DELETE FROM user_session WHERE creditor_id=$1 AND user_id=$2 AND id<>$3",
          {creditor, user, but_for});
}

void Sessions::move_on(CreditorId creditor, int64_t ms) {
  db_.run(
      "UPDATE user_session SET created_at=created_at+$2, seen_at=seen_at+$2, "
      "confirmed_at=confirmed_at+$2 WHERE creditor_id=$1",
      {creditor, ms});
}

void Sessions::clear(CreditorId creditor, Instant now) {
  db_.run("DELETE FROM user_session WHERE creditor_id=$1 AND (seen_at <= $2 OR created_at <= $3)",
          {creditor, now - access::kIdleMs, now - access::kLongestMs});
}

std::vector<Session> Sessions::sessions_in(CreditorId creditor, Rows rows) {
  std::vector<Session> found;
  while (rows.next()) {
    Session s{.id = rows.integer(0),
              .user_id = rows.integer(1),
              .has_second_factor = rows.integer(2) != 0,
              .times = {.created_at = rows.instant(3),
                        .seen_at = rows.instant(4),
                        .confirmed_at = rows.instant(5)},
              .address = {},
              .browser = {}};
    const auto device = vault_.open(vault_.key_for("sessions", creditor.value),
                                    place_of_session(creditor, s.id), rows.bytes(6));
    if (!device)
      throw Failure{
          {ErrorCode::Unsafe,
           fmt::format("session {} was changed in the database, or sealed under another key",
                       s.id)}};
    auto fields = unpack<2>(*device);
    s.address = std::move(fields[0]);
    s.browser = std::move(fields[1]);
    found.push_back(std::move(s));
  }
  return found;
}

}  // namespace puntual::store
