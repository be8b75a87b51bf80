// Takes the attachment of a request to the platform, and puts the name that it gets there into the
// request's body.
//
// Beside the sender, on threads of its own: nothing of a message has left while its attachment is
// uploaded, so whatever goes wrong here is NotSent. An upload that came too late for its message is
// not lost: the same bytes are known for an hour. Part of cloud_api.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

#include "base/crypto.h"
#include "whatsapp/management.h"
#include "whatsapp/transfer.h"

namespace puntual::whatsapp {

class Uploader {
 public:
  // `back` is given each request again, by a thread of ours: ready to be sent, or with its trouble.
  // boot_ms must outlive us.
  Uploader(Endpoint endpoint, const std::function<int64_t()>& boot_ms,
           std::function<void(WaitingSend&&)> back);
  ~Uploader() { stop(); }
  Uploader(const Uploader&) = delete;
  Uploader& operator=(const Uploader&) = delete;

  // The request has an attachment. Thread-safe, as what follows.
  void upload(WaitingSend send);
  void set_access_token(std::string token);
  // Gives up what is under way; returns when the last request has been given back. Nothing may be
  // given to us then.
  void stop();

 private:
  void run();
  [[nodiscard]] Result<std::string> media_id_of(const WaitingSend& send, const Endpoint& endpoint,
                                                std::optional<Management>& platform);

  struct Known {
    std::string media_id;
    int64_t until_boot_ms = 0;
  };
  Endpoint endpoint_;
  const std::function<int64_t()>& boot_ms_;
  const std::function<void(WaitingSend&&)> back_;
  std::atomic<bool> stopping_{false};
  std::mutex mutex_;
  std::condition_variable woken_;
  std::deque<WaitingSend> waiting_;
  std::map<Digest, Known> known_;     // By what was uploaded, and for which number.
  std::vector<std::thread> threads_;  // Begun with the first attachment.
};

}  // namespace puntual::whatsapp
