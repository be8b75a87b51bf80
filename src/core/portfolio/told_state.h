// An invoice's state as it is told to people and systems: one that the creditor took back was not
// paid.
#pragma once

#include "core/portfolio/portfolio.h"

namespace puntual {

// "open", "paid", "disputed", "written_off", or "withdrawn": a later file, or the undoing of one,
// says that it never was.
[[nodiscard]] inline std::string_view told_state(int64_t amount_minor, InvoiceState state) {
  return amount_minor == 0 && state == InvoiceState::Paid ? "withdrawn" : text_of(state);
}

}  // namespace puntual
