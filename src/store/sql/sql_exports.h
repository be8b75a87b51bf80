// What a table of everything holds, page by page in the order of ids: beyond `after`, at most
// `limit`.
#pragma once

#include <vector>

#include "core/agreements/agreement.h"
#include "core/messaging/outbox_message.h"
#include "store/db.h"

namespace puntual::store {

class Exports {
 public:
  explicit Exports(Connection& db) : db_(db) {}
  // Paid on these days, both included.
  [[nodiscard]] std::vector<PaymentId> payments(CreditorId creditor, CivilDate from, CivilDate to,
                                                PaymentId after, int limit);
  // Of which something is owed.
  [[nodiscard]] std::vector<InvoiceId> owed(CreditorId creditor, InvoiceId after, int limit);
  // Handed over, and made, within this time.
  [[nodiscard]] std::vector<MessageId> messages(CreditorId creditor, Instant from, Instant until,
                                                MessageId after, int limit);
  [[nodiscard]] std::vector<AgreementId> agreements(CreditorId creditor, Instant from,
                                                    Instant until, AgreementId after, int limit);

 private:
  Connection& db_;
};

}  // namespace puntual::store
