#include "store/sql/sql_answers.h"

namespace puntual::store {
namespace {

constexpr std::string_view kAnswerKey = "api_answer.key", kAnswerRequest = "api_answer.request";

Place place_of_answer(CreditorId creditor, const LookupKey& key) {
  return {.table = "api_answer",
          .creditor_id = creditor,
          .row = 0,
          .part = {reinterpret_cast<const char*>(key.value.data()), key.value.size()}};
}

}  // namespace

std::optional<KeptAnswer> Answers::begin(CreditorId creditor, std::string_view key,
                                         std::string_view request, Instant now) {
  const LookupKey found_by = keys_.lookup_key(creditor, kAnswerKey, key),
                  asked = keys_.lookup_key(creditor, kAnswerRequest, request);
  // Of two who come at once one waits for the other here, on both databases.
  const int64_t taken = db_.run(
      "INSERT INTO api_answer (creditor_id, key_hash, request_hash, begun_at) VALUES ($1,$2,$3,$4) "
      "ON CONFLICT (creditor_id, key_hash) DO NOTHING",
      {creditor, found_by, asked, now});
  if (taken == 1) return std::nullopt;
  auto rows = db_.query(
      "SELECT request_hash, begun_at, status, content_type, answer FROM api_answer WHERE "
      "creditor_id=$1 AND key_hash=$2",
      {creditor, found_by});
  if (!rows.next()) return std::nullopt;
  KeptAnswer kept{.is_same = lookup_key_of(rows.bytes(0)) == asked,
                  .begun_at = rows.instant(1),
                  .status = rows.int32(2),
                  .content_type = rows.text(3),
                  .body = {}};
  if (!rows.is_null(4))
    kept.body = keys_.open(place_of_answer(creditor, found_by), {}, rows.bytes(4));
  return kept;
}

void Answers::keep(CreditorId creditor, std::string_view key, int status,
                   std::string_view content_type, std::string_view body) {
  const LookupKey found_by = keys_.lookup_key(creditor, kAnswerKey, key);
  const std::string sealed = keys_.seal(place_of_answer(creditor, found_by), {}, body);
  (void)db_.run(
      "UPDATE api_answer SET status=$3, content_type=$4, answer=$5 WHERE creditor_id=$1 AND "
      "key_hash=$2",
      {creditor, found_by, status, content_type, Bytes{sealed}});
}

void Answers::forget(CreditorId creditor, std::string_view key) {
  (void)db_.run("DELETE FROM api_answer WHERE creditor_id=$1 AND key_hash=$2",
                {creditor, keys_.lookup_key(creditor, kAnswerKey, key)});
}

void Answers::forget_all(CreditorId creditor) {
  (void)db_.run("DELETE FROM api_answer WHERE creditor_id=$1", {creditor});
}

int64_t Answers::purge(CreditorId creditor, Instant before, int limit) {
  return db_.run(
      "DELETE FROM api_answer WHERE creditor_id=$1 AND key_hash IN "
      "(SELECT key_hash FROM api_answer WHERE creditor_id=$1 AND begun_at < $2 LIMIT $3)",
      {creditor, before, limit});
}

}  // namespace puntual::store
