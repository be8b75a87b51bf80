// What the platform says of a template, and what follows for the messages that wait for it.
#pragma once

#include "store/store.h"

namespace puntual::engine {

// Keeps the state; a template that may be sent again lets its waiting messages go at once.
void learn_template_state(Tx& tx, CreditorId creditor, const store::TemplateState& state);

}  // namespace puntual::engine
