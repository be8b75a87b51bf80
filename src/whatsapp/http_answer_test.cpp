#include "whatsapp/http_answer.h"

#include <gtest/gtest.h>

namespace puntual::whatsapp {
namespace {

using State = HttpAnswer::State;

// The same whatever the pieces in which it comes.
HttpAnswer read_of(std::string_view bytes, bool then_closed = false) {
  HttpAnswer whole;
  whole.take(bytes);
  if (then_closed) whole.end();
  for (const size_t size : {size_t{1}, size_t{7}}) {
    HttpAnswer pieces;
    for (std::string_view left = bytes; !left.empty();
         left.remove_prefix(std::min(size, left.size())))
      pieces.take(left.substr(0, size));
    if (then_closed) pieces.end();
    EXPECT_EQ(pieces.state(), whole.state()) << bytes;
    EXPECT_EQ(pieces.status(), whole.status()) << bytes;
    EXPECT_EQ(pieces.body(), whole.body()) << bytes;
  }
  return whole;
}

TEST(HttpAnswer, WithALength) {
  const auto answer = read_of(
      "HTTP/1.1 429 Too Many\r\ncontent-LENGTH:  5 \r\nRetry-After: 7\r\nDate: now\r\n\r\nhello");
  EXPECT_EQ(answer.state(), State::Whole);
  EXPECT_EQ(answer.status(), 429);
  EXPECT_EQ(answer.body(), "hello");
  EXPECT_EQ(answer.retry_after(), "7");
  EXPECT_EQ(answer.date(), "now");
  EXPECT_TRUE(answer.keeps_open());
  EXPECT_EQ(read_of("HTTP/1.1 200\nContent-Length: 0\n\n").state(), State::Whole);
  EXPECT_EQ(read_of("HTTP/1.1 204 No Content\r\n\r\n").state(), State::Whole);
}

TEST(HttpAnswer, InChunks) {
  const auto answer = read_of(
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n5;a=b\r\nhello\r\nA\r\n, you "
      "ther\r\n0\r\nX: y\r\n\r\n");
  EXPECT_EQ(answer.state(), State::Whole);
  EXPECT_EQ(answer.body(), "hello, you ther");
  EXPECT_TRUE(answer.keeps_open());
  EXPECT_FALSE(
      read_of("HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")
          .keeps_open());
}

TEST(HttpAnswer, UntilTheConnectionEnds) {
  EXPECT_EQ(read_of("HTTP/1.0 200 OK\r\n\r\nhel").state(), State::Coming);
  const auto answer = read_of("HTTP/1.0 200 OK\r\n\r\nhello", true);
  EXPECT_EQ(answer.state(), State::Whole);
  EXPECT_EQ(answer.body(), "hello");
  EXPECT_FALSE(answer.keeps_open());
}

TEST(HttpAnswer, WhatComesBeforeTheAnswerIsPassedOver) {
  const auto answer = read_of(
      "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 "
      "OK\r\nContent-Length: 2\r\n\r\nok");
  EXPECT_EQ(answer.state(), State::Whole);
  EXPECT_EQ(answer.status(), 200);
  EXPECT_EQ(answer.body(), "ok");
}

TEST(HttpAnswer, ConnectionsThatMustNotBeUsedAgain) {
  EXPECT_FALSE(read_of("HTTP/1.1 200 OK\r\nConnection: foo , Close\r\nContent-Length: 0\r\n\r\n")
                   .keeps_open());
  EXPECT_FALSE(read_of("HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n").keeps_open());
  HttpAnswer surplus;
  surplus.take("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\n");
  EXPECT_EQ(surplus.state(), State::Whole);
  EXPECT_FALSE(surplus.keeps_open());
}

TEST(HttpAnswer, Malformed) {
  for (const std::string_view bytes :
       {"not http at all\r\n", "HTTP/2 200\r\n", "HTTP/1.1 2000 X\r\n", "HTTP/1.1 20x X\r\n",
        "HTTP/1.1 101 Switching\r\n\r\n", "HTTP/1.1 200 OK\r\n folded\r\n",
        "HTTP/1.1 200 OK\r\nno colon\r\n", "HTTP/1.1 200 OK\r\nContent-Length : 2\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: -2\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n"}) {
    EXPECT_EQ(read_of(bytes).state(), State::Broken) << bytes;
  }
  for (const std::string_view cut :
       {"", "HTTP/1.1 200 OK\r\nContent-Le", "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nab",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n"}) {
    EXPECT_EQ(read_of(cut, true).state(), State::Broken) << cut;
  }
  EXPECT_EQ(read_of("HTTP/1.1 200 OK\r\nX: " + std::string(HttpAnswer::kHeadMax, 'x')).state(),
            State::Broken);
}

TEST(HttpAnswer, OfALongBodyTheBeginningIsKept) {
  HttpAnswer answer;
  answer.take("HTTP/1.1 200 OK\r\nContent-Length: 200000\r\n\r\n" + std::string(200'000, 'x'));
  EXPECT_EQ(answer.state(), State::Whole);
  EXPECT_EQ(answer.body().size(), HttpAnswer::kBodyMax);
  answer.begin();
  answer.take("HTTP/1.1 500 X\r\nContent-Length: 1\r\n\r\ny");
  EXPECT_EQ(answer.body(), "y");
  EXPECT_EQ(answer.status(), 500);
}

}  // namespace
}  // namespace puntual::whatsapp
