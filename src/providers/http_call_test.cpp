// Against a server on this machine that answers as it is told.
#include "providers/http_call.h"

#include <gtest/gtest.h>
#include <sys/socket.h>

#include "tests/support/listener.h"

namespace puntual::providers {
namespace {

std::string answer(int status, std::string_view body, std::string_view more = "") {
  return fmt::format("HTTP/1.1 {} X\r\nContent-Length: {}\r\nConnection: close\r\n{}\r\n{}", status,
                     body.size(), more, body);
}

// Sends these bytes to whoever asks, after the head of the request; nothing at all when there are
// none.
class Answering {
 public:
  explicit Answering(std::string bytes)
      : listener_([bytes = std::move(bytes)](int fd) {
          std::string head;
          char part[4096];
          for (ssize_t size = 1; size > 0 && !head.contains("\r\n\r\n");) {
            size = ::recv(fd, part, sizeof part, 0);
            if (size > 0) head.append(part, static_cast<size_t>(size));
          }
          ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
          if (bytes.empty()) ::recv(fd, part, sizeof part, 0);  // Until they give up.
        }) {}
  [[nodiscard]] std::string url() const {
    return fmt::format("http://127.0.0.1:{}", listener_.port());
  }
  [[nodiscard]] int connections() const { return listener_.connections(); }

 private:
  tests::Listener listener_;
};

HttpOptions options(std::string url, int64_t patience_ms = 10'000) {
  return {.title = "Prueba",
          .base_url = std::move(url),
          .secrets = {"clave-muy-secreta"},
          .told = [](const JsonRef& said) { return said["m"].text(); },
          .patience_ms = patience_ms};
}
Error error_of(std::string bytes, int64_t patience_ms = 10'000) {
  const Answering server(std::move(bytes));
  const auto got = HttpCaller(options(server.url(), patience_ms)).call({.path = "/x"});
  return got ? Error{ErrorCode::Internal, "an answer"} : got.error();
}

TEST(ProviderCall, GivesTheBodyWithItsDigits) {
  const Answering server(answer(201, R"({"a":459.9})"));
  HttpCaller caller(options(server.url()));
  const auto got = caller.call({.method = "POST", .path = "/x", .body = "{}"});
  ASSERT_TRUE(got) << got.error().message;
  EXPECT_EQ(got->root()["a"].raw(), "459.9");
}

TEST(ProviderCall, MapsWhatIsWrongOnce) {
  EXPECT_EQ(error_of(answer(401, "{}")).code, ErrorCode::Forbidden);
  EXPECT_EQ(error_of(answer(403, "{}")).code, ErrorCode::Forbidden);
  EXPECT_EQ(error_of(answer(404, "{}")).code, ErrorCode::NotFound);
  for (const int status : {400, 409, 422})
    EXPECT_EQ(error_of(answer(status, "{}")).code, ErrorCode::Invalid) << status;
  for (const int status : {302, 408, 429, 500, 503})
    EXPECT_EQ(error_of(answer(status, "{}")).code, ErrorCode::Unavailable) << status;
  EXPECT_EQ(error_of(answer(200, "<html>")).message, "Prueba answered 200 with what is no JSON");
  EXPECT_EQ(error_of(answer(502, "<html>")).message, "Prueba answered 502");
}

TEST(ProviderCall, TellsTheirWordsWithoutOurSecretsOnOneLine) {
  EXPECT_EQ(error_of(answer(422, R"({"m":"la llave clave-muy-secreta\nno sirve"})")).message,
            "Prueba answered 422: la llave …\\x0ano sirve");
}

TEST(ProviderCall, FollowsNobodyElsewhere) {
  const Answering elsewhere(answer(200, "{}"));
  EXPECT_EQ(error_of(answer(302, "{}", "Location: " + elsewhere.url() + "\r\n")).code,
            ErrorCode::Unavailable);
  EXPECT_EQ(elsewhere.connections(), 0);
}

TEST(ProviderCall, EndsWhatIsTooLongOrTooLarge) {
  EXPECT_EQ(error_of("", 100).code, ErrorCode::Unavailable);
  EXPECT_EQ(error_of(answer(200, std::string(2 << 20, ' '))).code, ErrorCode::Unavailable);
  const std::atomic<bool> stopping = true;
  const Answering silent("");
  auto with_stop = options(silent.url());
  with_stop.stopping = &stopping;
  EXPECT_EQ(HttpCaller(with_stop).call({.path = "/x"}).error().code, ErrorCode::Unavailable);
}

TEST(ProviderCall, GoesOutEncryptedOnly) {
  EXPECT_TRUE(check_base_url("https://api.example.com/v1"));
  EXPECT_TRUE(check_base_url("http://127.0.0.1:9090/pay/wompi/v1"));
  for (const auto* url : {"http://api.example.com", "ftp://127.0.0.1", "https://", "https://a b",
                          "https://user@host", "http://127.0.0.1.example.com", "https://h/?q"}) {
    EXPECT_FALSE(check_base_url(url)) << url;
  }
  EXPECT_EQ(HttpCaller(options("http://api.example.com")).call({.path = "/"}).error().code,
            ErrorCode::Unavailable);
}

TEST(ProviderCall, WhatOthersSentStaysInItsPlace) {
  EXPECT_EQ(url_part("13370-1795273445-44021"), "13370-1795273445-44021");
  EXPECT_EQ(url_part("../x?a=b c"), "..%2Fx%3Fa%3Db%20c");
  EXPECT_EQ(url_part(".."), "%2E%2E");
}

}  // namespace
}  // namespace puntual::providers
