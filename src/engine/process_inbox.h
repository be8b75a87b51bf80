// LISTEN: what has come in is understood and acted upon, before anything is said.
//
// Order and repetition do not matter: statuses only rise, messages are known by the platform's id.
#pragma once

#include "engine/desk.h"
#include "store/store.h"

namespace puntual {

struct InboxReport {
  int events = 0;
  int messages = 0;
  int statuses = 0;
  int stops = 0;
  int unknown = 0;  // Updates kept but not understood, or about attempts that are not ours.
  int poison = 0;
  int notices = 0;  // Of payment providers: there is something to look up (engine/provider_news.h).
  // What came in a while ago has not been heard yet, by whichever node: this is no moment to speak.
  bool is_behind = false;

  void add(const InboxReport& other) {
    events += other.events;
    messages += other.messages;
    statuses += other.statuses;
    stops += other.stops;
    unknown += other.unknown;
    poison += other.poison;
    notices += other.notices;
    is_behind = is_behind || other.is_behind;
  }
};

namespace engine {

// Has anything come in that nobody has dealt with yet?
[[nodiscard]] Result<bool> has_news(Store& store);

// Up to desk.settings.inbox_batch raw events, each all or nothing; one that cannot be read is set
// aside, one that fails through no fault of its own waits behind the others (the error is that of
// the first such), one about somebody whom another node is busy with is left for the next turn.
[[nodiscard]] Result<InboxReport> process_inbox(Store& store, const Desk& desk, Instant now);

}  // namespace engine
}  // namespace puntual
