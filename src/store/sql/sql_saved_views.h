// Filters of a list under a name. Made where it is used, over a transaction's connection.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/id.h"
#include "store/db.h"

namespace puntual::store {

struct SavedView {
  int64_t id = 0;
  int64_t user_id = 0;
  std::string page, name;
  std::string query;  // JSON.
  bool is_shared = false;
};

class SavedViews {
 public:
  explicit SavedViews(Connection& db) : db_(db) {}
  // Their own and what others share, by name.
  [[nodiscard]] std::vector<SavedView> of(CreditorId creditor, int64_t user, std::string_view page);
  [[nodiscard]] std::optional<SavedView> find(CreditorId creditor, int64_t id);
  void insert(CreditorId creditor, const SavedView& view);
  void update(CreditorId creditor, const SavedView& view);  // Name, query, shared.
  void remove(CreditorId creditor, int64_t id);

 private:
  Connection& db_;
};

}  // namespace puntual::store
