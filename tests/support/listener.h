// A TCP server on this machine for a test: each connection has a thread that runs what it is given.
#pragma once

#include <functional>
#include <list>
#include <mutex>
#include <string>
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

}  // namespace puntual::tests
