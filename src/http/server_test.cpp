// The probes that decide whether a server may face the internet, with real sockets on loopback.
#include "http/server.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <fstream>
#include <latch>
#include <mutex>
#include <thread>

#include "http/problem.h"
#include "tests/support/peer.h"

namespace puntual::http {
namespace {

using tests::Peer;

std::string post(std::string_view path, std::string_view body, std::string_view headers = {}) {
  return fmt::format("POST {} HTTP/1.1\r\nHost: t\r\nContent-Length: {}\r\n{}\r\n{}", path,
                     body.size(), headers, body);
}

Router echo_router() {
  Router router;
  router.add(Method::Get, "/hello", [](const Request&) { return text_response(200, "hola"); });
  router.add(Method::Post, "/echo",
             [](const Request& request) { return text_response(200, request.body); });
  router.add(Method::Get, "/v1/things/{id}/parts/{part}", [](const Request& request) {
    return text_response(200, fmt::format("{}|{}|{}", request.param("id"), request.param("part"),
                                          request.query("q").value_or("none")));
  });
  router.add(Method::Get, "/v1/numbers/{n}", [](const Request& request) {
    const auto number = request.param_number("n");
    return number ? text_response(200, std::to_string(*number)) : problem(number.error());
  });
  router.add(Method::Get, "/assets/{rest...}", [](const Request& request) {
    return text_response(200, std::string(request.param("rest")));
  });
  router.add(Method::Post, "/small", [](const Request&) { return text_response(200, "ok"); },
             {.body_max = 10});
  router.add(Method::Get, "/throws",
             [](const Request&) -> Response { throw std::runtime_error("secret"); });
  router.add(Method::Get, "/large",
             [](const Request&) { return text_response(200, std::string(5 << 20, 'x')); });
  return router;
}

class HttpServer : public testing::Test {
 protected:
  void start(Router router, ServerOptions options = {}) {
    auto started = Server::start(std::move(router), std::move(options));
    ASSERT_TRUE(started) << started.error().message;
    server_ = std::move(*started);
  }
  std::string ask(std::string_view bytes) {
    Peer peer(*server_);
    return peer.say(bytes).rest();
  }
  std::unique_ptr<Server> server_;
};

TEST_F(HttpServer, AnswersAndKeepsTheConnection) {
  start(echo_router());
  Peer peer(*server_);
  for (int i = 0; i < 3; ++i) {
    const auto answer = peer.say(post("/echo", fmt::format("cuerpo {}", i))).response();
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 200 OK\r\nDate: ")) << answer;
    EXPECT_TRUE(answer.ends_with(fmt::format("cuerpo {}", i))) << answer;
    EXPECT_FALSE(answer.contains("Connection: close"));
  }
}

TEST_F(HttpServer, ClosesWhenAskedTo) {
  start(echo_router());
  EXPECT_TRUE(ask("GET /hello HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n")
                  .contains("Connection: close\r\n\r\nhola"));
  EXPECT_TRUE(ask("GET /hello HTTP/1.0\r\n\r\n").ends_with("\r\n\r\nhola"));
}

TEST_F(HttpServer, RoutesPatternsAndSaysWhatIsMissing) {
  start(echo_router());
  Peer peer(*server_);
  const auto get = [&](std::string_view target) {
    return peer.say(fmt::format("GET {} HTTP/1.1\r\nHost: t\r\n\r\n", target)).response();
  };
  EXPECT_TRUE(get("/v1/things/a%20b%2Fc/parts/7?q=d%C3%ADa+1").ends_with("a b/c|7|día 1"));
  EXPECT_TRUE(get("/v1/numbers/42").ends_with("\r\n42"));
  EXPECT_TRUE(get("/assets/js/app.js").ends_with("\r\njs/app.js"));
  const auto bad = get("/v1/numbers/4x");
  EXPECT_TRUE(bad.starts_with("HTTP/1.1 400")) << bad;
  EXPECT_TRUE(bad.contains("application/problem+json"));
  EXPECT_TRUE(bad.contains("n: '4x' is not a whole number"));
  EXPECT_TRUE(get("/nothing").starts_with("HTTP/1.1 404"));
  EXPECT_TRUE(get("/v1/things//parts/1").starts_with("HTTP/1.1 404"));
  const auto refused = get("/echo");
  EXPECT_TRUE(refused.starts_with("HTTP/1.1 405"));
  EXPECT_TRUE(refused.contains("Allow: POST\r\n"));
  // A body for a path that is not there is read and dropped; the connection goes on.
  EXPECT_TRUE(peer.say(post("/nothing", "abc")).response().starts_with("HTTP/1.1 404"));
  EXPECT_TRUE(get("/hello").ends_with("hola"));
}

TEST_F(HttpServer, RefusesMalformedRequests) {
  start(echo_router());
  EXPECT_TRUE(ask("esto no es HTTP\r\n\r\n").starts_with("HTTP/1.1 400"));
  EXPECT_TRUE(ask("GET hello HTTP/1.1\r\nHost: t\r\n\r\n").starts_with("HTTP/1.1 400"));
  EXPECT_TRUE(ask("GET /hello HTTP/1.1\r\n\r\n").starts_with("HTTP/1.1 400")) << "no Host";
  EXPECT_TRUE(ask("GET /hello HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n").starts_with("HTTP/1.1 400"));
  EXPECT_TRUE(ask("GET /hello HTTP/1.1\r\nHost : t\r\n\r\n").starts_with("HTTP/1.1 400"));
  for (const auto* fold : {" ", "\t"}) {
    EXPECT_TRUE(ask(fmt::format("GET /hello HTTP/1.1\r\nHost: t\r\nX-A: 1\r\n{}b\r\n\r\n", fold))
                    .starts_with("HTTP/1.1 400"))
        << "a line that goes on in the next";
  }
}

TEST_F(HttpServer, RefusesAmbiguousFraming) {
  start(echo_router());
  const auto with = [&](std::string_view headers) {
    return ask(fmt::format("POST /echo HTTP/1.1\r\nHost: t\r\n{}\r\n0\r\n\r\n", headers));
  };
  EXPECT_TRUE(
      with("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n").starts_with("HTTP/1.1 400"));
  EXPECT_TRUE(
      with("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n").starts_with("HTTP/1.1 400"));
  EXPECT_TRUE(with("Transfer-Encoding: gzip, chunked\r\n").starts_with("HTTP/1.1 400"));
  EXPECT_TRUE(with("Transfer-Encoding: identity\r\n").starts_with("HTTP/1.1 400"));
  EXPECT_TRUE(with("Content-Length: 5\r\nContent-Length: 6\r\n").starts_with("HTTP/1.1 400"));
  EXPECT_TRUE(with("Content-Length: -1\r\n").starts_with("HTTP/1.1 400"));
}

TEST_F(HttpServer, ReadsChunkedBodies) {
  start(echo_router());
  Peer peer(*server_);
  peer.say("POST /echo HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhol\r\n");
  EXPECT_TRUE(peer.say("1\r\na\r\n0\r\nX-Trailer: 1\r\n\r\n").response().ends_with("\r\n\r\nhola"));
}

TEST_F(HttpServer, LimitsHeadAndBodyAndLetsTheAnswerArrive) {
  start(echo_router());
  const std::string big(200 << 10, 'a');
  EXPECT_TRUE(
      ask("GET /hello HTTP/1.1\r\nHost: t\r\nX: " + big + "\r\n\r\n").starts_with("HTTP/1.1 431"));
  EXPECT_TRUE(ask(post("/small", "12345678901")).starts_with("HTTP/1.1 413"));
  EXPECT_TRUE(ask(post("/echo", std::string(4 << 20, 'b'))).starts_with("HTTP/1.1 413"));
  const auto chunked =
      ask("POST /small HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: "
          "chunked\r\n\r\nb\r\n12345678901\r\n0\r\n\r\n");
  EXPECT_TRUE(chunked.starts_with("HTTP/1.1 413")) << chunked;
  Peer peer(*server_);
  EXPECT_TRUE(peer.say(post("/small", "1234567890")).response().ends_with("ok"));
}

// What frames a chunk is no body: kept until it ends, it would fill the memory without a limit.
TEST_F(HttpServer, LimitsWhatFramesAChunk) {
  start(echo_router());
  const std::string head = "POST /echo HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n";
  const std::string endless(200 << 10, 'a');
  EXPECT_TRUE(ask(head + "1;" + endless).starts_with("HTTP/1.1 431"));
  EXPECT_TRUE(ask(head + "1\r\na\r\n0\r\nX-T: " + endless).starts_with("HTTP/1.1 431"));
  Peer peer(*server_);
  EXPECT_TRUE(peer.say(head + "3;" + std::string(1 << 10, 'a') + "\r\nhol\r\n0\r\n\r\n")
                  .response()
                  .ends_with("\r\n\r\nhol"));
}

TEST_F(HttpServer, RefusesAStrangerBeforeTheBody) {
  std::vector<std::jthread> asked;
  Router router;
  router.add(
      Method::Post, "/upload",
      [](const Request& request) {
        return text_response(200, *std::static_pointer_cast<std::string>(request.context));
      },
      {.body_max = 1 << 30,
       .body_to_file = true,
       .admits =
           [&](Request& head,
               Reply reply) {  // Answered by another thread, as one that asks a database does.
             const bool is_known = head.headers.get("Authorization") == "Bearer t";
             if (is_known) head.context = std::make_shared<std::string>("ana");
             asked.emplace_back([is_known, reply] {
               reply(is_known ? Response{.status = 100}
                              : problem(401, "Unauthorized", "who are you?"));
             });
           }});
  start(std::move(router));
  // Of a body of a gigabyte not one byte was sent: the head alone decides.
  const auto refused =
      ask("POST /upload HTTP/1.1\r\nHost: t\r\nContent-Length: 1000000000\r\n\r\n");
  EXPECT_TRUE(refused.starts_with("HTTP/1.1 401") && refused.contains("who are you?")) << refused;
  Peer peer(*server_);
  const std::string known =
      "POST /upload HTTP/1.1\r\nHost: t\r\nAuthorization: Bearer t\r\nContent-Length: 2\r\n\r\nab";
  for (int i = 0; i < 2; ++i)
    EXPECT_TRUE(peer.say(known).response().ends_with("ana")) << i;  // The connection goes on.
}

TEST_F(HttpServer, AnswersHeadWithoutABody) {
  start(echo_router());
  const auto answer = ask("HEAD /hello HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n");
  EXPECT_TRUE(answer.starts_with("HTTP/1.1 200"));
  EXPECT_TRUE(answer.contains("Content-Length: 4\r\n"));
  EXPECT_TRUE(answer.ends_with("\r\n\r\n"));
}

TEST_F(HttpServer, AnswersPipelinedRequestsInOrder) {
  start(echo_router());
  const auto answer =
      ask("GET /hello HTTP/1.1\r\nHost: t\r\n\r\nGET /assets/two HTTP/1.1\r\nHost: t\r\n\r\n"
          "GET /assets/three HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n");
  const size_t first = answer.find("\r\n\r\nhola");
  const size_t second = answer.find("\r\n\r\ntwo");
  const size_t third = answer.find("\r\n\r\nthree");
  EXPECT_LT(first, second);
  EXPECT_LT(second, third);
  EXPECT_NE(third, std::string::npos);
}

TEST_F(HttpServer, InvitesABodyThatWaits) {
  start(echo_router());
  Peer peer(*server_);
  peer.say("POST /echo HTTP/1.1\r\nHost: t\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(peer.until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
  EXPECT_TRUE(peer.say("hola").response().ends_with("hola"));
  // A body that would be refused is not invited.
  peer.say("POST /small HTTP/1.1\r\nHost: t\r\nContent-Length: 11\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_TRUE(peer.response().starts_with("HTTP/1.1 413"));
}

TEST_F(HttpServer, SendsLargeAnswersToSlowReaders) {
  start(echo_router());
  Peer peer(*server_);
  const auto answer = peer.say("GET /large HTTP/1.1\r\nHost: t\r\n\r\n").response();
  EXPECT_GT(answer.size(), size_t{5} << 20);
}

TEST_F(HttpServer, HidesWhatAHandlerThrows) {
  start(echo_router());
  Peer peer(*server_);
  const auto answer = peer.say("GET /throws HTTP/1.1\r\nHost: t\r\n\r\n").response();
  EXPECT_TRUE(answer.starts_with("HTTP/1.1 500"));
  EXPECT_FALSE(answer.contains("secret"));
}

TEST_F(HttpServer, EndsHeadsThatNeverEnd) {
  start(echo_router(), {.header_timeout_ms = 1});
  EXPECT_TRUE(ask("GET /hello HTTP/1.1\r\nHo").starts_with("HTTP/1.1 408"));
}

// A byte now and then keeps nobody waiting for ever: what counts is the whole.
TEST_F(HttpServer, EndsBodiesThatDrip) {
  start(echo_router(), {.stall_timeout_ms = 400});
  Peer peer(*server_);
  peer.say("POST /echo HTTP/1.1\r\nHost: t\r\nContent-Length: 1000\r\n\r\n");
  for (int i = 0; i < 999 && !peer.is_answered_within(20); ++i) peer.say("x");
  EXPECT_TRUE(peer.response().starts_with("HTTP/1.1 408"));
}

TEST_F(HttpServer, HoldsNoMoreBodiesInMemoryThanItMay) {
  start(echo_router(), {.bodies_in_memory_max = 1000});
  const std::string head = "POST /echo HTTP/1.1\r\nHost: t\r\nContent-Length: 900\r\n\r\n";
  Peer first(*server_), second(*server_);
  first.say(head + std::string(600, 'a'));
  // In which order the two arrive is chance; together they are too much.
  second.say(head + std::string(600, 'b'));
  while (!first.is_answered_within(5) && !second.is_answered_within(5)) {
  }
  const bool is_first = first.is_answered_within(0);
  EXPECT_TRUE((is_first ? first : second).response().starts_with("HTTP/1.1 503"));
  EXPECT_TRUE((is_first ? second : first)
                  .say(std::string(300, 'c'))
                  .response()
                  .starts_with("HTTP/1.1 200"));
}

TEST_F(HttpServer, PutsLargeBodiesIntoAFileThatGoesAway) {
  Router router;
  std::string path;
  router.add(Method::Post, "/import",
             [&](const Request& request) {
               path = request.body_file->path();
               std::ifstream file(path, std::ios::binary | std::ios::ate);
               return text_response(
                   200, std::to_string(file.tellg()) + (request.body.empty() ? " on disk" : ""));
             },
             {.body_max = 64 << 20, .body_to_file = true});
  start(std::move(router));
  Peer peer(*server_);
  EXPECT_TRUE(
      peer.say(post("/import", std::string(8 << 20, 'r'))).response().ends_with("8388608 on disk"));
  EXPECT_TRUE(peer.say(post("/import", "12")).response().ends_with("2 on disk"));
  peer.close();
  server_->stop();
  EXPECT_NE(access(path.c_str(), F_OK), 0);
}

// 64 requests wait at once; another thread answers them all, the last first.
TEST_F(HttpServer, AnswersLaterFromAnotherThread) {
  constexpr int kPeers = 64;
  std::mutex mutex;
  std::vector<std::pair<std::string, Reply>> waiting;
  std::latch all_in(kPeers);
  Router router;
  router.add_deferred(Method::Post, "/later", [&](Request&& request, Reply reply) {
    const std::lock_guard lock(mutex);
    waiting.emplace_back(std::move(request.body), std::move(reply));
    all_in.count_down();
  });
  start(std::move(router));
  std::vector<std::unique_ptr<Peer>> peers;
  for (int i = 0; i < kPeers; ++i) {
    peers.push_back(std::make_unique<Peer>(*server_));
    peers.back()->say(post("/later", fmt::format("n{}", i)));
  }
  std::thread worker([&] {
    all_in.wait();
    for (auto one = waiting.rbegin(); one != waiting.rend(); ++one) {
      one->second(text_response(200, one->first));
      one->second(text_response(500, "a second answer counts for nothing"));
    }
  });
  for (int i = 0; i < kPeers; ++i)
    EXPECT_TRUE(peers[i]->response().ends_with(fmt::format("\r\n\r\nn{}", i)));
  worker.join();
}

TEST_F(HttpServer, AnswersForAHandlerThatForgets) {
  Router router;
  router.add_deferred(Method::Post, "/dropped", [](Request&&, const Reply&) {});
  start(std::move(router));
  Peer peer(*server_);
  EXPECT_TRUE(peer.say(post("/dropped", "")).response().starts_with("HTTP/1.1 500"));
  EXPECT_TRUE(peer.say(post("/dropped", "")).response().starts_with("HTTP/1.1 500"));
}

TEST_F(HttpServer, StopsWithAnswersOutstandingAndIgnoresThemLater) {
  std::vector<Reply> kept;
  std::latch came(1);
  Router router;
  router.add_deferred(Method::Post, "/hang", [&](Request&&, Reply reply) {
    kept.push_back(std::move(reply));
    came.count_down();
  });
  start(std::move(router), {.stop_grace_ms = 20});
  Peer peer(*server_);
  peer.say(post("/hang", ""));
  came.wait();
  server_->stop();
  server_.reset();
  kept[0](text_response(200, "too late"));
  EXPECT_EQ(peer.rest(), "");
}

TEST_F(HttpServer, LetsRequestsUnderWayEndWhenStopping) {
  std::optional<Reply> kept;
  std::latch came(1);
  Router router;
  router.add_deferred(Method::Post, "/work", [&](Request&&, Reply reply) {
    kept = std::move(reply);
    came.count_down();
  });
  start(std::move(router), {.stop_grace_ms = 10'000});
  Peer idle(*server_), busy(*server_);
  busy.say(post("/work", ""));
  came.wait();
  std::thread stopper([&] { server_->stop(); });
  EXPECT_EQ(idle.rest(),
            "");  // Idle connections are let go at once; by now the server is stopping.
  (*kept)(text_response(200, "done"));
  const auto answer = busy.rest();
  EXPECT_TRUE(answer.contains("Connection: close")) << answer;
  EXPECT_TRUE(answer.ends_with("done"));
  stopper.join();
}

TEST_F(HttpServer, StreamsEventsAndNoticesBothEnds) {
  std::vector<EventStream> streams;
  Router router;
  router.add_stream("/events",
                    [&](const Request& request, EventStream stream) -> std::optional<Response> {
                      if (!request.query("key")) return problem(403, "Forbidden");
                      streams.push_back(std::move(stream));
                      return std::nullopt;
                    });
  start(std::move(router));
  Peer stranger(*server_);
  EXPECT_TRUE(stranger.say("GET /events HTTP/1.1\r\nHost: t\r\n\r\n")
                  .response()
                  .starts_with("HTTP/1.1 403"));

  Peer peer(*server_);
  EXPECT_TRUE(peer.say("GET /events?key=1 HTTP/1.1\r\nHost: t\r\n\r\n")
                  .until("\r\n\r\n")
                  .contains("text/event-stream"));
  // The handler has run before the head is sent, so the stream is there.
  EXPECT_TRUE(streams[0].send("tick", "uno\ndos", "7"));
  EXPECT_EQ(peer.until("\n\n"), "id: 7\nevent: tick\ndata: uno\ndata: dos\n\n");
  EXPECT_TRUE(streams[0].send("", "tres"));
  EXPECT_EQ(peer.until("\n\n"), "data: tres\n\n");
  streams.clear();  // The last handle goes: the stream ends.
  EXPECT_EQ(peer.rest(), "");

  Peer leaver(*server_);
  leaver.say("GET /events?key=1 HTTP/1.1\r\nHost: t\r\n\r\n").until("\r\n\r\n");
  leaver.close();
  while (streams[0].is_open()) std::this_thread::yield();
  EXPECT_FALSE(streams[0].send("tick", "nadie"));
}

TEST_F(HttpServer, ImitatesBrokenNetworks) {
  Router router;
  router.add(Method::Get, "/reset",
             [](const Request&) { return Response{.ending = Ending::Reset}; });
  router.add(Method::Get, "/cut", [](const Request&) {
    return Response{.body = "12345678", .ending = Ending::CutBody};
  });
  start(std::move(router));
  Peer peer(*server_);
  EXPECT_TRUE(peer.say("GET /reset HTTP/1.1\r\nHost: t\r\n\r\n").was_reset());
  const auto answer = ask("GET /cut HTTP/1.1\r\nHost: t\r\n\r\n");
  EXPECT_TRUE(answer.contains("Content-Length: 8\r\n"));
  EXPECT_TRUE(answer.ends_with("\r\n\r\n1234"));
}

TEST_F(HttpServer, SaysWhichAddressIsTaken) {
  start(echo_router());
  const auto second = Server::start(echo_router(), {.port = server_->port()});
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::Unavailable);
  EXPECT_TRUE(second.error().message.contains(std::to_string(server_->port())));
}

TEST_F(HttpServer, ServesFromSeveralThreads) {
  start(echo_router(), {.threads = 3});
  std::atomic<int> right = 0;
  std::vector<std::thread> clients;
  for (int t = 0; t < 6; ++t) {
    clients.emplace_back([&, t] {
      Peer peer(*server_);
      for (int i = 0; i < 200; ++i) {
        const std::string body = fmt::format("{}-{}", t, i);
        if (peer.say(post("/echo", body)).response().ends_with("\r\n\r\n" + body)) ++right;
      }
    });
  }
  for (auto& client : clients) client.join();
  EXPECT_EQ(right, 1200);
}

}  // namespace
}  // namespace puntual::http
