// The HTTP/1.1 server: strict about framing, patient with nobody, silent about nothing.
//
// One I/O thread by default (50,000 small requests a second are one core); no TLS (a proxy does
// that). A body over its route's limit is answered 413, a head over the limit 431, a malformed one
// 400, each before the connection is closed in a way that lets the peer read the answer.
#pragma once

#include <memory>
#include <string>

#include "http/router.h"

namespace puntual::http {

struct ServerOptions {
  std::string address = "127.0.0.1";
  uint16_t port = 0;  // 0: any free one, see Server::port().
  int threads = 1;    // I/O threads; handlers of different connections then run at once.
  uint32_t header_max = 16 << 10;
  int connections_max = 10'000;        // More are closed as they come.
  int64_t header_timeout_ms = 10'000;  // From the first byte of a request to the end of its head.
  int64_t stall_timeout_ms = 30'000;   // Without any progress in a body or an answer.
  int64_t body_bytes_per_second_min =
      1024;  // Slower over the whole of a body: 408, after the stall's time at least.
  uint64_t bodies_in_memory_max = 64 << 20;  // Of an I/O thread, while they come in; above it 503.
  int64_t idle_timeout_ms = 75'000;          // Between two requests.
  int64_t heartbeat_ms = 15'000;             // Of event streams.
  int64_t stop_grace_ms = 3'000;             // For requests under way when the server stops.
  std::string temp_dir = "/tmp";             // For bodies that go to files.
};

class Server {
 public:
  // Unavailable, naming the address, when it cannot be bound.
  [[nodiscard]] static Result<std::unique_ptr<Server>> start(Router router, ServerOptions options);
  ~Server();  // Stops.

  [[nodiscard]] uint16_t port() const;
  [[nodiscard]] std::string base_url() const;  // "http://127.0.0.1:8080"
  // Closes the door, lets requests under way end (up to the grace), then returns. May be repeated.
  void stop();

 private:
  class Impl;
  explicit Server(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace puntual::http
