// What a decision rested on, as the facts of its record: enough for somebody who was not there to judge it, and
// nothing that tells who the person is. docs/proof.md explains each member.
#pragma once

#include <string>
#include <string_view>

#include "base/json.h"
#include "engine/contact_facts.h"

namespace puntual::engine {

// Why not, and from when perhaps.
[[nodiscard]] std::string facts_of_refusal(const Decision& decision);
// Of a wait that the gate has not asked for.
[[nodiscard]] std::string facts_of_wait(Instant until);

// The whole case of a message that may leave. The attempt is added when it is claimed.
struct SendingCase {
  const Creditor& creditor;
  const OutboxMessage& message;
  const ContactRequest& request;
  const ContactFacts& facts;
  const Decision& decision;
  Zone zone;  // That the person's days are counted in.
  const Address& address;
};
[[nodiscard]] json::object facts_of_sending(const SendingCase& the_case, Instant now);

// The address as a record may carry it: whoever has the salt and the address can show that they belong together,
// and nobody can find the address without the salt (HMAC-SHA256, the salt's letters as the key).
[[nodiscard]] std::string commitment_to(std::string_view salt, std::string_view address);

}  // namespace puntual::engine
