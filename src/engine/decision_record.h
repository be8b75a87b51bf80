// What a decision rested on, as the facts of its record (JSON): enough for somebody who was not
// there to judge it, and nothing that tells who the person is. A yes, a no and a wait are written
// alike. docs/proof.md explains each member.
#pragma once

#include <string>
#include <string_view>

#include "engine/contact_facts.h"

namespace puntual::engine {

// The case as it stood when it was decided.
struct DecisionCase {
  const ContactRequest& request;
  const ContactFacts& facts;
  const Decision* decision = nullptr;      // Null: there was no need to ask the gate.
  const OutboxMessage* message = nullptr;  // Null: none was made.
  Zone zone;                               // That the person's days are counted in.
  const Address& address;
  std::string_view reasons;  // Codes with blanks between, as they stand on the message.
};
// What leaves, as its record tells it.
struct Leaving {
  std::string_view attempt_id;
  std::string to;               // The commitment to the address.
  std::string document_sha256;  // Of the file that goes with it; empty: none does.
};
// Of a yes.
[[nodiscard]] std::string facts_of_sending(const DecisionCase& the_case, const Leaving& leaving,
                                           Instant now);
// Of a no and of a wait: with the moment from which it may be otherwise; none: not until the facts
// change.
[[nodiscard]] std::string facts_of_no(const DecisionCase& the_case,
                                      std::optional<Instant> next_allowed, Instant now);

// Of a wait that the platform has asked for.
[[nodiscard]] std::string facts_of_wait(Instant until);

// The address as a record may carry it: whoever has the salt and the address can show that they
// belong together, and nobody can find the address without the salt (HMAC-SHA256, the salt's
// letters as the key).
[[nodiscard]] std::string commitment_to(std::string_view salt, std::string_view address);

}  // namespace puntual::engine
