// Keeps this process a node: takes a number when it is made, renews it from a thread of its own, on
// a connection of its own, and gives it back at the end.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

#include "store/sql/sql_nodes.h"

namespace puntual::store {

class NodeKeeper {
 public:
  // Throws Failure: Unsafe when no number is free. ttl_ms: how long it stays ours when nothing is
  // heard of us. on_time, if any, hears what the database's clock shows, at once and at each
  // renewal that was answered soon enough to say so.
  NodeKeeper(std::unique_ptr<Connection> db, int64_t ttl_ms, std::function<void(Instant)> on_time);
  NodeKeeper(const NodeKeeper&) = delete;
  ~NodeKeeper();

  // By the boot clock, counted from before the question was asked: never longer than the database
  // thinks. Thread-safe.
  [[nodiscard]] NodeLease lease() const;
  // Somebody else has taken the number. Thread-safe.
  [[nodiscard]] bool is_lost() const { return is_lost_; }
  // Asks the database now. Thread-safe.
  void renew();

 private:
  void run();
  std::unique_ptr<Connection> db_;
  const int64_t ttl_ms_;
  const std::function<void(Instant)> on_time_;
  NodeLease lease_;
  std::atomic<int64_t> valid_until_boot_ms_{0};
  std::atomic<bool> is_lost_{false};
  std::mutex db_mutex_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace puntual::store
