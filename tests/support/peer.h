// A client of an HTTP server of ours that says exactly the bytes it is told to.
#pragma once

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <string>
#include <string_view>
#include <utility>

#include "http/server.h"

namespace puntual::tests {

// A peer that says exactly the bytes it is told to.
class Peer {
 public:
  explicit Peer(const http::Server& server) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(server.port());
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const timeval patience{10, 0};
    setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    EXPECT_EQ(::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  }
  ~Peer() { close(); }
  Peer(const Peer&) = delete;
  Peer& operator=(const Peer&) = delete;

  void close() {
    if (socket_ >= 0) ::close(std::exchange(socket_, -1));
  }
  Peer& say(std::string_view text) {
    while (!text.empty()) {
      const ssize_t sent = ::send(socket_, text.data(), text.size(), MSG_NOSIGNAL);
      if (sent <= 0) break;  // The server may refuse before it has read everything.
      text.remove_prefix(static_cast<size_t>(sent));
    }
    return *this;
  }
  [[nodiscard]] bool is_answered_within(int ms) const {
    pollfd waiting{.fd = socket_, .events = POLLIN, .revents = 0};
    return ::poll(&waiting, 1, ms) > 0;
  }
  // Everything until the server closes.
  std::string rest() {
    while (more()) {
    }
    return std::move(read_);
  }
  // Everything up to and with `end`.
  std::string until(std::string_view end) {
    size_t at = 0;
    while ((at = read_.find(end)) == std::string::npos) {
      if (!more()) return std::move(read_);
    }
    std::string text = read_.substr(0, at + end.size());
    read_.erase(0, at + end.size());
    return text;
  }
  // One response with a Content-Length.
  std::string response() {
    std::string head = until("\r\n\r\n");
    const size_t at = head.find("Content-Length: ");
    const size_t size = at == std::string::npos ? 0 : std::stoul(head.substr(at + 16));
    while (read_.size() < size && more()) {
    }
    head += read_.substr(0, size);
    read_.erase(0, size);
    return head;
  }
  bool was_reset() {
    char byte = 0;
    return ::recv(socket_, &byte, 1, 0) < 0 && errno == ECONNRESET;
  }

 private:
  bool more() {
    char buffer[65536];
    const ssize_t size = ::recv(socket_, buffer, sizeof buffer, 0);
    if (size <= 0) return false;
    read_.append(buffer, static_cast<size_t>(size));
    return true;
  }
  int socket_;
  std::string read_;
};

}  // namespace puntual::tests
