// The connections of a sender: those that rest, those with a request on them, and which socket is
// whose. Part of cloud_api.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "whatsapp/transfer.h"

namespace puntual::whatsapp {

class Connections {
 public:
  // Both must outlive us: libcurl opens them, and what happens on one that stands is told by epoll.
  Connections(CURLM* multi, int epoll) : multi_(multi), epoll_(epoll) {}
  ~Connections();
  Connections(const Connections&) = delete;
  Connections& operator=(const Connections&) = delete;

  // One that rests, or a new one that does not stand yet: open() it.
  [[nodiscard]] Transfer& take(const Endpoint& endpoint, int64_t now_boot_ms);
  [[nodiscard]] bool open(Transfer& transfer, int64_t within_ms);
  // libcurl says that it has been opened. False: it has no socket.
  [[nodiscard]] bool stands(Transfer& transfer);
  // Whose socket this is; null: one that libcurl is still opening.
  [[nodiscard]] Transfer* at(int socket) const;
  // To be told of an answer, and, if it waits for that, of room for more of the request.
  void watch(const Transfer& transfer, bool for_room);
  // Its request has been answered, and another may follow.
  void rest(Transfer& transfer, int64_t now_boot_ms);
  void close(Transfer& transfer);
  // All that are busy; what is done to one may close it.
  void each_busy(const std::function<void(Transfer&)>& what);

 private:
  CURLM* multi_;
  int epoll_;
  std::vector<std::unique_ptr<Transfer>> all_;
  std::vector<Transfer*> resting_;  // The last used at the end.
  std::vector<Transfer*> by_socket_;
};

}  // namespace puntual::whatsapp
