// Why something was or was not sent: for a person, an invoice or a message, from the timeline and
// from asking the gate again.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/conversation/identity.h"
#include "engine/desk.h"
#include "store/store.h"

namespace puntual {

// What was asked about.
struct Topic {
  DebtorId debtor;
  InvoiceId invoice;  // Either of them when it was named; else none.
  MessageId message;
};

struct Explanation {
  Topic topic;
  Debtor debtor;
  Address address;    // The number in use, as far as it is proven to be theirs.
  std::string unfit;  // Why no reminder may go there, whatever the gate says; a code, or empty.
  std::vector<Invoice> invoices;
  std::vector<OutboxMessage> messages;
  std::vector<store::TimelineEvent> events;
  std::vector<store::OptOut> opt_outs;
  [[nodiscard]] bool is_stop_in_doubt() const;  // They may have asked for silence, and nobody has
                                                // looked yet: not told as if they had.
  std::string rest;  // SUSPENDED_…: why reminders rest, whatever the gate says; or empty,
  std::optional<Instant> rest_until;
  Decision decision_now;   // What the gate would say to a reminder now.
  std::string paused_why;  // Why nothing is sent to anybody; empty when the creditor is not paused.
  std::string number_owner;  // Whose the sending number is; empty: not known.
  std::string silence;       // Why nothing is being said,
  std::optional<Instant> silent_until;
  std::optional<Instant> next_review_at;
};

inline constexpr std::string_view kStopDoubt = "OPTOUT_DOUBT";

namespace engine {

// subject: a debtor's id, document (also as a file writes it, "CC 10.203.040"), phone or external
// id; an invoice's number or id; a message's id, or WhatsApp's.
[[nodiscard]] Result<Topic> find_topic(Tx& tx, const Creditor& creditor, std::string_view subject);
[[nodiscard]] Result<DebtorId> find_subject(Tx& tx, const Creditor& creditor,
                                            std::string_view subject);
[[nodiscard]] Result<Explanation> explain(Tx& tx, const Creditor& creditor, const Topic& topic,
                                          Instant now, const Law& law);

}  // namespace engine
}  // namespace puntual
