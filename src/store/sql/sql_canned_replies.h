// Answers that people of the creditor write often. Those built in: core/messaging/canned_reply.h.
#pragma once

#include <string_view>
#include <vector>

#include "core/messaging/canned_reply.h"
#include "store/db.h"

namespace puntual::store {

class CannedReplies {
 public:
  explicit CannedReplies(Connection& db) : db_(db) {}
  [[nodiscard]] std::vector<CannedReply> all(
      CreditorId creditor);  // Of the creditor's own, by name.
  void set(CreditorId creditor, const CannedReply& reply, Instant now);
  // False when there is none.
  bool remove(CreditorId creditor, std::string_view name);

 private:
  Connection& db_;
};

}  // namespace puntual::store
