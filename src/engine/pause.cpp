#include "engine/pause.h"

namespace puntual::engine {

void pause_sending(Tx& tx, CreditorId creditor, Instant now, std::string_view why, std::string_view code) {
  tx.creditors.pause(creditor, now, std::string(why));
  tx.timeline.append({.creditor_id = creditor, .debtor_id = {}, .at = now, .kind = "paused", .detail = std::string(code)}, tx.ids);
}

void resume_sending(Tx& tx, CreditorId creditor, Instant now) {
  tx.creditors.resume(creditor);
  tx.timeline.append({.creditor_id = creditor, .debtor_id = {}, .at = now, .kind = "resumed"}, tx.ids);
}

}  // namespace puntual::engine
