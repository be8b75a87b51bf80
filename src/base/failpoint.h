// Named places at which a test ends or halts the process, to see that nothing is lost and nothing
// said twice wherever it stops (tests/faults). A place that nobody has armed costs one relaxed
// load.
//
//   PUNTUAL_FAILPOINT=dispatch.committed          dies there, as by kill -9
//   PUNTUAL_FAILPOINT=dispatch.committed:3=pause  the third passage stands still (SIGSTOP)
//   PUNTUAL_FAILPOINT=inbox.event_begun=check     a broken assumption of ours
#pragma once

#include <atomic>
#include <cstdint>
#include <iterator>
#include <string_view>

#include "base/result.h"

namespace puntual {

// All there are, in the order of the flow. Each is passed by tests/faults: one that is not fails
// there.
inline constexpr std::string_view kFailpoints[] = {
    // Start.
    "start.locked", "start.schema_ready", "start.opened", "start.door_open",
    "start.templates_known", "start.rescued", "start.engine_ready",
    // A webhook comes in.
    "intake.received", "intake.taken", "intake.appended", "intake.committed", "intake.answered",
    // Every transaction of the store.
    "store.begun", "store.committing", "store.committed",
    // The engine listens.
    "results.collected", "results.recorded", "results.committed", "inbox.read", "inbox.event_begun",
    "inbox.status_heard", "inbox.message_heard", "inbox.stop_heard", "inbox.event_done",
    "inbox.committed",
    // And speaks.
    "plan.begun", "plan.proposed", "plan.committed", "dispatch.due", "dispatch.judged",
    "dispatch.in_flight", "dispatch.committed", "dispatch.submitted",
    // A message leaves.
    "send.taken", "send.started", "send.body_begins", "send.body_given", "send.answered",
    "send.published",
    // Money and portfolio.
    "payment.inserted", "payment.allocated", "payment.booked", "payment.thanked",
    "payment.committed", "import.opened", "import.row", "import.read", "import.committed",
    "person.changed", "person.committed",
    // What is done now and then.
    "alive.noted", "alive.committed", "retention.begun", "retention.done", "anchor.made",
    "anchor.kept", "anchor.half_written", "anchor.written",
    // Stop.
    "stop.told", "stop.door_closed", "stop.engine_ended", "stop.sender_ended", "stop.recorded"};

// One of them; a name that is not in the list does not compile.
class Failpoint {
 public:
  consteval Failpoint(const char* name) : number_(number_of(name)) {}
  [[nodiscard]] constexpr uint32_t number() const { return number_; }

 private:
  static consteval uint32_t number_of(std::string_view name) {
    for (uint32_t i = 0; i < std::size(kFailpoints); ++i) {
      if (kFailpoints[i] == name) return i + 1;
    }
    throw "this failpoint is not in the list";
  }
  uint32_t number_;
};

namespace failpoints {
extern std::atomic<uint32_t> armed;  // The number of the one that is armed; 0: none.
void reached();
}  // namespace failpoints

// Thread-safe.
inline void failpoint(Failpoint here) {
  if (failpoints::armed.load(std::memory_order_relaxed) == here.number()) [[unlikely]]
    failpoints::reached();
}

// name[:n][=kill|pause|check]. Invalid, with the names, when it is none.
[[nodiscard]] Result<void> arm_failpoint(std::string_view setting);

}  // namespace puntual
