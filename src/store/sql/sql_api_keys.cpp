#include "store/sql/sql_api_keys.h"

namespace puntual::store {
namespace {

#define PUNTUAL_KEY_COLUMNS "id, name, start, rights, created_at, expires_at, used_at"

Bytes bytes_of_key(const Digest& hash) {
  return {{reinterpret_cast<const char*>(hash.data()), hash.size()}};
}

std::string text_of_rights(access::Rights rights) {
  std::string text;
  for (size_t i = 0; i < access::kRights; ++i) {
    const auto right = static_cast<access::Right>(i);
    if (rights.has(right)) text += fmt::format("{}{}", text.empty() ? "" : " ", text_of(right));
  }
  return text;
}

// One that this program does not know is not given.
access::Rights rights_in(std::string_view text) {
  access::Rights rights;
  while (!text.empty()) {
    const auto end = std::min(text.find(' '), text.size());
    if (const auto right = access::right_named(text.substr(0, end))) rights = rights.with(*right);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return rights;
}

std::vector<ApiKey> keys_in(Rows rows) {
  std::vector<ApiKey> found;
  while (rows.next()) {
    found.push_back({.id = rows.integer(0),
                     .name = rows.text(1),
                     .start = rows.text(2),
                     .rights = rights_in(rows.view(3)),
                     .created_at = rows.instant(4),
                     .expires_at = rows.instant(5),
                     .used_at = rows.maybe_instant(6)});
  }
  return found;
}

}  // namespace

void ApiKeys::insert(CreditorId creditor, const Digest& hash, const ApiKey& k) {
  const std::string rights = text_of_rights(k.rights);
  db_.run(
      "INSERT INTO api_key (id, creditor_id, hash, name, start, rights, created_at, expires_at) "
      "VALUES ($1,$2,$3,$4,$5,$6,$7,$8)",
      {k.id, creditor, bytes_of_key(hash), k.name, k.start, rights, k.created_at, k.expires_at});
}

std::vector<ApiKey> ApiKeys::all(CreditorId creditor) {
  return keys_in(db_.query(
      "SELECT " PUNTUAL_KEY_COLUMNS " FROM api_key WHERE creditor_id=$1 ORDER BY id", {creditor}));
}

std::optional<ApiKey> ApiKeys::find(CreditorId creditor, const Digest& hash) {
  auto found = keys_in(db_.query("SELECT " PUNTUAL_KEY_COLUMNS
                                 " FROM api_key WHERE creditor_id=$1 AND hash=$2",
                                 {creditor, bytes_of_key(hash)}));
  return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

void ApiKeys::note_used(CreditorId creditor, int64_t id, Instant now) {
  db_.run("UPDATE api_key SET used_at=$3 WHERE creditor_id=$1 AND id=$2", {creditor, id, now});
}

bool ApiKeys::remove(CreditorId creditor, int64_t id) {
  return db_.run("DELETE FROM api_key WHERE creditor_id=$1 AND id=$2", {creditor, id}) == 1;
}

}  // namespace puntual::store
