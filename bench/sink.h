// The platform of the benches: takes every message over HTTP/1.1, answers as it does, at once or
// later, and counts.
#pragma once

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#include <chrono>
#include <deque>
#include <string>
#include <unordered_set>
#include <vector>

#include "bench.h"

namespace puntual::bench {

class Sink {
 public:
  explicit Sink(int64_t answer_after_ms = 0) : answer_after_us_(answer_after_ms * 1000) {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    const bool open =
        ::bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0 &&
        ::listen(listener_, 1024) == 0 &&
        ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) == 0;
    if (!open) give_up("sink", "cannot listen");
    port_ = ntohs(address.sin_port);
    epoll_ = ::epoll_create1(EPOLL_CLOEXEC);
    watch(listener_);
  }
  [[nodiscard]] uint16_t port() const { return port_; }

  // Serves until something comes from `control`; the number of different attempts seen, or −1 if
  // one came twice.
  int64_t serve_until(int control) {
    watch(control);
    for (;;) {
      epoll_event events[256];
      const int count = ::epoll_wait(epoll_, events, 256, wait_ms());
      answer_due();
      for (int i = 0; i < count; ++i) {
        const int descriptor = events[i].data.fd;
        if (descriptor == control) return came_twice_ ? -1 : static_cast<int64_t>(attempts_.size());
        descriptor == listener_ ? admit() : take(descriptor);
      }
    }
  }

  // When each message was here, in microseconds.
  [[nodiscard]] const std::vector<int64_t>& arrivals_us() const { return arrivals_us_; }

 private:
  struct Waiting {
    int64_t due_us;
    int socket;
    std::string answer;
  };
  static int64_t now_us() {
    return std::chrono::duration_cast<std::chrono::microseconds>(
               std::chrono::steady_clock::now().time_since_epoch())
        .count();
  }
  [[nodiscard]] int wait_ms() const {
    return waiting_.empty() ? -1
                            : static_cast<int>(std::max<int64_t>(
                                  0, (waiting_.front().due_us - now_us() + 999) / 1000));
  }
  // All wait equally long: the first that came is the first to go.
  void answer_due() {
    for (; !waiting_.empty() && waiting_.front().due_us <= now_us(); waiting_.pop_front()) {
      write_all(waiting_.front().socket, waiting_.front().answer);
    }
  }
  static void write_all(int socket, const std::string& answer) {
    require(::write(socket, answer.data(), answer.size()) == static_cast<ssize_t>(answer.size()),
            "the sink could not answer");
  }
  void watch(int descriptor) const {
    epoll_event event{.events = EPOLLIN, .data = {.fd = descriptor}};
    ::epoll_ctl(epoll_, EPOLL_CTL_ADD, descriptor, &event);
  }
  void admit() {
    const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    const int on = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (static_cast<size_t>(socket) >= unread_.size())
      unread_.resize(static_cast<size_t>(socket) + 1);
    watch(socket);
  }
  void take(int socket) {
    char buffer[16384];
    const ssize_t size = ::read(socket, buffer, sizeof buffer);
    if (size <= 0) {
      ::close(socket);
      unread_[static_cast<size_t>(socket)].clear();
      return;
    }
    std::string& text = unread_[static_cast<size_t>(socket)];
    text.append(buffer, static_cast<size_t>(size));
    while (answer_one(socket, text)) {
    }
  }
  bool answer_one(int socket, std::string& text) {
    const size_t head = text.find("\r\n\r\n");
    const size_t length_at = text.find("Content-Length: ");
    if (head == std::string::npos || length_at > head) return false;
    const size_t end = head + 4 + static_cast<size_t>(std::atoll(text.c_str() + length_at + 16));
    if (text.size() < end) return false;
    constexpr std::string_view kAttempt = "\"biz_opaque_callback_data\":\"";
    const std::string attempt = text.substr(text.find(kAttempt) + kAttempt.size(), 32);
    arrivals_us_.push_back(now_us());
    if (!attempts_.insert(attempt).second) came_twice_ = true;
    text.erase(0, end);
    const std::string body = fmt::format(
        R"({{"messaging_product":"whatsapp","contacts":[{{"input":"+573000000000","wa_id":"573000000000"}}],)"
        R"("messages":[{{"id":"wamid.{}","message_status":"accepted"}}]}})",
        attempt);
    std::string answer = fmt::format(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{}",
        body.size(), body);
    if (answer_after_us_ == 0) {
      write_all(socket, answer);
    } else {
      waiting_.push_back({arrivals_us_.back() + answer_after_us_, socket, std::move(answer)});
    }
    return true;
  }

  int listener_ = -1, epoll_ = -1;
  uint16_t port_ = 0;
  std::vector<std::string> unread_;
  std::unordered_set<std::string> attempts_;
  bool came_twice_ = false;
  int64_t answer_after_us_;
  std::vector<int64_t> arrivals_us_;
  std::deque<Waiting> waiting_;
};

}  // namespace puntual::bench
