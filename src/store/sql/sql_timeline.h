// What happened with a person, and why: append-only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "store/db.h"

namespace puntual::store {

struct TimelineEvent {
  int64_t id = 0;
  CreditorId creditor_id;
  DebtorId debtor_id;
  Instant at;
  std::string kind;    // "proposed", "sent", "silent", "cancelled", "paid", "inbound", "opted_out", …
  MessageId message_id;
  InvoiceId invoice_id;
  PaymentId payment_id;
  std::string detail;  // Codes and short values, no personal data.
};

class Timeline {
 public:
  explicit Timeline(Connection& db) : db_(db) {}
  void append(const TimelineEvent& event, IdSource& ids);
  [[nodiscard]] std::vector<TimelineEvent> of_debtor(CreditorId creditor, DebtorId debtor);
  // The newest ones of everybody, newest first.
  [[nodiscard]] std::vector<TimelineEvent> latest(CreditorId creditor, int64_t after_id, int limit);

 private:
  Connection& db_;
};

}  // namespace puntual::store
