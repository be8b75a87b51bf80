#include "engine/engine.h"

#include <algorithm>
#include <charconv>

#include "base/failpoint.h"
#include "engine/receiving.h"

namespace puntual {
namespace {

constexpr int64_t kAliveEveryMs = kMinuteMs;
constexpr int64_t kInboxKeptMs = 8 * kDayMs;  // The platform repeats a delivery for seven days (contract 5.3).
constexpr int kForgetBatch = 5000;

std::optional<Instant> instant_fact(Tx& tx, std::string_view name) {
  const std::string text = tx.creditors.fact(name);
  Instant at;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), at.ms);
  return error == std::errc{} ? std::optional(at) : std::nullopt;
}

std::optional<Instant> earlier(std::optional<Instant> a, std::optional<Instant> b) {
  if (!a || !b) return a ? a : b;
  return std::min(*a, *b);
}

}  // namespace

Result<void> Engine::start(Instant now) {
  return store_.write([&](Tx& tx) {
    const auto alive_at = instant_fact(tx, "alive_at");
    // A second restart does not cut the listening short.
    hold_until_ = instant_fact(tx, "hold_until").value_or(hold_until_);
    if (alive_at && now - *alive_at > desk_.settings.downtime_ms) {
      hold_until_ = std::max(hold_until_, now + desk_.settings.hold_off_ms);
      tx.creditors.set_fact("hold_until", std::to_string(hold_until_.ms));
      engine::note_deafness(tx, {*alive_at, now}, now);
    }
    // Nobody else sends from this database: whatever is in flight was left by a process that died.
    for (const auto& creditor : tx.creditors.all()) {
      engine::rescue_all_before(tx, creditor.id, Instant{INT64_MAX}, now);
      engine::note_law(tx, creditor, desk_.law, now);
    }
    failpoint("start.rescued");
  });
}

Result<void> Engine::hold_off_until(Instant until) {
  hold_until_ = until;
  return store_.write([&](Tx& tx) { tx.creditors.set_fact("hold_until", std::to_string(until.ms)); });
}

Result<TickReport> Engine::tick(Instant now, bool may_speak) {
  TickReport report;
  std::ranges::move(channel_.collect(), std::back_inserter(unrecorded_));
  if (!unrecorded_.empty()) {
    failpoint("results.collected");
    RETURN_IF_ERROR(store_.write([&](Tx& tx) {
      engine::record_results(tx, desk_, unrecorded_, now);
      failpoint("results.recorded");
    }));
    failpoint("results.committed");
    report.results = static_cast<int>(unrecorded_.size());
    unrecorded_.clear();
  }
  ASSIGN_OR_RETURN(report.inbox, engine::process_inbox(store_, desk_, now));
  if (report.inbox.events >= desk_.settings.inbox_batch) {
    report.more = true;  // Listen to the end before speaking.
    return report;
  }
  if (!may_speak) return report;
  RETURN_IF_ERROR(plan(now, report));
  if (now >= hold_until_) RETURN_IF_ERROR(dispatch(now, report));
  if (!alive_noted_ || now - *alive_noted_ >= kAliveEveryMs) {
    RETURN_IF_ERROR(store_.write([&](Tx& tx) {
      tx.creditors.set_fact("alive_at", std::to_string(now.ms));
      for (const auto& creditor : tx.creditors.all()) engine::rescue(tx, desk_, creditor, now);
      tx.inbox.forget_done(now - kInboxKeptMs, kForgetBatch);
      failpoint("alive.noted");
    }));
    failpoint("alive.committed");
    alive_noted_ = now;
  }
  return report;
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
  RETURN_IF_ERROR(store_.write([&](Tx& tx) {
    failpoint("plan.begun");
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
  const int room = std::min(channel_.capacity(now), desk_.settings.dispatch_batch);
  if (room <= 0) return {};
  const auto due = store_.read([&](Tx& tx) {
    return std::ranges::any_of(tx.creditors.all(), [&](const Creditor& creditor) {
      const auto next = tx.outbox.next_due(creditor.id);
      return next && *next <= now;
    });
  });
  if (!due) return std::unexpected(due.error());
  if (!*due) return {};
  failpoint("dispatch.due");
  auto claimed = store_.write([&](Tx& tx) {
    std::vector<SendRequest> requests;
    for (const auto& creditor : tx.creditors.all()) {
      auto some = engine::claim_allowed(tx, desk_, creditor, now, room - static_cast<int>(requests.size()), report.dispatch);
      std::ranges::move(some, std::back_inserter(requests));
    }
    return requests;
  });
  if (!claimed) return std::unexpected(claimed.error());
  if (!claimed->empty()) failpoint("dispatch.committed");
  // Only now, with the intent durable, may a byte leave.
  const auto& d = report.dispatch;
  if (d.claimed + d.cancelled + d.expired + d.postponed >= room) report.more = true;
  const bool has_some = !claimed->empty();
  channel_.submit(std::move(*claimed));
  if (has_some) failpoint("dispatch.submitted");
  return {};
}

Result<std::optional<Instant>> Engine::next_wake() {
  return store_.read([&](Tx& tx) {
    std::optional<Instant> next;
    for (const auto& creditor : tx.creditors.all()) {
      next = earlier(next, tx.debtors.next_review(creditor.id));
      if (!creditor.paused_at) {
        auto due = tx.outbox.next_due(creditor.id);
        if (due) due = std::max(*due, hold_until_);
        next = earlier(next, due);
      }
    }
    return next;
  });
}

}  // namespace puntual
