// Makes the message of a proposal: chooses the template, fills it, and keeps the exact text.
#pragma once

#include <span>

#include "core/messaging/outbox_message.h"
#include "engine/desk.h"

namespace puntual::engine {

struct ComposeRequest {
  const Creditor* creditor = nullptr;
  const Debtor* debtor = nullptr;
  std::span<const Invoice> invoices;  // The lead first.
  std::string_view locale = {};       // To write in; empty: the person's.
  std::string_view template_name;
  std::string_view fallback_template;  // When the first has no text in this language; may be empty.
  std::optional<DocumentKind> attach =
      {};  // To go with it: an invoice, or, where it names several, what is owed.
  CivilDate today;
  std::optional<Money> paid, remaining;
  std::span<const ReceiptPart> applied = {};
  int64_t kept_minor = 0;
  bool paid_on_time = false;
  TalkWords talk = {};
  std::optional<NextInstalment> instalment = {};        // That the message speaks of.
  std::string_view whatsapp_link = {}, stop_link = {};  // Of an on-ramp.
  std::string_view payment_link = {};                   // engine/pay_links.h
  bool is_free_text = false;  // To somebody who has just written: needs no approval.
};

// As this house addresses people; null when there is no such text in the language.
[[nodiscard]] const MessageTemplate* find_text(const Desk& desk, std::string_view name,
                                               std::string_view locale);
// The same for a message that needs the platform's approval: with usted while that alone is
// approved.
[[nodiscard]] const MessageTemplate* find_approved_text(Tx& tx, const Desk& desk,
                                                        CreditorId creditor, std::string_view name,
                                                        std::string_view locale);

// How the balance is composed (principal, interest, costs), as the creditor's last file tells it;
// empty: it did not, or money has moved since.
[[nodiscard]] std::string split_now(Tx& tx, const Creditor& creditor, const Invoice& invoice);

// A message in state planned, without times and key. NotFound when there is no such template;
// Invalid when a required variable has no value.
[[nodiscard]] Result<OutboxMessage> compose(Tx& tx, const Desk& desk,
                                            const ComposeRequest& request);
// compose() would say the same again: everything that `message` was made of is as it was. False in
// doubt.
[[nodiscard]] bool is_as_made(Tx& tx, const Desk& desk, const ComposeRequest& request,
                              const OutboxMessage& message);

}  // namespace puntual::engine
