// A thread for work that waits on the database, so that the door never does. Work is done in its order.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace puntual {

class Worker {
 public:
  Worker() : thread_([this] { run(); }) {}
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
  std::thread thread_;
};

}  // namespace puntual
