// The sender against a real server on this machine that misbehaves in every way the network can.
#include "whatsapp/cloud_api.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

#include "whatsapp/test_server.h"

namespace puntual::whatsapp {
namespace {

using std::chrono::steady_clock;

// A channel and a way to wait for its results without sleeping.
class Client {
 public:
  explicit Client(const std::string& url,
                  const std::function<void(CloudApiOptions&)>& change = {}) {
    CloudApiOptions options{.base_url = url, .access_token = "token-1", .messages_per_second = 0};
    options.on_results = [this] {
      const std::lock_guard lock(mutex_);
      has_results_ = true;
      changed_.notify_one();
    };
    if (change) change(options);
    auto opened = CloudApi::open(std::move(options));
    EXPECT_TRUE(opened) << opened.error().message;
    api_ = std::move(*opened);
  }
  ~Client() { api_.reset(); }

  static SendRequest request(int64_t id, int64_t deadline_ms = 8000) {
    return {.message_id = {id},
            .attempt_id = "attempt-" + std::to_string(id),
            .phone_number_id = "7001",
            .recipient = "+573001234567",
            .body = R"({"n":)" + std::to_string(id) + "}",
            .deadline = Instant{std::chrono::duration_cast<std::chrono::milliseconds>(
                                    std::chrono::system_clock::now().time_since_epoch())
                                    .count() +
                                deadline_ms}};
  }
  std::vector<SendResult> wait_for(size_t count) {
    std::vector<SendResult> all;
    const auto until = steady_clock::now() + std::chrono::seconds(20);
    while (all.size() < count) {
      std::unique_lock lock(mutex_);
      if (!changed_.wait_until(lock, until, [this] { return has_results_; })) break;
      has_results_ = false;
      lock.unlock();
      auto some = api_->collect();
      std::move(some.begin(), some.end(), std::back_inserter(all));
    }
    EXPECT_EQ(all.size(), count);
    all.resize(count);
    return all;
  }
  SendResult send_one(int64_t id = 1) {
    api_->submit({request(id)});
    return wait_for(1).front();
  }
  CloudApi& api() { return *api_; }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool has_results_ = false;
  std::unique_ptr<CloudApi> api_;
};

SendOutcome outcome_when(Reply reply) {
  TestServer server([&](const HttpRequest&) { return reply; });
  Client client(server.url(), [](CloudApiOptions& options) { options.answer_wait_ms = 3000; });
  const auto outcome = client.send_one().outcome;
  EXPECT_EQ(server.requests().size(), 1U);  // Never twice, whatever the answer.
  return outcome;
}

TEST(CloudApi, PostsToTheNumberWithTheToken) {
  TestServer server([](const HttpRequest&) {
    return Reply{http(
        200,
        R"({"contacts":[{"wa_id":"573001234567"}],"messages":[{"id":"wamid.X=","message_status":"accepted"}]})")};
  });
  Client client(server.url() + "/");
  const auto result = client.send_one(42);
  EXPECT_EQ(result.outcome, SendOutcome::Accepted);
  EXPECT_EQ(result.message_id, MessageId{42});
  EXPECT_EQ(result.attempt_id, "attempt-42");
  EXPECT_EQ(result.platform_id, "wamid.X=");
  EXPECT_EQ(result.message_status, "accepted");
  const auto request = server.requests().at(0);
  EXPECT_TRUE(request.head.starts_with("POST /v26.0/7001/messages HTTP/1.1\r\n")) << request.head;
  EXPECT_NE(request.head.find("Authorization: Bearer token-1\r\n"), std::string::npos);
  EXPECT_NE(request.head.find("Content-Type: application/json\r\n"), std::string::npos);
  EXPECT_EQ(request.head.find("Expect"), std::string::npos);
  EXPECT_EQ(request.body, R"({"n":42})");
}

TEST(CloudApi, RefusalWithItsCodeAndRetryAfter) {
  TestServer server([](const HttpRequest&) {
    return Reply{http(429, R"({"error":{"message":"m","type":"OAuthException","code":130429}})",
                      "Retry-After: 7\r\n")};
  });
  Client client(server.url());
  const auto result = client.send_one();
  EXPECT_EQ(result.outcome, SendOutcome::Rejected);
  EXPECT_EQ(result.error_code, 130429);
  EXPECT_EQ(result.retry_after_ms, 7000);
}

TEST(CloudApi, WhatTheServerLeavesOpenIsUnknown) {
  EXPECT_EQ(outcome_when({http(500, "")}), SendOutcome::Unknown);
  EXPECT_EQ(outcome_when({http(502, "<html>Bad gateway</html>")}), SendOutcome::Unknown);
  EXPECT_EQ(outcome_when({http(400, "<html>no</html>")}), SendOutcome::Unknown);
  EXPECT_EQ(outcome_when({http(200, "{}")}), SendOutcome::Unknown);
  EXPECT_EQ(outcome_when({http(200, "<html>captive portal</html>")}), SendOutcome::Unknown);
  EXPECT_EQ(outcome_when({"", After::Reset}), SendOutcome::Unknown);
  EXPECT_EQ(outcome_when({"", After::Close}), SendOutcome::Unknown);
  EXPECT_EQ(outcome_when({"HTTP/1.1 200 OK\r\nContent-Le", After::Close}), SendOutcome::Unknown);
  EXPECT_EQ(outcome_when({"not http at all\r\n\r\n", After::Close}), SendOutcome::Unknown);
  EXPECT_EQ(
      outcome_when({"HTTP/1.1 200 OK\r\nContent-Length: 400\r\n\r\n{\"messages\":[{\"id\":\"wa",
                    After::Close}),
      SendOutcome::Unknown);
  EXPECT_EQ(outcome_when({http(500, R"({"error":{"message":"m","code":131000}})")}),
            SendOutcome::Unknown);
  EXPECT_EQ(outcome_when({http(200, std::string(200'000, 'x'))}), SendOutcome::Unknown);
}

TEST(CloudApi, RedirectsAreNotFollowed) {
  for (const int status : {301, 302, 303, 307, 308}) {
    EXPECT_EQ(outcome_when({http(status, "", "Location: /v26.0/7001/messages\r\n")}),
              SendOutcome::Unknown);
  }
  EXPECT_EQ(outcome_when({http(401, R"({"error":{"message":"m","code":190}})",
                               "WWW-Authenticate: Basic\r\n")}),
            SendOutcome::Rejected);
}

TEST(CloudApi, RefusalStatedInAFiveHundredIsRejected) {
  EXPECT_EQ(outcome_when({http(500, R"({"error":{"message":"m","code":131047}})")}),
            SendOutcome::Rejected);
}

TEST(CloudApi, NobodyListening) {
  std::string url;
  {
    TestServer gone([](const HttpRequest&) { return accepted(); });
    url = gone.url();
  }
  Client client(url);
  EXPECT_EQ(client.send_one().outcome, SendOutcome::NotSent);
}

TEST(CloudApi, ResetWithoutReadingTheBodyIsNeverAccepted) {
  TestServer server([](const HttpRequest&) { return accepted(); }, true);
  Client client(server.url());
  const auto outcome = client.send_one().outcome;
  EXPECT_TRUE(outcome == SendOutcome::Unknown || outcome == SendOutcome::NotSent);
  EXPECT_TRUE(server.requests().empty());
}

TEST(CloudApi, AKeptConnectionThatDiesAfterTheBodyIsNotRepeated) {
  int seen = 0;
  TestServer server([&](const HttpRequest&) {
    return ++seen == 2 ? Reply{"", After::Close} : accepted();
  });
  Client client(server.url(), [](CloudApiOptions& options) { options.connections_max = 1; });
  EXPECT_EQ(client.send_one(1).outcome, SendOutcome::Accepted);
  EXPECT_EQ(client.send_one(2).outcome, SendOutcome::Unknown);
  // Newer libcurl may notice the dead connection only when it writes: then nothing was sent, and it
  // may be decided anew.
  auto third = client.send_one(3).outcome;
  for (int again = 0; again < 4 && third == SendOutcome::NotSent; ++again)
    third = client.send_one(3).outcome;
  EXPECT_EQ(third, SendOutcome::Accepted);
  const auto requests = server.requests();
  ASSERT_EQ(requests.size(), 3U);
  EXPECT_EQ(requests[1].body, R"({"n":2})");
  EXPECT_EQ(requests[2].body, R"({"n":3})");
  // libcurl may have tried a fresh connection for the second, but had no body to give it again.
  EXPECT_LE(server.connections(), 3);
}

TEST(CloudApi, AKeptConnectionClosedInBetweenIsReplaced) {
  TestServer server([](const HttpRequest&) {
    Reply reply = accepted();
    reply.after = After::Close;  // Without saying so.
    return reply;
  });
  Client client(server.url(), [](CloudApiOptions& options) { options.connections_max = 1; });
  for (int i = 1; i <= 20; ++i) {
    // A race that nobody can win: when the server closes while we write, it is Unknown, never
    // repeated.
    const auto outcome = client.send_one(i).outcome;
    EXPECT_NE(outcome, SendOutcome::Rejected);
  }
  std::map<std::string, int> bodies;
  for (const auto& request : server.requests()) EXPECT_EQ(++bodies[request.body], 1);
}

TEST(CloudApi, NoAnswerInTimeIsUnknown) {
  std::mutex hold;
  std::unique_lock held(hold);
  TestServer server([&](const HttpRequest&) {
    const std::lock_guard wait(hold);
    return accepted();
  });
  Client client(server.url(), [](CloudApiOptions& options) { options.answer_wait_ms = 10; });
  client.api().submit({Client::request(1, 100)});
  EXPECT_EQ(client.wait_for(1).front().outcome, SendOutcome::Unknown);
  held.unlock();
}

TEST(CloudApi, ADeadlineInThePastSendsNothing) {
  TestServer server([](const HttpRequest&) { return accepted(); });
  Client client(server.url());
  client.api().submit({Client::request(1, -1), Client::request(2)});
  auto results = client.wait_for(2);
  std::ranges::sort(results, {}, [](const SendResult& one) { return one.message_id.value; });
  EXPECT_EQ(results[0].outcome, SendOutcome::NotSent);
  EXPECT_EQ(results[1].outcome, SendOutcome::Accepted);
  EXPECT_EQ(server.requests().size(), 1U);
}

// The process freezes for a minute at the n-th look at the clock, wherever that is. The body goes
// out whole or not at all, and one of these moments is after the connection stood.
TEST(CloudApi, TheDeadlineIsAskedAgainDirectlyBeforeTheBody) {
  bool was_stopped_before_the_body = false;
  // On a busy machine a timer looks between, and the moment is met in a later round.
  for (int i = 0; i < 30 || (i < 3000 && !was_stopped_before_the_body); ++i) {
    const int frozen_at = 1 + i % 30;
    TestServer server([](const HttpRequest&) { return accepted(); });
    std::atomic<int> looks = -1'000'000;
    Client client(server.url(), [&](CloudApiOptions& options) {
      options.boot_ms = [&, first = steady_clock::now()] {
        const auto real =
            std::chrono::duration_cast<std::chrono::milliseconds>(steady_clock::now() - first);
        return real.count() + (++looks >= frozen_at ? 60'000 : 0);
      };
    });
    looks = 0;
    client.api().submit({Client::request(1)});
    const auto result = client.wait_for(1).front();
    // Whom the clock took by surprise after the body asks the server sooner than it has read it.
    const size_t arrived = server.requests().size();
    if (result.outcome == SendOutcome::Unknown)
      EXPECT_LE(arrived, 1U);
    else
      EXPECT_EQ(arrived, result.outcome == SendOutcome::NotSent ? 0U : 1U);
    was_stopped_before_the_body |=
        result.detail == "no answer, the deadline had passed, nothing of the message was sent";
  }
  EXPECT_TRUE(was_stopped_before_the_body);
}

TEST(CloudApi, ManyAtOnceOverFewConnections) {
  TestServer server([](const HttpRequest& request) {
    return Reply{http(200, R"({"messages":[{"id":"wamid.)" + request.body.substr(5) + R"("}]})")};
  });
  Client client(server.url(), [](CloudApiOptions& options) { options.connections_max = 8; });
  std::vector<SendRequest> requests;
  for (int i = 1; i <= 1000; ++i) requests.push_back(Client::request(i));
  EXPECT_GE(client.api().capacity({}), 1000);
  client.api().submit(std::move(requests));
  auto results = client.wait_for(1000);
  for (const auto& result : results) {
    EXPECT_EQ(result.outcome, SendOutcome::Accepted);
    EXPECT_EQ(result.platform_id, "wamid." + std::to_string(result.message_id.value) + "}");
  }
  EXPECT_LE(server.connections(), 8);
  EXPECT_GE(client.api().capacity({}), 1000);
}

// The exact limit is proved in pacing_test; the server's threads may see two arrivals a little
// closer.
TEST(CloudApi, KeepsThePaceOnTheWire) {
  TestServer server([](const HttpRequest&) { return accepted(); });
  Client client(server.url(), [](CloudApiOptions& options) { options.messages_per_second = 20; });
  EXPECT_EQ(client.api().capacity({}), 10);
  std::vector<SendRequest> requests;
  for (int i = 1; i <= 30; ++i) requests.push_back(Client::request(i));
  client.api().submit(std::move(requests));
  EXPECT_EQ(client.api().capacity({}), 0);
  client.wait_for(30);
  auto arrivals = server.arrivals();
  std::ranges::sort(arrivals);
  for (size_t i = 20; i < arrivals.size(); ++i) {
    EXPECT_GE(arrivals[i] - arrivals[i - 20], std::chrono::milliseconds(960));
  }
  EXPECT_LT(arrivals[29] - arrivals[0], std::chrono::milliseconds(2500));
}

TEST(CloudApi, ThroughputRefusalSilencesTheNumber) {
  std::atomic<int> seen = 0;
  TestServer server([&](const HttpRequest&) {
    return ++seen == 1 ? Reply{http(429, R"({"error":{"message":"m","code":130429}})")}
                       : accepted();
  });
  Client client(server.url(), [](CloudApiOptions& options) { options.messages_per_second = 100; });
  EXPECT_EQ(client.send_one(1).outcome, SendOutcome::Rejected);
  EXPECT_EQ(client.send_one(2).outcome, SendOutcome::Accepted);
  const auto arrivals = server.arrivals();
  EXPECT_GE(arrivals[1] - arrivals[0], std::chrono::milliseconds(990));
}

TEST(CloudApi, ANewTokenIsUsedFromThenOn) {
  TestServer server([](const HttpRequest&) { return accepted(); });
  Client client(server.url());
  client.send_one(1);
  client.api().set_access_token("token-2");
  client.send_one(2);
  EXPECT_NE(server.requests().at(1).head.find("Bearer token-2\r\n"), std::string::npos);
}

TEST(CloudApi, StoppingAnswersForEverything) {
  std::mutex hold;
  std::unique_lock held(hold);
  TestServer server([&](const HttpRequest&) {
    const std::lock_guard wait(hold);
    return accepted();
  });
  Client client(server.url(), [](CloudApiOptions& options) { options.connections_max = 2; });
  client.api().submit(
      {Client::request(1), Client::request(2), Client::request(3), Client::request(4)});
  while (server.requests().size() < 2) std::this_thread::yield();
  client.api().stop(0);
  const auto results = client.api().collect();
  held.unlock();
  EXPECT_EQ(results.size(), 4U);
  EXPECT_EQ(std::ranges::count(results, SendOutcome::Unknown, &SendResult::outcome), 2);
  EXPECT_EQ(std::ranges::count(results, SendOutcome::NotSent, &SendResult::outcome), 2);
  EXPECT_EQ(server.requests().size(), 2U);
}

TEST(CloudApi, ANumberThatIsNoneIsNotSent) {
  TestServer server([](const HttpRequest&) { return accepted(); });
  Client client(server.url());
  auto request = Client::request(1);
  request.phone_number_id = "7001/../me";
  client.api().submit({request});
  EXPECT_EQ(client.wait_for(1).front().outcome, SendOutcome::NotSent);
  EXPECT_TRUE(server.requests().empty());
}

SendRequest with_document(int64_t id, std::string bytes = "%PDF-1.5", int64_t deadline_ms = 8000) {
  SendRequest request = Client::request(id, deadline_ms);
  request.body = R"({"document":{"id":""}})";
  request.attachment = Attachment{.bytes = std::move(bytes),
                                  .mime_type = "application/pdf",
                                  .file_name = "estado.pdf",
                                  .name_at = request.body.size() - 3};
  return request;
}
bool is_upload(const HttpRequest& request) {
  return request.head.starts_with("POST /v26.0/7001/media ");
}

TEST(CloudApi, UploadsADocumentFirstAndSendsItByItsName) {
  TestServer server([](const HttpRequest& request) {
    return is_upload(request) ? Reply{http(200, R"({"id":"4711"})")} : accepted();
  });
  Client client(server.url());
  client.api().submit({with_document(1)});
  EXPECT_EQ(client.wait_for(1).front().outcome, SendOutcome::Accepted);
  client.api().submit({with_document(2)});  // The same bytes are there already.
  EXPECT_EQ(client.wait_for(1).front().outcome, SendOutcome::Accepted);
  const auto requests = server.requests();
  ASSERT_EQ(requests.size(), 3U);
  ASSERT_TRUE(is_upload(requests[0]));
  EXPECT_NE(requests[0].head.find("Bearer token-1\r\n"), std::string::npos);
  for (const std::string part :
       {"%PDF-1.5", "filename=\"estado.pdf\"", "Content-Type: application/pdf", "whatsapp"}) {
    EXPECT_NE(requests[0].body.find(part), std::string::npos) << part;
  }
  EXPECT_EQ(requests[1].body, R"({"document":{"id":"4711"}})");
  EXPECT_EQ(requests[2].body, R"({"document":{"id":"4711"}})");
}

TEST(CloudApi, AnUploadThatFailsLeavesTheMessageUnsent) {
  for (const Reply& reply :
       {Reply{http(500, "")}, Reply{http(400, R"({"error":{"code":131053,"message":"no"}})")},
        Reply{"", After::Reset}, Reply{http(200, R"({"id":"\"}}"})")}, Reply{http(200, "{}")}}) {
    TestServer server(
        [&](const HttpRequest& request) { return is_upload(request) ? reply : accepted(); });
    Client client(server.url());
    client.api().submit({with_document(1), Client::request(2)});
    auto results = client.wait_for(2);
    std::ranges::sort(results, {}, [](const SendResult& one) { return one.message_id.value; });
    EXPECT_EQ(results[0].outcome, SendOutcome::NotSent) << reply.bytes;
    EXPECT_GT(results[0].retry_after_ms.value_or(0), 0);
    EXPECT_EQ(results[1].outcome, SendOutcome::Accepted);  // Others do not suffer.
    EXPECT_TRUE(std::ranges::none_of(
        server.requests(), [](const HttpRequest& one) { return one.body.contains("document"); }));
  }
}

TEST(CloudApi, ADocumentThatWasUploadedTooLateLeavesAtTheNextAttempt) {
  std::atomic<int64_t> boot_ms{1'000'000};
  TestServer server([&](const HttpRequest& request) {
    if (!is_upload(request)) return accepted();
    boot_ms += 3000;
    return Reply{http(200, R"({"id":"4711"})")};
  });
  Client client(server.url(), [&](CloudApiOptions& options) {
    options.boot_ms = [&] { return boot_ms.load(); };
  });
  client.api().submit({with_document(1, "%PDF", 2000)});
  EXPECT_EQ(client.wait_for(1).front().outcome, SendOutcome::NotSent);
  client.api().submit({with_document(1, "%PDF", 2000)});
  EXPECT_EQ(client.wait_for(1).front().outcome, SendOutcome::Accepted);
  EXPECT_EQ(std::ranges::count_if(server.requests(), is_upload), 1);
}

TEST(CloudApi, StoppingGivesUpAnUploadUnderWay) {
  std::mutex hold;
  std::unique_lock held(hold);
  TestServer server([&](const HttpRequest&) {
    const std::lock_guard wait(hold);
    return accepted();
  });
  Client client(server.url());
  std::vector<SendRequest> requests;
  for (int i = 0; i < 8; ++i) requests.push_back(with_document(i, "%PDF " + std::to_string(i)));
  client.api().submit(std::move(requests));
  while (server.requests().empty()) std::this_thread::yield();
  client.api().stop(0);
  const auto results = client.api().collect();
  held.unlock();
  EXPECT_EQ(results.size(), 8U);
  EXPECT_EQ(std::ranges::count(results, SendOutcome::NotSent, &SendResult::outcome), 8);
}

TEST(CloudApi, RefusesAddressesThatWouldLeakTheToken) {
  for (const std::string url :
       {"http://graph.facebook.com", "ftp://127.0.0.1", "", "http://127.0.0.1.example.com",
        "https://a@b", "https://x?y", "http://localhost:1@example.com"}) {
    EXPECT_FALSE(CloudApi::open({.base_url = url, .access_token = "t"})) << url;
  }
  EXPECT_FALSE(CloudApi::open({.version = "v26.0/x", .access_token = "t"}));
  EXPECT_FALSE(CloudApi::open({.access_token = ""}));
  EXPECT_FALSE(CloudApi::open({.access_token = "a\r\nX: y"}));
  EXPECT_TRUE(CloudApi::open({.access_token = "t"}));
}

}  // namespace
}  // namespace puntual::whatsapp
