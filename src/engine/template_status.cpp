#include "engine/template_status.h"

namespace puntual::engine {

void learn_template_state(Tx& tx, CreditorId creditor, const store::TemplateState& state) {
  const bool was_approved = tx.templates.status(creditor, state.name, state.language) == "APPROVED";
  tx.templates.save(creditor, state);
  if (state.status == "APPROVED" && !was_approved)
    tx.outbox.release_waiting(creditor, state.name, state.language, state.updated_at);
}

}  // namespace puntual::engine
