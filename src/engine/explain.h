// Why something was or was not sent: for a person, an invoice or a message, from the timeline and from asking
// the gate again.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/desk.h"
#include "store/store.h"

namespace puntual {

struct Explanation {
  Debtor debtor;
  std::vector<Invoice> invoices;
  std::vector<OutboxMessage> messages;
  std::vector<store::TimelineEvent> events;
  std::vector<store::OptOut> opt_outs;
  Decision decision_now;         // What the gate would say to a reminder now.
  std::string silence;           // Why nothing is being said,
  std::optional<Instant> silent_until;
  std::optional<Instant> next_review_at;
};

namespace engine {

// subject: a debtor's id, document, phone or external id; an invoice's number or id; a message's id.
[[nodiscard]] Result<DebtorId> find_subject(Tx& tx, const Creditor& creditor, std::string_view subject);
[[nodiscard]] Result<Explanation> explain(Tx& tx, const Creditor& creditor, DebtorId debtor, Instant now, const Law& law);

}  // namespace engine
}  // namespace puntual
