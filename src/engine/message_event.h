// One record of the timeline about one message.
#pragma once

#include "store/store.h"

namespace puntual::engine {

// `detail` and `facts` hold no personal data: the record stays when the person is forgotten.
[[nodiscard]] store::TimelineEvent message_event(const OutboxMessage& message, Instant now,
                                                 std::string_view kind, std::string_view detail,
                                                 std::string facts);
void note_event(Tx& tx, const OutboxMessage& message, Instant now, std::string_view kind,
                std::string_view detail, std::string facts = {});
// Where no more of it was read than what moved.
void note_event(Tx& tx, const store::MovedMessage& moved, Instant now, std::string_view kind,
                std::string facts = {});

}  // namespace puntual::engine
