// The loop of the house: listen, then speak. One tick at a given time; no clock, no thread of its own.
//
//   tick(now):  results of sends → inbox → plan → dispatch
#pragma once

#include <optional>

#include "engine/desk.h"
#include "engine/dispatch_outbox.h"
#include "engine/plan_outreach.h"
#include "engine/process_inbox.h"
#include "ports/whatsapp.h"
#include "store/store.h"

namespace puntual {

struct TickReport {
  InboxReport inbox;
  PlanReport plan;
  DispatchReport dispatch;
  int results = 0;
  // There is more to do now: tick again at once.
  bool more = false;
};

class Engine {
 public:
  Engine(Store& store, WhatsAppChannel& channel, Desk desk) : store_(store), channel_(channel), desk_(std::move(desk)) {}

  // Call once before the first tick: after downtime it listens before it speaks, and whatever was in
  // flight when the process died is uncertain.
  Result<void> start(Instant now);
  // May it not speak, it only listens: the time, or something else, cannot be trusted.
  Result<TickReport> tick(Instant now, bool may_speak = true);
  // The next moment at which a tick has something to do if nothing comes in; none: never.
  [[nodiscard]] Result<std::optional<Instant>> next_wake();

  // Nothing is sent before this moment (after downtime); the inbox must be empty as well.
  // Survives a restart.
  Result<void> hold_off_until(Instant until);
  [[nodiscard]] Desk& desk() { return desk_; }

 private:
  Result<void> plan(Instant now, TickReport& report);
  Result<void> dispatch(Instant now, TickReport& report);

  Store& store_;
  WhatsAppChannel& channel_;
  Desk desk_;
  Instant hold_until_{INT64_MIN};
  std::optional<Instant> alive_noted_;
  std::vector<SendResult> unrecorded_;  // Collected, and kept until the transaction that records them commits.
};

}  // namespace puntual
