// Against a server on this machine that answers as it is told.
#include <gtest/gtest.h>
#include <sys/socket.h>

#include <mutex>

#include "hooks/post.h"
#include "tests/support/listener.h"

namespace puntual::hooks {
namespace {

// Sends these bytes after the whole of a request, whose text it keeps; nothing at all when there
// are none.
class Receiver {
 public:
  explicit Receiver(std::string bytes)
      : listener_([this, bytes = std::move(bytes)](int fd) {
          std::unique_lock lock(mutex_);
          char part[4096];
          for (ssize_t size = 1; size > 0 && !heard_.ends_with("{}");) {
            size = ::recv(fd, part, sizeof part, 0);
            if (size > 0) heard_.append(part, static_cast<size_t>(size));
          }
          lock.unlock();
          ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
          if (bytes.empty()) ::recv(fd, part, sizeof part, 0);  // Until they give up.
        }) {}
  [[nodiscard]] std::string url(std::string_view host = "127.0.0.1") const {
    return fmt::format("http://{}:{}/x", host, listener_.port());
  }
  [[nodiscard]] std::string heard() const {
    const std::lock_guard lock(mutex_);
    return heard_;
  }
  [[nodiscard]] int connections() const { return listener_.connections(); }

 private:
  mutable std::mutex mutex_;
  std::string heard_;
  tests::Listener listener_;
};

std::string answer_of(int status, std::string_view body, std::string_view more = "") {
  return fmt::format("HTTP/1.1 {} X\r\nContent-Length: {}\r\nConnection: close\r\n{}\r\n{}", status,
                     body.size(), more, body);
}

const PostOptions kHere{.private_hosts = {"127.0.0.1", "localhost"}};

TEST(Post, GivesTheBytesAndHeadersAndTakesAnyTwoHundred) {
  const Receiver receiver(answer_of(204, ""));
  const auto posted = post(receiver.url(), {"webhook-id: evt_1"}, "{}", kHere);
  EXPECT_EQ(posted.status, 204);
  EXPECT_TRUE(posted.is_taken());
  EXPECT_TRUE(receiver.heard().contains("\r\nwebhook-id: evt_1\r\n")) << receiver.heard();
  EXPECT_TRUE(receiver.heard().contains("\r\nContent-Type: application/json\r\n"));
  EXPECT_TRUE(receiver.heard().ends_with("\r\n\r\n{}"));
}

TEST(Post, KeepsTheBeginningOfARefusalOnOneLine) {
  const Receiver receiver(answer_of(500, "first\r\nsecond\x1b[31m" + std::string(100'000, 'x'),
                                    "Retry-After: 120\r\n"));
  const auto posted = post(receiver.url(), {}, "{}", kHere);
  EXPECT_EQ(posted.status, 500);
  EXPECT_EQ(posted.retry_after_ms, 120'000);
  EXPECT_TRUE(posted.answer.starts_with("first  second [31mxxx")) << posted.answer;
  EXPECT_EQ(posted.answer.size(), 200U);
}

TEST(Post, DoesNotKeepWhatWasAnsweredToWhatWasTaken) {
  const Receiver receiver(answer_of(200, "you said: {}"));
  EXPECT_EQ(post(receiver.url(), {}, "{}", kHere).answer, "");
}

TEST(Post, ARedirectionIsNotFollowed) {
  const Receiver elsewhere(answer_of(200, ""));
  const Receiver receiver(answer_of(302, "", fmt::format("Location: {}\r\n", elsewhere.url())));
  const auto posted = post(receiver.url(), {}, "{}", kHere);
  EXPECT_EQ(posted.status, 302);
  EXPECT_FALSE(posted.is_taken());
  EXPECT_EQ(elsewhere.connections(), 0);
}

TEST(Post, WhoDoesNotAnswerIsLeft) {
  const Receiver receiver("");
  const auto posted =
      post(receiver.url(), {}, "{}", {.private_hosts = kHere.private_hosts, .patience_ms = 300});
  EXPECT_EQ(posted.status, 0);
  EXPECT_TRUE(posted.answer.contains("imeout") || posted.answer.contains("imed")) << posted.answer;
}

TEST(Post, AnAddressThatIsNotPublicIsNotConnectedTo) {
  const Receiver receiver(answer_of(200, ""));
  const int port = std::stoi(receiver.url().substr(17));
  for (const auto* host :
       {"127.0.0.1", "localhost", "127.1", "2130706433", "[::ffff:127.0.0.1]", "[::1]"}) {
    const auto posted = post(fmt::format("https://{}:{}/", host, port), {}, "{}", {});
    EXPECT_EQ(posted.status, 0) << host;
    EXPECT_TRUE(posted.answer.contains("not public")) << host << ": " << posted.answer;
    EXPECT_FALSE(check_url(fmt::format("https://{}:{}/", host, port), {})) << host;
  }
  EXPECT_EQ(receiver.connections(), 0);
}

TEST(Post, OnlyHttpsUnlessThisMachineIsNamed) {
  for (const auto* url :
       {"http://erp.example.com/x", "http://127.0.0.1/x", "ftp://erp.example.com/",
        "file:///etc/passwd", "erp.example.com", "https://", "https://user:pass@erp.example.com/",
        "https://erp.example.com/#part", "https://erp.example.com/a b",
        "https://erp.example.com/\r\nX: y"}) {
    EXPECT_FALSE(check_url(url, {})) << url;
  }
  for (const auto* here :
       {"https://LocalHost/x", "https://localhost./x", "https://erp.localhost/x"})
    EXPECT_FALSE(check_url(here, {})) << here;
  EXPECT_TRUE(check_url("https://localhost.empresa.co/x", {}));
  EXPECT_TRUE(check_url("https://localhost/x", {.private_hosts = {"localhost"}}));
  EXPECT_TRUE(check_url("https://erp.example.com/hooks?a=b", {}));
  EXPECT_TRUE(check_url("http://127.0.0.1:8080/x", kHere));
  EXPECT_FALSE(check_url("http://erp.interno/x", {.private_hosts = {"erp.interno"}}));
  EXPECT_TRUE(check_url("https://erp.interno/x", {.private_hosts = {"erp.interno"}}));
}

}  // namespace
}  // namespace puntual::hooks
