#include "store/sql/sql_sign_ins.h"

#include "base/text.h"

namespace puntual::store {
namespace {

constexpr int64_t kFailedKeptMs = kDayMs;
constexpr int64_t kHomeKeptMs = 90 * kDayMs;

Bytes bytes_of_link(const Digest& hash) {
  return {{reinterpret_cast<const char*>(hash.data()), hash.size()}};
}

LookupKey key_of_account(Vault& vault, CreditorId creditor, std::string_view account) {
  return vault.lookup_key(creditor, "sign-in account", fold_text(account));
}
LookupKey key_of_address(Vault& vault, CreditorId creditor, std::string_view address) {
  return vault.lookup_key(creditor, "sign-in address", address);
}

}  // namespace

access::FailedAttempts SignIns::failed(CreditorId creditor, std::string_view account,
                                       std::string_view address, Instant now) {
  const auto who = key_of_account(vault_, creditor, account),
             where = key_of_address(vault_, creditor, address);
  access::FailedAttempts failed;
  if (auto rows = db_.query("SELECT COALESCE(SUM(CASE WHEN is_known=1 THEN 1 ELSE 0 END), 0), "
                            "COALESCE(SUM(CASE WHEN account=$3 THEN 1 ELSE 0 END), 0), "
                            "COALESCE(SUM(CASE WHEN address=$4 THEN 1 ELSE 0 END), 0), "
                            "COALESCE(SUM(CASE WHEN account=$3 AND address=$4 THEN 1 ELSE 0 END), "
                            "0) FROM sign_in_attempt "
                            "WHERE creditor_id=$1 AND succeeded=0 AND at > $2",
                            {creditor, now - access::kAttemptsMs, who, where});
      rows.next()) {
    failed = {.of_both = rows.integer(3),
              .of_account = rows.integer(1),
              .of_address = rows.integer(2),
              .of_all = rows.integer(0)};
  }
  failed.is_known_place = db_.query(
                                 "SELECT 1 FROM sign_in_attempt WHERE creditor_id=$1 AND "
                                 "account=$2 AND address=$3 AND succeeded=1 LIMIT 1",
                                 {creditor, who, where})
                              .next();
  return failed;
}

void SignIns::begin(CreditorId creditor, int64_t id, std::string_view account,
                    std::string_view address, Instant now, bool is_known) {
  const auto who = key_of_account(vault_, creditor, account),
             where = key_of_address(vault_, creditor, address);
  db_.run("DELETE FROM sign_in_attempt WHERE creditor_id=$1 AND succeeded=0 AND at < $2",
          {creditor, now - kFailedKeptMs});
  db_.run("DELETE FROM sign_in_attempt WHERE creditor_id=$1 AND succeeded=1 AND at < $2",
          {creditor, now - kHomeKeptMs});
  db_.run(
      "INSERT INTO sign_in_attempt (id, creditor_id, at, account, address, is_known) VALUES "
      "($1,$2,$3,$4,$5,$6)",
      {id, creditor, now, who, where, is_known});
}

void SignIns::succeed(CreditorId creditor, int64_t id) {
  db_.run("UPDATE sign_in_attempt SET succeeded=1 WHERE creditor_id=$1 AND id=$2", {creditor, id});
}

void SignIns::withdraw(CreditorId creditor, int64_t id) {
  db_.run("DELETE FROM sign_in_attempt WHERE creditor_id=$1 AND id=$2", {creditor, id});
}

void SignIns::add_token(CreditorId creditor, const Digest& hash, int64_t user, Instant expires_at) {
  db_.run("DELETE FROM setup_token WHERE creditor_id=$1 AND user_id=$2", {creditor, user});
  db_.run("INSERT INTO setup_token (creditor_id, hash, user_id, expires_at) VALUES ($1,$2,$3,$4)",
          {creditor, bytes_of_link(hash), user, expires_at});
}

std::optional<int64_t> SignIns::find_token(CreditorId creditor, const Digest& hash, Instant now) {
  auto rows = db_.query(
      "SELECT user_id FROM setup_token WHERE creditor_id=$1 AND hash=$2 AND expires_at > $3",
      {creditor, bytes_of_link(hash), now});
  return rows.next() ? std::optional(rows.integer(0)) : std::nullopt;
}

std::optional<int64_t> SignIns::take_token(CreditorId creditor, const Digest& hash, Instant now) {
  const auto user = find_token(creditor, hash, now);
  if (!user || db_.run("DELETE FROM setup_token WHERE creditor_id=$1 AND hash=$2",
                       {creditor, bytes_of_link(hash)}) != 1)
    return std::nullopt;
  return user;
}

}  // namespace puntual::store
