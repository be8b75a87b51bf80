// A connection to the platform that is kept, and the request that is on it. Part of cloud_api.
//
// libcurl opens it: names, addresses, proxies, TLS. What goes over it is ours, one request and one
// answer at a time (docs/decisions/0019-requests-of-our-own.md).
#pragma once

#include <unistd.h>

#include <cstdint>
#include <deque>
#include <memory>
#include <string>

#include "ports/whatsapp.h"
#include "whatsapp/endpoint.h"
#include "whatsapp/http_answer.h"
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

// One sending number: how its requests begin, its pace, and what waits for it.
struct SendingNumber {
  std::string head;
  NumberPace pace;
  EvenSpread spread;
  int promised =
      0;  // Started, but not yet counted by the pace: that is done when the body has left.
  std::deque<WaitingSend> waiting;

  [[nodiscard]] int capacity(Instant now) const {
    return std::min(pace.capacity(now) - promised, spread.capacity(now));
  }
  [[nodiscard]] Instant next_at(Instant now) const {
    return std::max(pace.next_at(now, promised), spread.next_at(now));
  }
};

class Transfer {
 public:
  explicit Transfer(const Endpoint& endpoint);

  SendRequest request;
  SendingNumber* number = nullptr;
  int64_t deadline_boot_ms = 0;
  int64_t rests_since_boot_ms = 0;
  bool is_busy = false;          // With a request, from its start until its end.
  bool is_promised = false;      // Not yet counted by its number's pace.
  bool is_body_started = false;  // The next byte, or one before it, was handed to the network.
  HttpAnswer answer;

  [[nodiscard]] CURL* easy() const { return easy_.get(); }
  void connect_within(int64_t ms);
  // It stands: its socket.
  [[nodiscard]] curl_socket_t connected();
  [[nodiscard]] curl_socket_t socket() const { return socket_; }

  enum class Step : uint8_t { Waits, Done, Failed };
  // Gives the request to the system, as far as it takes it: call begin() once, then write() when it
  // takes more.
  void begin();
  [[nodiscard]] Step write();
  // Takes what has come of the answer. Failed: it is broken, or the connection.
  [[nodiscard]] Step read();
  // At rest: the other side has neither ended it nor said what nobody asked for. What TLS says to
  // itself is none of that.
  [[nodiscard]] bool is_quiet();
  // After a whole answer: another request may follow.
  [[nodiscard]] bool can_go_on() const;

 private:
  struct CurlShareDeleter {
    void operator()(CURLSH* share) const { curl_share_cleanup(share); }
  };
  // libcurl tidies its pool of connections whenever it opens one, and would take ours for
  // forgotten: each has a pool alone.
  std::unique_ptr<CURLSH, CurlShareDeleter> pool_;
  CurlEasy easy_;
  curl_socket_t socket_ = CURL_SOCKET_BAD;
  std::string bytes_;
  size_t written_ = 0;
};

}  // namespace puntual::whatsapp
