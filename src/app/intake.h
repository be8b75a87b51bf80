// Makes raw events durable before they are answered, many in one commit.
//
// The HTTP thread verifies and hands over; one thread of our own writes whatever has gathered and then
// answers all of it. A 2xx therefore always means: it is on the disk. Thread-safe.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "app/clock.h"
#include "http/router.h"
#include "store/store.h"

namespace puntual {

class Intake {
 public:
  // creditor: at whose door the events come in. `arrived` is called after each commit, to wake the engine.
  Intake(Store& store, CreditorId creditor, const Clock& clock, std::function<void()> arrived);
  ~Intake();  // Answers what it has, then stops.

  // event_key: the same delivery again has the same key. Takes at most kQueueMax of them and kBytesMax in all; beyond
  // it the answer is 503 and the sender comes again.
  void accept(std::string source, std::string event_key, std::string body, http::Reply reply);

 private:
  struct Waiting {
    store::RawEvent event;
    http::Reply reply;
  };
  static constexpr size_t kQueueMax = 20'000;
  static constexpr size_t kBytesMax = 64 << 20;
  void run();
  void write(std::vector<Waiting>& batch);

  Store& store_;
  CreditorId creditor_;
  const Clock& clock_;
  std::function<void()> arrived_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::vector<Waiting> waiting_;
  size_t waiting_bytes_ = 0;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace puntual
