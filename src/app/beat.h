// A thread of its own that does the same thing again and again: a round, a rest, the next round.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace puntual {

class Beat {
 public:
  using Rest = std::chrono::milliseconds;
  // `round` says how long to rest after it; 0: there is more to do. Let it be the last member of
  // what its round uses.
  explicit Beat(std::function<Rest()> round)
      : round_(std::move(round)), thread_([this] { run(); }) {}
  ~Beat();      // After the round under way.
  void wake();  // The next round at once. Any thread.

 private:
  void run();
  std::function<Rest()> round_;
  std::mutex mutex_;
  std::condition_variable woken_;
  bool has_news_ = false, stopping_ = false;
  std::thread thread_;
};

}  // namespace puntual
