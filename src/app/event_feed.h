// What changes, told to whoever has a page open as it happens: kinds and ids alone, which say
// nothing of anybody to who may not ask for more. The timeline is where it is read, so that what
// another node did is told too, and what was missed can be told again.
#pragma once

#include <functional>
#include <mutex>
#include <optional>
#include <set>
#include <vector>

#include "engine/desk.h"
#include "http/router.h"
#include "store/store.h"

namespace puntual {

class EventFeed {
 public:
  // Somebody listens, as long as `may_hear` says so. `last`: what they heard last ("evt_…"), before
  // a break; empty: from now on. Any thread.
  void add(http::EventStream stream, std::string_view last, std::function<bool()> may_hear);
  // What is news and no record: somebody has a conversation open, or no longer. Told with what
  // tell() tells next. Any thread.
  void announce(std::string_view type, DebtorId debtor);
  // Tells them what has happened since the last time. One thread alone; asks nothing while nobody
  // listens.
  void tell(Store& store, CreditorId creditor, Instant now);

 private:
  struct Listener {
    http::EventStream stream;
    std::function<bool()> may_hear;
    std::optional<int64_t> after;  // Until they have been told what they missed.
    std::vector<TimelineEvent> missed;
    bool is_lost = false;  // It is too long ago: they must load anew.
  };
  std::vector<std::string> take_in();  // What was announced since.
  void catch_up(Listener& listener, Tx& tx, CreditorId creditor, int64_t told_from, Instant now);

  std::mutex mutex_;
  std::vector<Listener> arrived_;
  std::vector<std::string> announced_;
  std::vector<Listener> listeners_;  // The teller's alone, as what follows.
  Instant told_at_;  // The time of the last telling: a clock that is moved leaps over nothing.
  std::set<int64_t>
      told_;  // Of the last seconds: a record may be committed after one with a higher number.
};

}  // namespace puntual
