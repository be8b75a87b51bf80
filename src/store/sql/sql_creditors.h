// Creditors, and the few facts about the deployment as a whole.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/portfolio/portfolio.h"
#include "store/db.h"

namespace puntual::store {

class Creditors {
 public:
  explicit Creditors(Connection& db) : db_(db) {}
  void save(const Creditor& creditor);  // Inserts or replaces; the pause is left as it is.
  [[nodiscard]] std::optional<Creditor> find(CreditorId id);
  [[nodiscard]] std::vector<Creditor> all();
  [[nodiscard]] std::optional<CreditorId> find_by_phone_number_id(std::string_view phone_number_id);
  void pause(CreditorId id, Instant at, std::string_view why);
  void resume(CreditorId id);
  // Whether something may be sent; no pause begins before the transaction has ended.
  [[nodiscard]] bool hold_unpaused(CreditorId id);
  [[nodiscard]] std::string paused_why(CreditorId id);  // Empty: not paused.

  // Facts about the deployment ("alive_at", …); empty when never set.
  [[nodiscard]] std::string fact(std::string_view name);
  void set_fact(std::string_view name, std::string_view value);

 private:
  Connection& db_;
};

}  // namespace puntual::store
