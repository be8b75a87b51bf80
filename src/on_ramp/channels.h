// All ways out as one: what goes to WhatsApp is passed on, the rest is handed to its on-ramp by
// threads of our own, for those block.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "ports/on_ramp.h"

namespace puntual::on_ramp {

struct Ways {
  std::unique_ptr<OnRamp> email, sms;  // Null: there is no such way.
};

class Channels final : public WhatsAppChannel {
 public:
  // `on_results` is called by any thread when collect() has something new. WhatsApp's channel must
  // outlive this.
  Channels(WhatsAppChannel& whatsapp, Ways ways, std::function<Instant()> now,
           std::function<void()> on_results);
  ~Channels() override;

  void submit(std::vector<SendRequest> requests) override;
  [[nodiscard]] std::vector<SendResult> collect() override;
  [[nodiscard]] int capacity(Instant now) override { return whatsapp_.capacity(now); }
  [[nodiscard]] int capacity_elsewhere() override;
  // Waits for what has begun; what has not was not sent.
  void stop();

 private:
  struct Waiting {
    SendRequest request;
    std::chrono::steady_clock::time_point deadline;
  };
  static constexpr int kThreads = 4;
  void run();
  [[nodiscard]] SendResult hand_over(const Waiting& waiting);

  WhatsAppChannel& whatsapp_;
  Ways ways_;
  std::function<Instant()> now_;
  std::function<void()> on_results_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Waiting> waiting_;
  std::vector<SendResult> results_;
  bool is_stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace puntual::on_ramp
