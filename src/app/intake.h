// Makes raw events durable before they are answered, many in one commit.
//
// The HTTP thread verifies and hands over; one thread of our own writes whatever has gathered and
// then answers all of it. A 2xx therefore always means: it is on the disk. Thread-safe.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "app/clock.h"
#include "http/router.h"
#include "store/store.h"

namespace puntual {

class Intake {
 public:
  // creditor: at whose door the events come in. `arrived` is called after each commit, to wake the
  // engine.
  Intake(Store& store, CreditorId creditor, const Clock& clock, std::function<void()> arrived);
  ~Intake();  // Answers what it has, then stops.

  // event_key: the same delivery again has the same key. Takes at most kQueueMax of them and
  // kBytesMax in all; beyond it the answer is 503 and the sender comes again.
  void accept(std::string source, std::string event_key, std::string body, http::Reply reply);

 private:
  static constexpr size_t kQueueMax = 20'000;
  static constexpr size_t kBytesMax = 64 << 20;
  void run();
  // What came together: events[i] is answered by replies[i].
  struct Group {
    std::vector<store::RawEvent> events;
    std::vector<http::Reply> replies;
  };
  void write(Group& group);

  Store& store_;
  CreditorId creditor_;
  std::unique_ptr<store::Vault>
      vault_;  // The thread's own: what came in is sealed before it is its turn to write.
  const Clock& clock_;
  std::function<void()> arrived_;
  std::mutex mutex_;
  std::condition_variable wake_;
  Group waiting_;
  size_t waiting_bytes_ = 0;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace puntual
