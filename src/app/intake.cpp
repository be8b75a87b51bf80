#include "app/intake.h"

#include "base/failpoint.h"
#include "http/problem.h"

namespace puntual {

Intake::Intake(Store& store, CreditorId creditor, const Clock& clock, std::function<void()> arrived)
    : store_(store), creditor_(creditor), clock_(clock), arrived_(std::move(arrived)), thread_([this] { run(); }) {}

Intake::~Intake() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void Intake::accept(std::string source, std::string event_key, std::string body, http::Reply reply) {
  failpoint("intake.received");
  bool was_empty = false;
  {
    std::lock_guard lock(mutex_);
    if (waiting_.size() < kQueueMax && waiting_bytes_ + body.size() <= kBytesMax) {
      was_empty = waiting_.empty();
      waiting_bytes_ += body.size();
      waiting_.push_back({{.creditor_id = creditor_, .id = {}, .source = std::move(source), .event_key = std::move(event_key), .received_at = clock_.now(),
                           .body = std::move(body)},
                          std::move(reply)});
      if (was_empty) wake_.notify_one();
      return;
    }
  }
  reply(http::problem(Error{ErrorCode::Unavailable, "the intake is full; come again"}));
}

void Intake::run() {
  std::vector<Waiting> batch;
  for (;;) {
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [&] { return stopping_ || !waiting_.empty(); });
      if (waiting_.empty()) return;
      batch.swap(waiting_);
      waiting_bytes_ = 0;
    }
    write(batch);
    batch.clear();
  }
}

void Intake::write(std::vector<Waiting>& batch) {
  failpoint("intake.taken");
  const auto written = store_.write_intake([&](Tx& tx) {
    for (auto& [event, reply] : batch) {
      event.id = tx.ids.next<InboxId>(event.received_at);
      tx.inbox.append(event);
    }
    failpoint("intake.appended");
  });
  failpoint("intake.committed");
  for (auto& one : batch) {
    one.reply(written ? http::Response{} : http::problem(written.error()));
  }
  failpoint("intake.answered");
  if (written) arrived_();
}

}  // namespace puntual
