// Work that is done ahead by other threads, and handed out in its order: whoever takes it sees no
// difference to having done it themselves. At most one piece more than there are threads is held,
// so memory is bounded.
#pragma once

#include <algorithm>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace puntual {

template <class T>
class Ahead {
 public:
  // Makes the piece of this number. What stood in the slot is an earlier piece, to be written over.
  using Make = std::function<void(size_t index, T& slot)>;

  // `worker` is called once for each thread. One piece, or no second processor: all is done when it
  // is asked for.
  Ahead(size_t count, const std::function<Make()>& worker)
      : count_(count), slots_(std::min<size_t>(count, threads_max() + 1)), ready_(slots_.size()) {
    if (slots_.size() < 2) {
      make_here_ = worker();
      return;
    }
    for (size_t i = 1; i < slots_.size(); ++i) {
      threads_.emplace_back([this, make = worker()] { work(make); });
    }
  }
  Ahead(const Ahead&) = delete;
  ~Ahead() {
    {
      const std::lock_guard lock(mutex_);
      next_ = count_;
    }
    changed_.notify_all();
  }

  // The next piece, valid until the next call; null when there are no more. For one thread.
  T* next() {
    std::unique_lock lock(mutex_);
    if (is_held_) {
      ready_[taken_ % slots_.size()] = false;
      ++taken_;
      changed_.notify_all();
    }
    is_held_ = taken_ < count_;
    if (!is_held_) return nullptr;
    T& slot = slots_[taken_ % slots_.size()];
    if (make_here_) {
      make_here_(taken_, slot);
    } else {
      changed_.wait(lock, [&] { return ready_[taken_ % slots_.size()]; });
    }
    return &slot;
  }

 private:
  static size_t threads_max() {
    return std::clamp(std::thread::hardware_concurrency(), 2U, 5U) - 1;
  }

  void work(const Make& make) {
    std::unique_lock lock(mutex_);
    while (true) {
      changed_.wait(lock, [&] { return next_ == count_ || next_ < taken_ + slots_.size(); });
      if (next_ == count_) return;
      const size_t index = next_++;
      lock.unlock();
      make(index, slots_[index % slots_.size()]);
      lock.lock();
      ready_[index % slots_.size()] = true;
      changed_.notify_all();
    }
  }

  size_t count_;
  std::vector<T> slots_;
  std::vector<bool> ready_;
  size_t next_ = 0;   // To be begun.
  size_t taken_ = 0;  // Handed out and given back.
  bool is_held_ = false;
  Make make_here_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::jthread> threads_;
};

}  // namespace puntual
