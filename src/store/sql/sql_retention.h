// What has been kept long enough, and its deletion. Every question has a limit, so that a purge of
// years is many short transactions and a dry run costs the same question.
#pragma once

#include <vector>

#include "store/db.h"

namespace puntual::store {

class Retention {
 public:
  explicit Retention(Connection& db) : db_(db) {}
  // Written by people whom we know, or not, before this moment and still readable.
  [[nodiscard]] int64_t count_conversation(CreditorId creditor, Instant before);
  [[nodiscard]] int64_t count_unknown(CreditorId creditor, Instant before);
  int64_t forget_conversation(CreditorId creditor, Instant before, int limit);
  int64_t forget_unknown(CreditorId creditor, Instant before, int limit);
  // Lines of banks that are nobody's, of files taken in before this moment, whose words are still
  // readable.
  [[nodiscard]] int64_t count_bank_words(CreditorId creditor, Instant before);
  int64_t forget_bank_words(CreditorId creditor, Instant before, int limit);
  // People with ids beyond `after` who owe nothing, whose last debt was closed before this date,
  // and to whom nothing happened since.
  [[nodiscard]] std::vector<DebtorId> closed_people(CreditorId creditor, CivilDate closed_before,
                                                    Instant before, DebtorId after, int limit);
  // What one person wrote and sent, what was written to them by hand, and what tasks, notes, stops
  // and the dialogue quote of it.
  void forget_conversation_of(CreditorId creditor, DebtorId debtor);
  // The contact log of one of them: messages, conversation, consents. Books and timeline stay,
  // without a name.
  void forget_contact_log(CreditorId creditor, DebtorId debtor);

 private:
  Connection& db_;
};

}  // namespace puntual::store
