#include "whatsapp/connections.h"

#include <sys/epoll.h>

#include <algorithm>

namespace puntual::whatsapp {
namespace {

// One that has rested for long may be closed by the other side just as we write: better a new one.
constexpr int64_t kRestMaxMs = 30 * kSecondMs;

}  // namespace

Connections::~Connections() {
  while (!all_.empty()) close(*all_.back());
}

Transfer& Connections::take(const Endpoint& endpoint, int64_t now_boot_ms) {
  while (!resting_.empty()) {
    Transfer& transfer = *resting_.back();
    resting_.pop_back();
    if (now_boot_ms - transfer.rests_since_boot_ms < kRestMaxMs) return transfer;
    close(transfer);
  }
  return *all_.emplace_back(std::make_unique<Transfer>(endpoint));
}

bool Connections::open(Transfer& transfer, int64_t within_ms) {
  transfer.connect_within(within_ms);
  return curl_multi_add_handle(multi_, transfer.easy()) == CURLM_OK;
}

bool Connections::stands(Transfer& transfer) {
  if (transfer.connected() == CURL_SOCKET_BAD) return false;
  const auto socket = static_cast<size_t>(transfer.socket());
  if (by_socket_.size() <= socket) by_socket_.resize(socket + 1);
  by_socket_[socket] = &transfer;
  epoll_event event{.events = EPOLLIN, .data = {.fd = transfer.socket()}};
  return epoll_ctl(epoll_, EPOLL_CTL_ADD, transfer.socket(), &event) == 0;
}

Transfer* Connections::at(int socket) const {
  return static_cast<size_t>(socket) < by_socket_.size() ? by_socket_[static_cast<size_t>(socket)]
                                                         : nullptr;
}

void Connections::watch(const Transfer& transfer, bool for_room) {
  epoll_event event{.events = for_room ? EPOLLIN | EPOLLOUT : EPOLLIN,
                    .data = {.fd = transfer.socket()}};
  epoll_ctl(epoll_, EPOLL_CTL_MOD, transfer.socket(), &event);
}

void Connections::rest(Transfer& transfer, int64_t now_boot_ms) {
  transfer.rests_since_boot_ms = now_boot_ms;
  resting_.push_back(&transfer);
}

void Connections::close(Transfer& transfer) {
  if (transfer.socket() != CURL_SOCKET_BAD) {
    epoll_ctl(epoll_, EPOLL_CTL_DEL, transfer.socket(), nullptr);
    by_socket_[static_cast<size_t>(transfer.socket())] = nullptr;
  }
  curl_multi_remove_handle(multi_, transfer.easy());
  std::erase(resting_, &transfer);
  std::erase_if(all_, [&](const auto& one) { return one.get() == &transfer; });
}

void Connections::each_busy(const std::function<void(Transfer&)>& what) {
  for (size_t i = all_.size(); i-- > 0;) {
    if (all_[i]->is_busy) what(*all_[i]);
  }
}

}  // namespace puntual::whatsapp
