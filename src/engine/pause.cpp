#include "engine/pause.h"

#include "engine/note.h"
#include "engine/number_owner.h"

namespace puntual::engine {

void pause_sending(Tx& tx, CreditorId creditor, Instant now, std::string_view why,
                   std::string_view code) {
  tx.creditors.pause(creditor, now, std::string(why));
  note(tx, creditor, {}, now, "paused", code);
}

Result<void> resume_sending(Tx& tx, const Creditor& creditor, Instant now, std::string_view by) {
  RETURN_IF_ERROR(owner_agrees(tx, creditor));
  tx.creditors.resume(creditor.id);
  note(tx, creditor.id, {}, now, "resumed", by);
  return {};
}

}  // namespace puntual::engine
