// A message on its way out, and the states it may be in (drawn in docs/message-states.md).
//
//   planned → in_flight → accepted → sent → delivered → read
//   planned → cancelled (the gate's hard no, or a stop) · planned → expired (no longer worth
//   sending) in_flight → planned (provably not sent, or refused with a reason to try later)
//   in_flight → rejected (refused for good) · in_flight → uncertain → unconfirmed
//   accepted, sent, uncertain, unconfirmed → failed, or any later truth that a webhook tells
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/money.h"
#include "core/compliance/gate.h"

namespace puntual {

enum class MessageState : uint8_t {
  Planned,
  InFlight,
  Accepted,
  Sent,
  Delivered,
  Read,
  Failed,
  Rejected,
  Uncertain,
  Unconfirmed,
  Cancelled,
  Expired,
};
[[nodiscard]] std::string_view text_of(MessageState state);          // "in_flight"
[[nodiscard]] MessageState message_state_of(std::string_view text);  // Must be one of ours.

// Did, or may, a body of this message have reached the network? Such a message counts as a contact
// and is never sent again.
[[nodiscard]] bool may_have_left(MessageState state);
// What the gate's history says of it.
[[nodiscard]] ContactStatus contact_status_of(MessageState state);

// The state after the platform reports `status` ("sent", "delivered", "read", "failed", "played"):
// ranks only rise, failed never overrules delivered. The same state when the report says nothing
// new.
[[nodiscard]] MessageState after_status(MessageState state, std::string_view status);

struct OutboxMessage {
  MessageId id;
  CreditorId creditor_id;
  DebtorId debtor_id;
  std::string dedupe_key;  // Said once: unique per creditor.
  MessageState state = MessageState::Planned;
  Purpose purpose = Purpose::Overdue;
  Channel channel = Channel::WhatsApp;  // Another one only for an on-ramp (engine/on_ramp.h).
  std::string kind;  // "template", "text", "interactive", "document" or "on_ramp"
  std::string template_name, language, step, strategy_version, template_version, pack_version;
  InvoiceId lead_invoice_id;
  std::vector<InvoiceId> covered;
  PaymentId payment_id;
  Money balance;        // Of the covered invoices when the text was made.
  std::string text;     // Exactly what the person reads.
  std::string body;     // The platform's object for `kind`, as JSON; of an on-ramp, its link; of a
                        // document, nothing.
  std::string made_of;  // Digest of all that the text was made of (engine/compose.h), or empty: not
                        // to be told without making it anew.
  std::string attach;   // What is printed when it leaves, and goes with it (core/documents):
                        // "invoice 4711"; or nothing.
  int64_t ttl_seconds = 0;  // 0: free text, which has none.
  Instant planned_at, not_before, expires_at;
  int32_t attempts = 0;
  std::string attempt_id;
  std::string salt;  // Opens the record's commitment to the address (docs/proof.md).
  std::optional<Instant> in_flight_at, deadline_at;
  std::string platform_id;
  int32_t error_code = 0;
  std::string reasons;  // The gate's last answer.
};

}  // namespace puntual
