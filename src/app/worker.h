// Threads for work that waits on the database, so that the door never does. Work is begun in its
// order.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace puntual {

class Worker {
 public:
  explicit Worker(int threads = 1);
  ~Worker();  // Does what it has, then ends.
  // False when too much is waiting: say so to whoever asked. Thread-safe.
  [[nodiscard]] bool post(std::function<void()> work);

 private:
  static constexpr size_t kWaitingMax = 1000;
  void run();
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::function<void()>> work_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace puntual
