#include "app/beat.h"

namespace puntual {

Beat::~Beat() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  woken_.notify_one();
  thread_.join();
}

void Beat::wake() {
  {
    const std::lock_guard lock(mutex_);
    has_news_ = true;
  }
  woken_.notify_one();
}

void Beat::run() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    has_news_ = false;
    lock.unlock();
    const Rest rest = round_();
    lock.lock();
    woken_.wait_for(lock, rest, [this] { return stopping_ || has_news_; });
  }
}

}  // namespace puntual
