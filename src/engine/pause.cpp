#include "engine/pause.h"

#include "engine/number_owner.h"

namespace puntual::engine {

void pause_sending(Tx& tx, CreditorId creditor, Instant now, std::string_view why, std::string_view code) {
  tx.creditors.pause(creditor, now, std::string(why));
  tx.timeline.append({.creditor_id = creditor, .debtor_id = {}, .at = now, .kind = "paused", .detail = std::string(code)}, tx.ids);
}

Result<void> resume_sending(Tx& tx, const Creditor& creditor, Instant now) {
  RETURN_IF_ERROR(owner_agrees(tx, creditor));
  tx.creditors.resume(creditor.id);
  tx.timeline.append({.creditor_id = creditor.id, .debtor_id = {}, .at = now, .kind = "resumed"}, tx.ids);
  return {};
}

}  // namespace puntual::engine
