#include "store/sql/sql_users.h"

#include "base/text.h"
#include "store/fields.h"

namespace puntual::store {
namespace {

#define PUNTUAL_USER_COLUMNS                                                            \
  "id, creditor_id, profile, role, password, totp, totp_since, totp_step, created_at, " \
  "signed_in_at, disabled_at, "                                                         \
  "(SELECT COUNT(*) FROM passkey WHERE passkey.creditor_id=app_user.creditor_id AND "   \
  "user_id=app_user.id), link_by, link_at"

Place place_of_user(CreditorId creditor, int64_t id, std::string_view part) {
  return {.table = "app_user", .creditor_id = creditor, .row = id, .part = part};
}
Secret key_of_users(Vault& vault, CreditorId creditor) {
  return vault.key_for("users", creditor.value);
}

LookupKey key_of_email(Vault& vault, CreditorId creditor, std::string_view email) {
  return vault.lookup_key(creditor, "user email", fold_text(email));
}

std::string opened_user(Vault& vault, CreditorId creditor, int64_t id, std::string_view part,
                        std::string_view sealed) {
  auto opened =
      vault.open(key_of_users(vault, creditor), place_of_user(creditor, id, part), sealed);
  if (!opened)
    throw Failure{
        {ErrorCode::Unsafe,
         fmt::format("user {} was changed in the database, or sealed under another key", id)}};
  return *std::move(opened);
}

Bytes bytes_of_digest(const Digest& hash) {
  return {{reinterpret_cast<const char*>(hash.data()), hash.size()}};
}

}  // namespace

Result<void> Users::insert(const User& u) {
  const auto email_key = key_of_email(vault_, u.creditor_id, u.email);
  const std::string profile =
      vault_.seal(key_of_users(vault_, u.creditor_id),
                  place_of_user(u.creditor_id, u.id, "profile"), pack({u.name, u.email}));
  const int64_t added = db_.run(
      "INSERT INTO app_user (id, creditor_id, email_key, profile, role, password, created_at) "
      "VALUES ($1,$2,$3,$4,$5,$6,$7) "
      "ON CONFLICT (creditor_id, email_key) DO NOTHING",
      {u.id, u.creditor_id, email_key, Bytes{profile}, text_of(u.role), u.password, u.created_at});
  if (added == 0)
    return fail(ErrorCode::Conflict, "{} has a user already (puntual user list)", u.email);
  return {};
}

std::optional<User> Users::find(CreditorId creditor, int64_t id) {
  auto found = users_in(db_.query("SELECT " PUNTUAL_USER_COLUMNS
                                  " FROM app_user WHERE creditor_id=$1 AND id=$2",
                                  {creditor, id}));
  return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

std::optional<User> Users::find_email(CreditorId creditor, std::string_view email) {
  const auto key = key_of_email(vault_, creditor, email);
  auto found = users_in(db_.query("SELECT " PUNTUAL_USER_COLUMNS
                                  " FROM app_user WHERE creditor_id=$1 AND email_key=$2",
                                  {creditor, key}));
  return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

std::vector<User> Users::all(CreditorId creditor) {
  return users_in(db_.query("SELECT " PUNTUAL_USER_COLUMNS
                            " FROM app_user WHERE creditor_id=$1 ORDER BY id",
                            {creditor}));
}

bool Users::has_any(CreditorId creditor) {
  return db_.query("SELECT 1 FROM app_user WHERE creditor_id=$1 LIMIT 1", {creditor}).next();
}

void Users::set_role(CreditorId creditor, int64_t id, access::Role role) {
  db_.run("UPDATE app_user SET role=$3 WHERE creditor_id=$1 AND id=$2",
          {creditor, id, text_of(role)});
}

void Users::set_disabled(CreditorId creditor, int64_t id, const std::optional<Instant>& at) {
  db_.run("UPDATE app_user SET disabled_at=$3 WHERE creditor_id=$1 AND id=$2", {creditor, id, at});
}

void Users::set_password(CreditorId creditor, int64_t id, std::string_view hash) {
  db_.run("UPDATE app_user SET password=$3 WHERE creditor_id=$1 AND id=$2", {creditor, id, hash});
}

void Users::note_link(CreditorId creditor, int64_t id, std::string_view by, Instant now) {
  db_.run("UPDATE app_user SET link_by=$3, link_at=$4 WHERE creditor_id=$1 AND id=$2",
          {creditor, id, by, now});
}

void Users::note_sign_in(CreditorId creditor, int64_t id, Instant now) {
  db_.run("UPDATE app_user SET signed_in_at=$3 WHERE creditor_id=$1 AND id=$2",
          {creditor, id, now});
}

void Users::set_totp(CreditorId creditor, int64_t id, std::string_view secret,
                     const std::optional<Instant>& since) {
  const std::string sealed = secret.empty()
                                 ? std::string()
                                 : vault_.seal(key_of_users(vault_, creditor),
                                               place_of_user(creditor, id, "totp"), secret);
  db_.run("UPDATE app_user SET totp=$3, totp_since=$4 WHERE creditor_id=$1 AND id=$2",
          {creditor, id, Bytes{sealed}, since});
}

bool Users::take_totp_step(CreditorId creditor, int64_t id, int64_t step) {
  return db_.run(
             "UPDATE app_user SET totp_step=$3 WHERE creditor_id=$1 AND id=$2 AND totp_step < $3",
             {creditor, id, step}) == 1;
}

void Users::set_recovery_codes(CreditorId creditor, int64_t id, const std::vector<Digest>& hashes) {
  db_.run("DELETE FROM recovery_code WHERE creditor_id=$1 AND user_id=$2", {creditor, id});
  for (const auto& hash : hashes) {
    db_.run("INSERT INTO recovery_code (creditor_id, user_id, hash) VALUES ($1,$2,$3)",
            {creditor, id, bytes_of_digest(hash)});
  }
}

bool Users::take_recovery_code(CreditorId creditor, int64_t id, const Digest& hash) {
  return db_.run("DELETE FROM recovery_code WHERE creditor_id=$1 AND user_id=$2 AND hash=$3",
                 {creditor, id, bytes_of_digest(hash)}) == 1;
}

int64_t Users::recovery_codes_left(CreditorId creditor, int64_t id) {
  auto rows = db_.query("SELECT COUNT(*) FROM recovery_code WHERE creditor_id=$1 AND user_id=$2",
                        {creditor, id});
  return rows.next() ? rows.integer(0) : 0;
}

std::vector<User> Users::users_in(Rows rows) {
  std::vector<User> found;
  while (rows.next()) {
    User u{.id = rows.integer(0),
           .creditor_id = rows.id<CreditorId>(1),
           .name = {},
           .email = {},
           .password = rows.text(4),
           .totp = {},
           .totp_since = rows.maybe_instant(6),
           .totp_step = rows.integer(7),
           .created_at = rows.instant(8),
           .signed_in_at = rows.maybe_instant(9),
           .disabled_at = rows.maybe_instant(10),
           .has_passkey = rows.integer(11) != 0,
           .link_by = rows.text(12),
           .link_at = rows.maybe_instant(13)};
    const auto role = access::role_named(rows.view(3));
    if (!role)
      throw Failure{{ErrorCode::Unsafe,
                     fmt::format("user {} has the role '{}', which this program does not know",
                                 u.id, rows.view(3))}};
    u.role = *role;
    auto fields = unpack<2>(opened_user(vault_, u.creditor_id, u.id, "profile", rows.bytes(2)));
    u.name = std::move(fields[0]);
    u.email = std::move(fields[1]);
    if (!rows.bytes(5).empty())
      u.totp = opened_user(vault_, u.creditor_id, u.id, "totp", rows.bytes(5));
    found.push_back(std::move(u));
  }
  return found;
}

}  // namespace puntual::store
