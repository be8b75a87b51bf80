// The way out to the real WhatsApp: a thread that posts messages over kept HTTP/1.1 connections.
//
// Each request's body reaches the network at most once: libcurl may repeat a request on a fresh
// connection only while no byte of the body has been handed over, and never follows a redirect. The
// deadline is checked again directly before the first byte of the body. What became of a send is
// decided in whatsapp/outcome.h.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "ports/whatsapp.h"
#include "whatsapp/pacing.h"

namespace puntual::whatsapp {

struct CloudApiOptions {
  std::string base_url = "https://graph.facebook.com";
  std::string version = "v26.0";
  std::string access_token;
  int connections_max =
      256;  // Enough for 1,000 messages a second when an answer takes a quarter of one.
  int messages_per_second = kDefaultMessagesPerSecond;  // Of each sending number; 0: not paced.
  int64_t ahead_ms = 500;           // How much of its pace a number may have waiting here.
  int64_t answer_wait_ms = 15'000;  // How long an answer is awaited after the deadline.
  std::function<void()>
      on_results;  // Called by the sender's thread when collect() has something new.
  std::function<void(Instant)>
      on_date;  // By the same thread, about once a second: the time at the platform.
  // The clocks; empty: the system's. boot_ms never jumps and goes on while the machine sleeps.
  std::function<Instant()> now;
  std::function<int64_t()> boot_ms;
};

class CloudApi final : public WhatsAppChannel {
 public:
  // Invalid when the address, version or token cannot be used.
  [[nodiscard]] static Result<std::unique_ptr<CloudApi>> open(CloudApiOptions options);
  ~CloudApi() override;

  void submit(std::vector<SendRequest> requests) override;
  [[nodiscard]] std::vector<SendResult> collect() override;
  [[nodiscard]] int capacity(Instant now) override;

  // Used by requests that start from now on. Thread-safe.
  void set_access_token(std::string token);
  // Starts nothing more, waits for answers up to `wait_ms`, and leaves the results to collect():
  // what has not begun is NotSent, what has no answer by then Unknown. The destructor does it with
  // 5 s.
  void stop(int64_t wait_ms);

 private:
  class Sender;
  explicit CloudApi(CloudApiOptions options);
  std::unique_ptr<Sender> sender_;
};

}  // namespace puntual::whatsapp
