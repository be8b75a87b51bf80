// A mutex that is fair: whoever came first goes first, so that the engine's loop cannot starve the
// others.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>

namespace puntual::store {

class Turnstile {
 public:
  void enter() {
    std::unique_lock lock(mutex_);
    const uint64_t ticket = next_ticket_++;
    turn_.wait(lock, [&] { return serving_ == ticket; });
  }
  void leave() {
    {
      std::lock_guard lock(mutex_);
      ++serving_;
    }
    turn_.notify_all();
  }
  // Behind whoever is in now.
  [[nodiscard]] bool has_others() {
    std::lock_guard lock(mutex_);
    return next_ticket_ > serving_ + 1;
  }

 private:
  std::mutex mutex_;
  std::condition_variable turn_;
  uint64_t next_ticket_ = 0;
  uint64_t serving_ = 0;
};

class Turn {
 public:
  explicit Turn(Turnstile& turnstile) : turnstile_(turnstile) { turnstile_.enter(); }
  Turn(const Turn&) = delete;
  ~Turn() { turnstile_.leave(); }

 private:
  Turnstile& turnstile_;
};

}  // namespace puntual::store
