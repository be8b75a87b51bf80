// What an endpoint is told of an event: {"id","type","timestamp","data":{…}}, at most 20 KB (longer
// references and names are cut).
//
// Thin: our ids, the creditor's own references (invoice, payment), amounts and codes. Full: also
// who it is about (name, phone, document, e-mail), read when it is sent: whoever was erased
// meanwhile is told of by their id alone.
#pragma once

#include <string>

#include "store/store.h"

namespace puntual::engine {

inline constexpr size_t kEventBytesMax = 20'000;

// The record must be an event (core/events/event.h).
[[nodiscard]] std::string event_body(Tx& tx, const TimelineEvent& record, bool is_full);

}  // namespace puntual::engine
