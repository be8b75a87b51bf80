#include "engine/engine.h"

#include <algorithm>
#include <charconv>

#include "base/failpoint.h"
#include "engine/agreements.h"
#include "engine/editions.h"
#include "engine/quarantine.h"
#include "engine/receiving.h"
#include "engine/strategy_in_use.h"

namespace puntual {
namespace {

constexpr int64_t kAliveEveryMs = kMinuteMs;
constexpr int64_t kInboxKeptMs =
    8 * kDayMs;  // The platform repeats a delivery for seven days (contract 5.3).
constexpr int kForgetBatch = 5000;

std::optional<Instant> instant_fact(Tx& tx, std::string_view name) {
  const std::string text = tx.creditors.fact(name);
  Instant at;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), at.ms);
  return error == std::errc{} ? std::optional(at) : std::nullopt;
}

Instant hold_until(Tx& tx) {
  return instant_fact(tx, "hold_until").value_or(Instant{INT64_MIN / 2});
}

// When no node has been awake for long, what came in meanwhile is still being delivered: it is
// listened to first.
void listen_after_silence(Tx& tx, const EngineSettings& settings, Instant now) {
  const auto alive_at = instant_fact(tx, "alive_at");
  if (!alive_at || now - *alive_at <= settings.downtime_ms) return;
  engine::note_deafness(tx, {*alive_at, now}, now);
  tx.creditors.set_fact("hold_until",
                        std::to_string(std::max(hold_until(tx), now + settings.hold_off_ms).ms));
  tx.creditors.set_fact("alive_at", std::to_string(now.ms));
}

std::optional<Instant> earlier(std::optional<Instant> a, std::optional<Instant> b) {
  if (!a || !b) return a ? a : b;
  return std::min(*a, *b);
}

// A house that dies while it listens has not listened to the end: coming back it begins anew,
// unless another node has gone on.
void listen_again(Tx& tx, const EngineSettings& settings, Instant now) {
  if (now >= hold_until(tx)) return;
  const auto is_another = [&](const store::NodeState& node) {
    return node.number != tx.nodes.own().number && !node.owner.empty() && node.left_ms > 0;
  };
  if (std::ranges::any_of(tx.nodes.all(), is_another)) return;
  tx.creditors.set_fact("hold_until", std::to_string((now + settings.hold_off_ms).ms));
}

}  // namespace

std::optional<Instant> engine::listening_until(Tx& tx, Instant now) {
  const Instant until = hold_until(tx);
  return now < until ? std::optional(until) : std::nullopt;
}

Result<void> Engine::start(Instant now) {
  RETURN_IF_ERROR(take_editions(now));
  return store_.write([&](Tx& tx) {
    listen_after_silence(tx, desk_.settings, now);
    listen_again(tx, desk_.settings, now);
    for (const auto& creditor : tx.creditors.all()) {
      engine::rescue_own(tx, creditor.id, now);
      engine::note_law(tx, creditor, desk_.law, now);
      engine::note_strategy(tx, creditor, desk_.strategy_of(creditor), now);
    }
    failpoint("start.rescued");
  });
}

Result<void> Engine::note_standstill(Instant now) {
  owes_silence_ = true;
  RETURN_IF_ERROR(store_.write([&](Tx& tx) { listen_after_silence(tx, desk_.settings, now); }));
  owes_silence_ = false;
  return {};
}

