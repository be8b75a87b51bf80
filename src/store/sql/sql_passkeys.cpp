#include "store/sql/sql_passkeys.h"

namespace puntual::store {
namespace {

#define PUNTUAL_PASSKEY_COLUMNS \
  "id, user_id, credential, name, public_key, counter, created_at, used_at"

constexpr size_t kChanceBytes = 16, kEndBytes = 8;

std::vector<Passkey> passkeys_in(Rows rows) {
  std::vector<Passkey> found;
  while (rows.next()) {
    found.push_back({.id = rows.integer(0),
                     .user_id = rows.integer(1),
                     .credential = std::string(rows.bytes(2)),
                     .name = rows.text(3),
                     .public_key = std::string(rows.bytes(4)),
                     .counter = rows.integer(5),
                     .created_at = rows.instant(6),
                     .used_at = rows.maybe_instant(7)});
  }
  return found;
}

}  // namespace

Result<void> Passkeys::insert(CreditorId creditor, const Passkey& p) {
  const int64_t added = db_.run(
      "INSERT INTO passkey (id, creditor_id, user_id, credential, name, public_key, counter, "
      "created_at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8) "
      "ON CONFLICT (creditor_id, credential) DO NOTHING",
      {p.id, creditor, p.user_id, Bytes{p.credential}, p.name, Bytes{p.public_key}, p.counter,
       p.created_at});
  if (added == 0) return fail(ErrorCode::Conflict, "this passkey is known already");
  return {};
}

std::vector<Passkey> Passkeys::of_user(CreditorId creditor, int64_t user) {
  return passkeys_in(db_.query("SELECT " PUNTUAL_PASSKEY_COLUMNS
                               " FROM passkey WHERE creditor_id=$1 AND user_id=$2 ORDER BY id",
                               {creditor, user}));
}

std::optional<Passkey> Passkeys::find(CreditorId creditor, std::string_view credential) {
  auto found = passkeys_in(db_.query("SELECT " PUNTUAL_PASSKEY_COLUMNS
                                     " FROM passkey WHERE creditor_id=$1 AND credential=$2",
                                     {creditor, Bytes{credential}}));
  return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

bool Passkeys::note_used(CreditorId creditor, int64_t id, int64_t counter, Instant now) {
  return db_.run(
             "UPDATE passkey SET counter=$3, used_at=$4 WHERE creditor_id=$1 AND id=$2 AND "
             "(counter < $3 OR (counter = 0 AND $3 = 0))",
             {creditor, id, counter, now}) == 1;
}

bool Passkeys::remove(CreditorId creditor, int64_t user, int64_t id) {
  return db_.run("DELETE FROM passkey WHERE creditor_id=$1 AND user_id=$2 AND id=$3",
                 {creditor, user, id}) == 1;
}

void Passkeys::remove_all(CreditorId creditor, int64_t user) {
  db_.run("DELETE FROM passkey WHERE creditor_id=$1 AND user_id=$2", {creditor, user});
}

std::string Passkeys::sealed(CreditorId creditor, int64_t user, std::string_view head) {
  const Secret key = vault_.key_for("passkey questions", creditor.value);
  const Digest seal = hmac_sha256(bytes_of(key), std::string(head) + std::to_string(user));
  return std::string(head) + std::string(bytes_of(seal));
}

std::string Passkeys::question(CreditorId creditor, int64_t user, Instant expires_at) {
  std::string head(bytes_of(random_secret()).substr(0, kChanceBytes));
  for (int shift = 56; shift >= 0; shift -= 8) head += static_cast<char>(expires_at.ms >> shift);
  return sealed(creditor, user, head);
}

bool Passkeys::take_question(CreditorId creditor, int64_t user, std::string_view question,
                             Instant now) {
  if (question.size() < kChanceBytes + kEndBytes) return false;
  const std::string_view head = question.substr(0, kChanceBytes + kEndBytes);
  if (!equal_constant_time(sealed(creditor, user, head), question)) return false;
  int64_t expires_ms = 0;
  for (const char c : head.substr(kChanceBytes))
    expires_ms = expires_ms << 8 | static_cast<unsigned char>(c);
  if (expires_ms <= now.ms) return false;
  db_.run("DELETE FROM passkey_answer WHERE creditor_id=$1 AND expires_at <= $2", {creditor, now});
  return db_.run(
             "INSERT INTO passkey_answer (creditor_id, chance, expires_at) VALUES ($1,$2,$3) ON "
             "CONFLICT (creditor_id, chance) DO NOTHING",
             {creditor, Bytes{head.substr(0, kChanceBytes)}, expires_ms}) == 1;
}

}  // namespace puntual::store
