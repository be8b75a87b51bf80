// For how long news could have reached us. A message of which nobody knows whether it went is given
// up after a day of listening, not of time: while the house was away its status could not come
// (quality-bar 4.1).
#pragma once

#include <span>

#include "store/store.h"

namespace puntual::engine {

// Nobody was there to listen.
struct Deafness {
  Instant from, until;
};

// The moment since which we have listened for so long, by spans in their order of time. Never more
// than eight days ago: the platform gives up a status after seven.
[[nodiscard]] Instant listening_since(std::span<const Deafness> spans, int64_t listened_ms,
                                      Instant now);

// Of the deployment, all nodes together.
void note_deafness(Tx& tx, Deafness span, Instant now);
[[nodiscard]] std::vector<Deafness> deafness(Tx& tx);

}  // namespace puntual::engine