Result<TickReport> Engine::tick(Instant now, bool may_speak) {
  if (owes_silence_) RETURN_IF_ERROR(note_standstill(now));
  RETURN_IF_ERROR(take_editions(now));
  TickReport report;
  std::ranges::move(channel_.collect(), std::back_inserter(unrecorded_));
  if (!unrecorded_.empty()) {
    failpoint("results.collected");
    ASSIGN_OR_RETURN(const bool has_news, engine::has_news(store_));
    if (has_news)
      RETURN_IF_ERROR(record(now, report));  // Before what the platform says of the same messages.
  }
  ASSIGN_OR_RETURN(report.inbox, engine::process_inbox(store_, desk_, now));
  report.more = report.inbox.events >= desk_.settings.inbox_batch;
  const bool speaks =
      !report.more && !report.inbox.is_behind && may_speak;  // Listen to the end before speaking.
  // Most ticks hear something and have nothing to say: one look instead of one for each step.
  bool is_due = false;
  if (speaks) {
    ASSIGN_OR_RETURN(const auto next, next_wake());
    is_due = (next && *next <= now) || (desk_.charges && now >= charged_.look_at);
  }
  if (is_due) {
    RETURN_IF_ERROR(answer(now, report));
    RETURN_IF_ERROR(follow(now, report));
    RETURN_IF_ERROR(charge(now, report));
    RETURN_IF_ERROR(plan(now, report));
    RETURN_IF_ERROR(dispatch(now, report));
  }
  RETURN_IF_ERROR(record(now, report));
  if (!speaks) return report;
  if (!alive_noted_ || now - *alive_noted_ >= kAliveEveryMs) {
    RETURN_IF_ERROR(store_.write([&](Tx& tx) {
      tx.creditors.set_fact("alive_at", std::to_string(now.ms));
      for (const auto& creditor : tx.creditors.all()) {
        engine::rescue(tx, desk_, creditor, now);
        tx.inbox.forget_done(creditor.id, now - kInboxKeptMs, kForgetBatch);
      }
      failpoint("alive.noted");
    }));
    failpoint("alive.committed");
    alive_noted_ = now;
  }
  return report;
}

// Launched on any node since: from this tick on.
Result<void> Engine::take_editions(Instant now) {
  ASSIGN_OR_RETURN(const bool is_new, engine::take_editions(store_, desk_));
  if (!is_new) return {};
  return store_.write([&](Tx& tx) {
    for (const auto& creditor : tx.creditors.all())
      engine::note_strategy(tx, creditor, desk_.strategy_of(creditor), now);
  });
}

// What is still to be recorded, if dispatch() has not done it.
Result<void> Engine::record(Instant now, TickReport& report) {
  if (unrecorded_.empty()) return {};
  ASSIGN_OR_RETURN(auto left, store_.write([&](Tx& tx) {
    auto busy = engine::record_results(tx, desk_, unrecorded_, now);
    failpoint("results.recorded");
    return busy;
  }));
  keep(std::move(left), report);
  return {};
}

// The others are durable.
void Engine::keep(std::vector<SendResult> left, TickReport& report) {
  if (!unrecorded_.empty()) failpoint("results.committed");
  report.results += static_cast<int>(unrecorded_.size() - left.size());
  unrecorded_ = std::move(left);
}

Result<void> Engine::answer(Instant now, TickReport& report) {
  ASSIGN_OR_RETURN(report.converse, engine::converse(store_, desk_, now));
  report.more = report.more || report.converse.more;
  return {};
}

Result<void> Engine::follow(Instant now, TickReport& report) {
  const auto due = store_.read([&](Tx& tx) {
    return std::ranges::any_of(tx.creditors.all(), [&](const Creditor& creditor) {
      const auto next = tx.agreements.next_review(creditor.id);
      return next && *next <= now;
    });
  });
  if (!due) return std::unexpected(due.error());
  if (!*due) return {};
  RETURN_IF_ERROR(record(now, report));
  ASSIGN_OR_RETURN(const FollowReport followed, engine::follow_agreements(store_, desk_, now));
  report.more = report.more || followed.more;
  return {};
}

Result<void> Engine::charge(Instant now, TickReport& report) {
  if (!desk_.charges || now < charged_.look_at) return {};
  RETURN_IF_ERROR(record(now, report));
  ASSIGN_OR_RETURN(const bool more, engine::charge_overdue(store_, desk_, charged_, now));
  report.more = report.more || more;
  return {};
}

