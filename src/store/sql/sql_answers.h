// What the API has answered to a request that named its key (Idempotency-Key), for a day: told
// again, it is answered again and not done again. Sealed, for answers hold people's data.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "store/sql/sql_person_keys.h"

namespace puntual::store {

struct KeptAnswer {
  bool is_same = false;  // Of the same request: another under this key is refused.
  Instant begun_at;
  int status = 0;  // 0: it is not answered yet.
  std::string content_type, body;
};

class Answers {
 public:
  Answers(Connection& db, PersonKeys& keys) : db_(db), keys_(keys) {}
  // Takes the key for this request; what there is already under it, none when it was free.
  // `request`: all of it that counts.
  [[nodiscard]] std::optional<KeptAnswer> begin(CreditorId creditor, std::string_view key,
                                                std::string_view request, Instant now);
  void keep(CreditorId creditor, std::string_view key, int status, std::string_view content_type,
            std::string_view body);
  // The key is free again: nothing was done.
  void forget(CreditorId creditor, std::string_view key);
  void forget_all(CreditorId creditor);
  // Those begun before this moment.
  int64_t purge(CreditorId creditor, Instant before, int limit);

 private:
  Connection& db_;
  PersonKeys& keys_;
};

}  // namespace puntual::store
