// Answers to "¿Estamos hablando con Ana?": case tells nothing; a cell is yes, no, or neither.
#include "core/conversation/identity.h"

#include "tests/fuzz/fuzz.h"

namespace puntual::conversation {

FUZZ(identity, "") {
  const auto [name, text] = fuzz::first_line(bytes);
  std::string upper(text);
  for (char& byte : upper) byte = byte >= 'a' && byte <= 'z' ? static_cast<char>(byte - 32) : byte;
  HOLDS(identity_answer(text, "", name) == identity_answer(upper, "", name));
  HOLDS(!(is_yes(text) && is_no(text)));
  const Evidence evidence = evidence_of(text);
  HOLDS(!evidence.kind.empty() || evidence.reference.empty());
  for (const auto state : {AddressState::Unconfirmed, AddressState::Asked, AddressState::Confirmed,
                           AddressState::Wrong})
    HOLDS(address_state_of(text_of(state)) == state);
}

}  // namespace puntual::conversation
