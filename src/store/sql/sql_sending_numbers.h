// Whose each sending number is.
#pragma once

#include <optional>
#include <string>

#include "store/db.h"

namespace puntual::store {

struct SendingNumber {
  std::string phone_number_id;
  std::string owner;          // As the creditor's settings say.
  std::string verified_name;  // As the platform shows it; empty: not asked yet.
  std::optional<Instant> confirmed_at;
  std::string confirmed_by;
};

class SendingNumbers {
 public:
  explicit SendingNumbers(Connection& db) : db_(db) {}
  [[nodiscard]] std::optional<SendingNumber> find(CreditorId creditor,
                                                  std::string_view phone_number_id);
  // Inserts, or replaces all but the moment it was first seen.
  void save(CreditorId creditor, const SendingNumber& number, Instant now);

 private:
  Connection& db_;
};

}  // namespace puntual::store
