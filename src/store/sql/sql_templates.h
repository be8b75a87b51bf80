// What the platform says of each template: only an APPROVED one may be sent.
#pragma once

#include <string>
#include <vector>

#include "store/db.h"

namespace puntual::store {

struct TemplateState {
  std::string name, language, status, category, platform_id;
  Instant updated_at;
  std::string quality = {};  // GREEN, YELLOW, RED; as it was when it is not told.
};

class Templates {
 public:
  explicit Templates(Connection& db) : db_(db) {}
  void save(CreditorId creditor, const TemplateState& state);
  // "APPROVED", "PAUSED", …; empty when the platform has not told us of it.
  [[nodiscard]] std::string status(CreditorId creditor, std::string_view name,
                                   std::string_view language);
  // When the platform last told of it; the beginning of time when never.
  [[nodiscard]] Instant updated_at(CreditorId creditor, std::string_view name,
                                   std::string_view language);
  [[nodiscard]] std::vector<TemplateState> all(CreditorId creditor);

 private:
  Connection& db_;
};

}  // namespace puntual::store
