// One request on its way: its reusable handle, its body, and what has come back. Part of cloud_api.
#pragma once

#include <unistd.h>

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <string>

#include "ports/whatsapp.h"
#include "whatsapp/endpoint.h"
#include "whatsapp/pacing.h"

namespace puntual::whatsapp {

// A file descriptor of ours.
class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) { PUNTUAL_CHECK(fd >= 0); }
  ~Descriptor() { ::close(fd_); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int get() const { return fd_; }

 private:
  int fd_;
};

struct WaitingSend {
  SendRequest request;
  int64_t deadline_boot_ms = 0;
  std::string trouble = {};  // Why it cannot be sent: its attachment could not be uploaded.
};

// One sending number: its address, its pace, and what waits for it.
struct SendingNumber {
  std::string url;
  NumberPace pace;
  EvenSpread spread;
  int promised =
      0;          // Started, but not yet counted by the pace: that is done when the body has left,
  int begun = 0;  // of so many of them just now.
  std::deque<WaitingSend> waiting;

  [[nodiscard]] int capacity(Instant now) const {
    return std::min(pace.capacity(now) - promised, spread.capacity(now));
  }
  [[nodiscard]] Instant next_at(Instant now) const {
    return std::max(pace.next_at(now, promised), spread.next_at(now));
  }
  // Counted after the bytes went to the system, so that a moment in which we stood still is not
  // taken for time that has passed since.
  void count_begun(Instant now) {
    for (; begun > 0; --begun, --promised) pace.count(now);
  }
};

// A transfer and its reusable handle. The clock is here because it is asked directly before the first byte.
struct Transfer {
  CurlEasy easy;
  SendRequest request;
  SendingNumber* number = nullptr;
  const std::function<int64_t()>* boot_ms = nullptr;
  int64_t deadline_boot_ms = 0;
  bool is_body_started = false;
  bool is_late = false;
  std::string answer;
  const std::string* url = nullptr;     // What the handle was set to last.
  std::shared_ptr<curl_slist> headers;  // Lives as long as the transfer that uses it.
};

// A handle with everything set that does not change from request to request. The clock must outlive
// it.
[[nodiscard]] std::unique_ptr<Transfer> make_transfer(const Endpoint& endpoint,
                                                      const std::function<int64_t()>& boot_ms);

}  // namespace puntual::whatsapp
