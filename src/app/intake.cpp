#include "app/intake.h"

#include "base/failpoint.h"
#include "http/problem.h"

namespace puntual {

Intake::Intake(Store& store, CreditorId creditor, const Clock& clock, std::function<void()> arrived)
    : store_(store),
      creditor_(creditor),
      vault_(store.another_vault()),
      clock_(clock),
      arrived_(std::move(arrived)),
      thread_([this] { run(); }) {}

Intake::~Intake() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void Intake::accept(std::string source, std::string event_key, std::string body,
                    http::Reply reply) {
  failpoint("intake.received");
  {
    std::lock_guard lock(mutex_);
    if (waiting_.events.size() < kQueueMax && waiting_bytes_ + body.size() <= kBytesMax) {
      const bool was_empty = waiting_.events.empty();
      waiting_bytes_ += body.size();
      waiting_.events.push_back({.creditor_id = creditor_,
                                 .id = {},
                                 .source = std::move(source),
                                 .event_key = std::move(event_key),
                                 .received_at = clock_.now(),
                                 .body = std::move(body)});
      waiting_.replies.push_back(std::move(reply));
      if (was_empty) wake_.notify_one();
      return;
    }
  }
  reply(http::problem(Error{ErrorCode::Unavailable, "the intake is full; come again"}));
}

void Intake::run() {
  Group group;
  for (;;) {
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [&] { return stopping_ || !waiting_.events.empty(); });
      if (waiting_.events.empty()) return;
      std::swap(group, waiting_);
      waiting_bytes_ = 0;
    }
    write(group);
    group.events.clear();
    group.replies.clear();
  }
}

void Intake::write(Group& group) {
  failpoint("intake.taken");
  for (auto& event : group.events) event.body = store::sealed_body(*vault_, event);
  const auto written = store_.write_intake([&](Tx& tx) {
    for (auto& event : group.events) event.id = tx.ids.next<InboxId>(event.received_at);
    tx.inbox.append(group.events);
    failpoint("intake.appended");
  });
  failpoint("intake.committed");
  for (const auto& reply : group.replies)
    reply(written ? http::Response{} : http::problem(written.error()));
  failpoint("intake.answered");
  if (written) arrived_();
}

}  // namespace puntual
