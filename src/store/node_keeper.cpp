#include "store/node_keeper.h"

#include <fmt/format.h>
#include <time.h>
#include <unistd.h>

namespace puntual::store {
namespace {

// Goes on while the machine sleeps, and never jumps.
int64_t boot_ms() {
  timespec now{};
  ::clock_gettime(CLOCK_BOOTTIME, &now);
  return int64_t{now.tv_sec} * 1000 + now.tv_nsec / 1'000'000;
}

// What a clock shows is known no better than how long the answer was under way.
constexpr int64_t kToldSoonMs = 5 * kSecondMs;

std::string owner_of_process() {
  char host[256] = "";
  ::gethostname(host, sizeof host - 1);
  return fmt::format("{}:{}", host, ::getpid());
}

}  // namespace

NodeKeeper::NodeKeeper(std::unique_ptr<Connection> db, int64_t ttl_ms,
                       std::function<void(Instant)> on_time)
    : db_(std::move(db)), ttl_ms_(ttl_ms), on_time_(std::move(on_time)) {
  const int64_t asked_at = boot_ms();
  db_->begin();
  const auto taken = Nodes(*db_).take(owner_of_process(), ttl_ms_);
  if (!taken) {
    db_->rollback();
    throw Failure{{ErrorCode::Unsafe,
                   "64 processes are writing to this database already: stop one of them first"}};
  }
  db_->commit();
  lease_ = *taken;
  valid_until_boot_ms_ = asked_at + ttl_ms_;
  renew();  // Tells the database's time before anything is sent by ours.
  thread_ = std::thread([this] { run(); });
}

NodeKeeper::~NodeKeeper() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  thread_.join();
  try {
    Nodes(*db_).release(lease_);
  } catch (const Failure&) {  // Then it ends by itself.
  }
}

NodeLease NodeKeeper::lease() const {
  NodeLease lease = lease_;
  lease.left_ms = is_lost_ ? 0 : std::max<int64_t>(0, valid_until_boot_ms_ - boot_ms());
  return lease;
}

void NodeKeeper::renew() {
  const std::lock_guard lock(db_mutex_);
  const int64_t asked_at = boot_ms();
  try {
    if (const auto at = Nodes(*db_).renew(lease_, ttl_ms_)) {
      valid_until_boot_ms_ = asked_at + ttl_ms_;
      if (on_time_ && boot_ms() - asked_at < kToldSoonMs) on_time_(*at);
    } else {
      is_lost_ = true;
    }
    Nodes(*db_).end_sessions_of_the_gone();
  } catch (const Failure&) {
    // The database does not answer: what was promised last holds until it ends.
  }
}

void NodeKeeper::run() {
  std::unique_lock lock(mutex_);
  while (!wake_.wait_for(lock, std::chrono::milliseconds(ttl_ms_ / 3), [&] { return stopping_; })) {
    lock.unlock();
    renew();
    lock.lock();
  }
}

}  // namespace puntual::store
