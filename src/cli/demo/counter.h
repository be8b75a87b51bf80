// The payment providers of the demonstration: their simulators behind its own door, the real
// clients that ask them, and a courier that brings their webhooks to the door. Thread-safe, but for
// open().
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "app/clock.h"
#include "app/pay_job.h"
#include "app/payments_config.h"
#include "http/message.h"
#include "sandbox/courier.h"
#include "sandbox/pay/pay_sandbox.h"

namespace puntual::cli::demo {

class Counter {
 public:
  // Where this demonstration is reached.
  Result<void> open(const std::string& base_url, uint64_t seed);
  [[nodiscard]] const std::string& base_url() const { return base_url_; }
  // Those whom the engine asks, and those whom the payer's page does: each by a thread of its own.
  [[nodiscard]] Providers& providers() { return providers_; }
  [[nodiscard]] Providers& of_page() { return of_page_; }
  [[nodiscard]] const PaymentsConfig& settings() const { return settings_; }
  // Of the story: the providers live in its time.
  [[nodiscard]] Clock& clock() { return clock_; }
  void set_clock(Instant now) { clock_.advance(now - clock_.now()); }
  // The story has come so far; the clock does not go back.
  void clock_reaches(Instant now) { clock_.advance(std::max<int64_t>(0, now - clock_.now())); }

  // A call to a provider, or to a page of its own.
  [[nodiscard]] http::Response handle(const http::Request& request);

 private:
  std::string base_url_;
  Clock clock_;
  Providers providers_, of_page_;
  PaymentsConfig settings_;
  std::mutex mutex_;  // Guards sandbox_.
  std::optional<sandbox::PaySandbox> sandbox_;
  std::unique_ptr<sandbox::Courier> courier_;
};

}  // namespace puntual::cli::demo
