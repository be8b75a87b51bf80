// The loop of the house: listen, then speak. One tick at a given time; no clock, no thread of its
// own.
//
//   tick(now):  results of sends → inbox → converse → agreements → charges → plan → dispatch
//
// While there is nothing to hear or to plan, results are recorded with the next intents, in one
// commit.
#pragma once

#include <functional>
#include <optional>

#include "engine/charge_overdue.h"
#include "engine/converse.h"
#include "engine/desk.h"
#include "engine/dispatch_outbox.h"
#include "engine/plan_outreach.h"
#include "engine/process_inbox.h"
#include "ports/whatsapp.h"
#include "store/store.h"

namespace puntual {

struct TickReport {
  InboxReport inbox;
  ConverseReport converse;
  PlanReport plan;
  DispatchReport dispatch;
  int results = 0;
  // There is more to do now: tick again at once.
  bool more = false;
};

namespace engine {
// After downtime it listens before it speaks: nothing is sent before this moment, on any node.
// None: it may speak.
[[nodiscard]] std::optional<Instant> listening_until(Tx& tx, Instant now);
}  // namespace engine

class Engine {
 public:
  Engine(Store& store, WhatsAppChannel& channel, Desk desk)
      : store_(store), channel_(channel), desk_(std::move(desk)) {}

  // Called with the intents durable and before the first byte of them leaves; when it fails they
  // are planned again.
  void before_sending(std::function<Result<void>(Instant now)> note) {
    before_sending_ = std::move(note);
  }
  // Call once before the first tick: after downtime of all nodes it listens before it speaks, and
  // whatever this node had in flight when its process died is uncertain.
  Result<void> start(Instant now);
  // May it not speak, it only listens: the time, or something else, cannot be trusted.
  Result<TickReport> tick(Instant now, bool may_speak = true);
  // The next moment at which a tick has something to do if nothing comes in; none: never.
  [[nodiscard]] Result<std::optional<Instant>> next_wake();

  // This process stood still until now: unless another node has been awake, it is the same as
  // downtime.
  Result<void> note_standstill(Instant now);
  [[nodiscard]] Desk& desk() { return desk_; }

 private:
  Result<void> take_editions(Instant now);
  Result<void> record(Instant now, TickReport& report);
  void keep(std::vector<SendResult> left, TickReport& report);
  Result<void> follow(Instant now, TickReport& report);
  Result<void> answer(Instant now, TickReport& report);
  Result<void> charge(Instant now, TickReport& report);
  Result<void> plan(Instant now, TickReport& report);
  Result<void> dispatch(Instant now, TickReport& report);
  Result<void> submit(std::vector<SendRequest> requests, Instant now);

  Store& store_;
  WhatsAppChannel& channel_;
  Desk desk_;
  std::function<Result<void>(Instant now)> before_sending_;
  ChargeRound charged_;
  std::optional<Instant> alive_noted_;
  bool owes_silence_ = false;  // It stood still, and could not write down that it listens first.
  std::vector<SendResult>
      unrecorded_;  // Collected, and kept until a transaction that records them has committed.
};

}  // namespace puntual