Result<void> Engine::plan(Instant now, TickReport& report) {
  const auto idle = store_.read([&](Tx& tx) {
    return std::ranges::all_of(tx.creditors.all(), [&](const Creditor& creditor) {
      const auto next = tx.debtors.next_review(creditor.id);
      return !next || *next > now;
    });
  });
  if (!idle) return std::unexpected(idle.error());
  if (*idle) return {};
  RETURN_IF_ERROR(record(now, report));
  RETURN_IF_ERROR(store_.write([&](Tx& tx) {
    failpoint("plan.begun");
    report.plan = {};
    for (const auto& creditor : tx.creditors.all()) {
      const PlanReport one = engine::plan_outreach(tx, desk_, creditor, now);
      report.plan.reviewed += one.reviewed;
      report.plan.proposed += one.proposed;
      report.plan.silent += one.silent;
      if (one.reviewed >= desk_.settings.plan_batch) report.more = true;
    }
  }));
  failpoint("plan.committed");
  return {};
}

Result<void> Engine::dispatch(Instant now, TickReport& report) {
  const engine::ClaimRoom room{
      .whatsapp = std::clamp(channel_.capacity(now), 0, desk_.settings.dispatch_batch),
      .elsewhere = std::max(0, channel_.capacity_elsewhere())};
  if (room.whatsapp + room.elsewhere == 0 || store_.node().left_ms <= 0) return {};
  const auto due = store_.read([&](Tx& tx) {
    return now >= hold_until(tx) && !engine::quarantine_of(tx) &&
           std::ranges::any_of(tx.creditors.all(), [&](const Creditor& creditor) {
             return engine::has_due(tx, creditor.id, now, room) &&
                    !tx.nodes.is_of_other(engine::sending_lease(creditor));
           });
  });
  if (!due) return std::unexpected(due.error());
  if (!*due) return {};
  failpoint("dispatch.due");
  struct Done {
    std::vector<SendRequest> requests;
    std::vector<SendResult> left;
  };
  ASSIGN_OR_RETURN(auto done, store_.write([&](Tx& tx) {
    Done in_this;
    if (!unrecorded_.empty()) {
      in_this.left = engine::record_results(tx, desk_, unrecorded_, now);
      failpoint("results.recorded");
    }
    report.dispatch = {};
    engine::ClaimRoom left = room;
    for (const auto& creditor : tx.creditors.all()) {
      auto some = engine::claim_allowed(tx, desk_, creditor, now, left, report.dispatch);
      for (const auto& one : some)
        --(one.channel == Channel::WhatsApp ? left.whatsapp : left.elsewhere);
      std::ranges::move(some, std::back_inserter(in_this.requests));
    }
    return in_this;
  }));
  keep(std::move(done.left), report);
  report.more = report.more || report.dispatch.more;
  return submit(std::move(done.requests), now);
}

// Only now, with the intent durable, may a byte leave.
Result<void> Engine::submit(std::vector<SendRequest> requests, Instant now) {
  if (requests.empty()) return {};
  failpoint("dispatch.committed");
  if (before_sending_) {
    if (auto noted = before_sending_(now); !noted) {
      for (const auto& request : requests)
        unrecorded_.emplace_back(SendResult{.outcome = SendOutcome::NotSent}).is_of(request);
      return noted;
    }
  }
  // Only now it counts: the transaction may have run twice.
  for (const auto& request : requests) desk_.pair_pace->count(request.recipient, now);
  channel_.submit(std::move(requests));
  failpoint("dispatch.submitted");
  return {};
}

Result<std::optional<Instant>> Engine::next_wake() {
  return store_.read([&](Tx& tx) {
    std::optional<Instant> next;
    if (desk_.charges) next = charged_.next_at;
    const Instant held = hold_until(tx);
    const bool is_held = engine::quarantine_of(tx).has_value();
    for (const auto& creditor : tx.creditors.all()) {
      if (desk_.charges && tx.invoices.newest(creditor.id) > charged_.after)
        next = earlier(next, charged_.look_at);
      next = earlier(next, tx.debtors.next_review(creditor.id));
      next = earlier(next, tx.dialogues.next_turn(creditor.id));
      next = earlier(next, tx.agreements.next_review(creditor.id));
      if (!creditor.paused_at && !is_held) {
        auto due = tx.outbox.next_due(creditor.id);
        if (due) due = std::max(*due, held);
        next = earlier(next, due);
      }
    }
    return next;
  });
}

}  // namespace puntual
