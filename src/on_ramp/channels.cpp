#include "on_ramp/channels.h"

#include <algorithm>
#include <iterator>

namespace puntual::on_ramp {
namespace {

constexpr int64_t kNoSuchWayAgainMs =
    kHourMs;  // It was taken out of the settings: until it is back, or the message expires.

SendResult not_sent(const SendRequest& request, std::string why) {
  SendResult result{.outcome = SendOutcome::NotSent, .detail = std::move(why)};
  result.is_of(request);
  return result;
}

}  // namespace

Channels::Channels(WhatsAppChannel& whatsapp, Ways ways, std::function<Instant()> now,
                   std::function<void()> on_results)
    : whatsapp_(whatsapp),
      ways_(std::move(ways)),
      now_(std::move(now)),
      on_results_(std::move(on_results)) {
  for (int i = 0; i < kThreads; ++i) threads_.emplace_back([this] { run(); });
}

Channels::~Channels() { stop(); }

void Channels::submit(std::vector<SendRequest> requests) {
  const auto others = std::ranges::stable_partition(
      requests, [](const SendRequest& one) { return one.channel == Channel::WhatsApp; });
  const Instant now = now_();
  const auto here = std::chrono::steady_clock::now();
  {
    const std::lock_guard lock(mutex_);
    for (auto& request : others) {
      const auto deadline = here + std::chrono::milliseconds(request.deadline - now);
      waiting_.push_back({std::move(request), deadline});
    }
  }
  wake_.notify_all();
  requests.erase(others.begin(), others.end());
  if (!requests.empty()) whatsapp_.submit(std::move(requests));
}

std::vector<SendResult> Channels::collect() {
  auto results = whatsapp_.collect();
  const std::lock_guard lock(mutex_);
  std::ranges::move(std::exchange(results_, {}), std::back_inserter(results));
  return results;
}

int Channels::capacity_elsewhere() {
  const std::lock_guard lock(mutex_);
  return kElsewhereMax - static_cast<int>(waiting_.size());
}

SendResult Channels::hand_over(const Waiting& waiting) {
  OnRamp* way = waiting.request.channel == Channel::Email ? ways_.email.get()
                : waiting.request.channel == Channel::Sms ? ways_.sms.get()
                                                          : nullptr;
  if (way == nullptr) {
    SendResult result = not_sent(waiting.request, "there is no such way any more");
    result.retry_after_ms = kNoSuchWayAgainMs;
    return result;
  }
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
      waiting.deadline - std::chrono::steady_clock::now());
  return left.count() <= 0 ? not_sent(waiting.request, "the deadline had passed")
                           : way->send(waiting.request, left.count());
}

void Channels::run() {
  for (;;) {
    Waiting next;
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [&] { return is_stopping_ || !waiting_.empty(); });
      if (is_stopping_) return;
      next = std::move(waiting_.front());
      waiting_.pop_front();
    }
    SendResult result = hand_over(next);
    {
      const std::lock_guard lock(mutex_);
      results_.push_back(std::move(result));
    }
    if (on_results_) on_results_();
  }
}

void Channels::stop() {
  {
    const std::lock_guard lock(mutex_);
    is_stopping_ = true;
  }
  wake_.notify_all();
  for (auto& thread : threads_) {
    if (thread.joinable()) thread.join();
  }
  const std::lock_guard lock(mutex_);
  for (const auto& one : std::exchange(waiting_, {}))
    results_.push_back(not_sent(one.request, "the program is stopping"));
}

}  // namespace puntual::on_ramp
