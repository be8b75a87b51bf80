#include "tests/support/listener.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

#include "base/result.h"

namespace puntual::tests {

Listener::Listener(std::function<void(int fd)> serve)
    : serve_(std::move(serve)), listener_(::socket(AF_INET, SOCK_STREAM, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  PUNTUAL_CHECK(::bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0 &&
                ::listen(listener_, 16) == 0);
  socklen_t length = sizeof address;
  ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &length);
  port_ = ntohs(address.sin_port);
  acceptor_ = std::thread([this] {
    for (int fd = ::accept(listener_, nullptr, nullptr); fd >= 0;
         fd = ::accept(listener_, nullptr, nullptr)) {
      const std::lock_guard lock(mutex_);
      ++connections_;
      open_.push_back(fd);
      threads_.emplace_back([this, fd] {
        serve_(fd);
        const std::lock_guard closing(mutex_);
        std::erase(open_, fd);
        ::close(fd);
      });
    }
  });
}

Listener::~Listener() {
  ::shutdown(listener_, SHUT_RDWR);
  acceptor_.join();
  {
    const std::lock_guard lock(mutex_);
    for (const int fd : open_) ::shutdown(fd, SHUT_RDWR);
  }
  for (auto& thread : threads_) thread.join();
  ::close(listener_);
}

int Listener::connections() const {
  const std::lock_guard lock(mutex_);
  return connections_;
}

std::string HeardRequest::header(std::string_view name) const {
  const auto at = head.find(fmt::format("\r\n{}: ", name));
  if (at == std::string::npos) return {};
  const auto begin = at + name.size() + 4;
  return head.substr(begin, head.find("\r\n", begin) - begin);
}

std::optional<HeardRequest> read_request(int fd) {
  HeardRequest request;
  std::string bytes;
  char part[4096];
  for (size_t size = 0; request.head.empty() || bytes.size() < request.head.size() + size;) {
    const ssize_t got = ::recv(fd, part, sizeof part, 0);
    if (got <= 0) return std::nullopt;
    bytes.append(part, static_cast<size_t>(got));
    if (const auto end = bytes.find("\r\n\r\n"); request.head.empty() && end != std::string::npos) {
      request.head = bytes.substr(0, end + 4);
      size = static_cast<size_t>(std::atoll(request.header("Content-Length").c_str()));
    }
  }
  request.body = bytes.substr(request.head.size());
  return request;
}

void send_status(int fd, std::string_view status) {
  const std::string answer =
      fmt::format("HTTP/1.1 {}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", status);
  ::send(fd, answer.data(), answer.size(), MSG_NOSIGNAL);
  ::shutdown(fd, SHUT_WR);
}

}  // namespace puntual::tests
