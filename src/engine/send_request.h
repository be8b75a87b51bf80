// What is handed to the way out for one claimed message: whom it goes to, the body, and what is
// printed to go with it.
#pragma once

#include "engine/judge_message.h"
#include "ports/whatsapp.h"

namespace puntual::engine {

// Prints what goes with the message. What cannot be printed is left out of a reminder, whose words
// say as much without it; an answer that is the document itself cannot leave.
[[nodiscard]] std::optional<Attachment> print_for(Tx& tx, const Desk& desk,
                                                  const Creditor& creditor, Case& c, Claim& claim);

[[nodiscard]] SendRequest request_of(Tx& tx, const Desk& desk, const Creditor& creditor,
                                     const Debtor& debtor, const OutboxMessage& message,
                                     std::string attempt_id, std::optional<Attachment> attachment,
                                     Instant deadline);

}  // namespace puntual::engine
