// For tests only: an HTTP server on this machine that misbehaves as it is told.
#pragma once

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <functional>
#include <list>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace puntual::whatsapp {

struct HttpRequest {
  std::string head;
  std::string body;
};

enum class After { Keep, Close, Reset };
struct Reply {
  std::string bytes;
  After after = After::Keep;
};

inline std::string http(int status, const std::string& body, const std::string& headers = "") {
  return "HTTP/1.1 " + std::to_string(status) +
         " X\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" + headers + "\r\n" + body;
}
inline Reply accepted() { return {http(200, R"({"messages":[{"id":"wamid.OK"}]})")}; }

// One thread a connection; `answer` decides what each whole request gets.
class TestServer {
 public:
  explicit TestServer(std::function<Reply(const HttpRequest&)> answer,
                      bool reset_after_head = false)
      : answer_(std::move(answer)), reset_after_head_(reset_after_head) {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(::bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    EXPECT_EQ(::listen(listener_, 512), 0);
    socklen_t length = sizeof address;
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &length);
    port_ = ntohs(address.sin_port);
    acceptor_ = std::thread([this] { accept_all(); });
  }
  ~TestServer() {
    ::shutdown(listener_, SHUT_RDWR);
    acceptor_.join();
    {
      const std::lock_guard lock(mutex_);
      for (const int fd : open_) ::shutdown(fd, SHUT_RDWR);
    }
    for (auto& thread : threads_) thread.join();
    ::close(listener_);
  }

  [[nodiscard]] std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }
  [[nodiscard]] std::vector<HttpRequest> requests() const {
    const std::lock_guard lock(mutex_);
    return requests_;
  }
  [[nodiscard]] std::vector<std::chrono::steady_clock::time_point> arrivals() const {
    const std::lock_guard lock(mutex_);
    return arrivals_;
  }
  [[nodiscard]] int connections() const {
    const std::lock_guard lock(mutex_);
    return connections_;
  }

 private:
  void accept_all() {
    for (int fd = ::accept(listener_, nullptr, nullptr); fd >= 0;
         fd = ::accept(listener_, nullptr, nullptr)) {
      const std::lock_guard lock(mutex_);
      ++connections_;
      open_.push_back(fd);
      threads_.emplace_back([this, fd] { serve(fd); });
    }
  }
  static bool read_until(int fd, std::string& buffer, const std::function<bool()>& is_enough) {
    char chunk[4096];
    while (!is_enough()) {
      const ssize_t count = ::recv(fd, chunk, sizeof chunk, 0);
      if (count <= 0) return false;
      buffer.append(chunk, static_cast<size_t>(count));
    }
    return true;
  }
  void serve(int fd) {
    std::string buffer;
    while (true) {
      size_t head_end = 0;
      if (!read_until(fd, buffer,
                      [&] { return (head_end = buffer.find("\r\n\r\n")) != std::string::npos; }))
        break;
      if (reset_after_head_) return end(fd, After::Reset);
      HttpRequest request{buffer.substr(0, head_end + 4), {}};
      const auto at = request.head.find("Content-Length: ");
      const size_t length = at == std::string::npos ? 0 : std::stoul(request.head.substr(at + 16));
      if (!read_until(fd, buffer, [&] { return buffer.size() >= head_end + 4 + length; })) break;
      request.body = buffer.substr(head_end + 4, length);
      buffer.erase(0, head_end + 4 + length);
      {
        const std::lock_guard lock(mutex_);
        arrivals_.push_back(std::chrono::steady_clock::now());
        requests_.push_back(request);
      }
      const Reply reply = answer_(request);
      ::send(fd, reply.bytes.data(), reply.bytes.size(), MSG_NOSIGNAL);
      if (reply.after != After::Keep) return end(fd, reply.after);
    }
    end(fd, After::Close);
  }
  void end(int fd, After how) {
    const std::lock_guard lock(mutex_);
    std::erase(open_, fd);
    const linger hard{1, 0};
    if (how == After::Reset) ::setsockopt(fd, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
    ::close(fd);
  }

  std::function<Reply(const HttpRequest&)> answer_;
  bool reset_after_head_;
  int listener_ = -1;
  int port_ = 0;
  mutable std::mutex mutex_;
  std::vector<HttpRequest> requests_;
  std::vector<std::chrono::steady_clock::time_point> arrivals_;
  std::vector<int> open_;
  int connections_ = 0;
  std::list<std::thread> threads_;
  std::thread acceptor_;
};

}  // namespace puntual::whatsapp
