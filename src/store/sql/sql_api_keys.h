// Keys of the creditor's systems: each with rights of its own and an end. Only hashes are kept.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/crypto.h"
#include "core/access/right.h"
#include "store/db.h"

namespace puntual::store {

struct ApiKey {
  int64_t id = 0;
  std::string name;
  std::string start;  // The first letters, to know it by.
  access::Rights rights;
  Instant created_at, expires_at;
  std::optional<Instant> used_at;  // To a minute.
};

class ApiKeys {
 public:
  explicit ApiKeys(Connection& db) : db_(db) {}
  void insert(CreditorId creditor, const Digest& hash, const ApiKey& key);
  [[nodiscard]] std::vector<ApiKey> all(CreditorId creditor);
  // Also one that has expired.
  [[nodiscard]] std::optional<ApiKey> find(CreditorId creditor, const Digest& hash);
  void note_used(CreditorId creditor, int64_t id, Instant now);
  bool remove(CreditorId creditor, int64_t id);

 private:
  Connection& db_;
};

}  // namespace puntual::store
