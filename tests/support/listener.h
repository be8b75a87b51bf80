// A TCP server on this machine for a test: each connection has a thread that runs what it is given.
#pragma once

#include <functional>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace puntual::tests {

class Listener {
 public:
  explicit Listener(std::function<void(int fd)> serve);
  ~Listener();
  [[nodiscard]] int port() const { return port_; }
  [[nodiscard]] int connections() const;

 private:
  std::function<void(int fd)> serve_;
  int listener_ = -1, port_ = 0, connections_ = 0;
  mutable std::mutex mutex_;
  std::vector<int> open_;
  std::list<std::thread> threads_;
  std::thread acceptor_;
};

// What a client of HTTP/1.1 sends in one request.
struct HeardRequest {
  std::string head, body;
  [[nodiscard]] std::string header(
      std::string_view name) const;  // As it is written; empty: there is none.
};
// Waits for all of it. None: the connection ended before.
[[nodiscard]] std::optional<HeardRequest> read_request(int fd);
// "201 Created", without a body; the connection is of no further use.
void send_status(int fd, std::string_view status);

}  // namespace puntual::tests
