// A conversation on paper: what both sides said, when, and what became of it.
#pragma once

#include "document/pdf.h"
#include "engine/transcript.h"

namespace puntual {

// `with_notes`: what colleagues wrote for each other as well, and a report of who said how much and
// how long what waited for a person did; without them it may be given to the person.
[[nodiscard]] document::Document transcript_pages(const Transcript& talk, const Creditor& creditor,
                                                  bool with_notes, Instant now);

}  // namespace puntual
