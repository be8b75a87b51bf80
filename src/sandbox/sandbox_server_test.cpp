// The sandbox over real HTTP: a client sends, a receiver of ours checks handshake and signatures.
#include "sandbox/sandbox_server.h"

#include <curl/curl.h>
#include <gtest/gtest.h>

#include <condition_variable>
#include <mutex>

#include "base/crypto.h"
#include "base/json.h"
#include "http/server.h"

namespace puntual::sandbox {
namespace {

// What a business runs: answers the handshake, keeps the updates whose signature is right.
class Receiver {
 public:
  Receiver() {
    http::Router router;
    router.add(http::Method::Get, "/hook", [this](const http::Request& request) {
      const bool knows = request.query("hub.mode") == "subscribe" &&
                         request.query("hub.verify_token") == "prueba ñ";
      if (!knows) return http::text_response(403, "");
      const std::lock_guard lock(mutex_);
      ++handshakes_;
      changed_.notify_all();
      return http::text_response(200, *request.query("hub.challenge"));
    });
    router.add(http::Method::Post, "/hook", [this](const http::Request& request) {
      const std::lock_guard lock(mutex_);
      if (refuse_next_ > 0) return --refuse_next_, http::text_response(503, "");
      const bool valid = request.headers.get("X-Hub-Signature-256") ==
                         "sha256=" + hex(hmac_sha256("secreto", request.body));
      bodies_.push_back(valid ? request.body : "invalid signature");
      changed_.notify_all();
      return http::text_response(200, "");
    });
    server_ = *http::Server::start(std::move(router), {});
  }
  ~Receiver() { server_->stop(); }

  std::string url() const { return server_->base_url() + "/hook"; }
  void refuse(int times) {
    const std::lock_guard lock(mutex_);
    refuse_next_ = times;
  }
  // Waits until something with this text has come.
  bool gets(std::string_view text) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, std::chrono::seconds(10), [&] {
      return std::ranges::any_of(bodies_,
                                 [&](const std::string& body) { return body.contains(text); });
    });
  }
  bool was_greeted() {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, std::chrono::seconds(10), [&] { return handshakes_ > 0; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::string> bodies_;
  int handshakes_ = 0;
  int refuse_next_ = 0;
  std::unique_ptr<http::Server> server_;
};

struct Answer {
  long status = 0;
  CURLcode result = CURLE_OK;
  std::string body;
};

size_t keep(char* data, size_t, size_t size, void* into) {
  static_cast<std::string*>(into)->append(data, size);
  return size;
}

Answer post(const std::string& url, const std::string& body) {
  Answer answer;
  CURL* easy = curl_easy_init();
  curl_slist* headers = curl_slist_append(nullptr, "Authorization: Bearer sandbox-token");
  curl_easy_setopt(easy, CURLOPT_URL, url.c_str());
  curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
  curl_easy_setopt(easy, CURLOPT_COPYPOSTFIELDS, body.c_str());
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, keep);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, &answer.body);
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_PROXY, "");
  curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, 5000L);
  answer.result = curl_easy_perform(easy);
  curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &answer.status);
  curl_slist_free_all(headers);
  curl_easy_cleanup(easy);
  return answer;
}

class SandboxProcess : public testing::Test {
 protected:
  void SetUp() override {
    SandboxOptions options;
    options.platform.app_secret = "secreto";
    options.platform.sent_after = options.platform.delivered_after =
        options.platform.read_after = {0, 0};
    options.webhook_url = receiver_.url();
    options.verify_token = "prueba ñ";
    options.start_at = *parse_rfc3339("2027-01-04T15:00:00Z");
    auto started = SandboxServer::start(std::move(options));
    ASSERT_TRUE(started) << started.error().message;
    sandbox_ = std::move(*started);
    messages_ = sandbox_->base_url() + "/v26.0/106540352242922/messages";
  }
  Answer control(std::string_view verb, const std::string& body) {
    return post(fmt::format("{}/_sandbox/{}", sandbox_->base_url(), verb), body);
  }
  static std::string text_to(std::string_view to) {
    return fmt::format(
        R"({{"messaging_product":"whatsapp","to":"{}","type":"text","text":{{"body":"Hola"}}}})",
        to);
  }

  Receiver receiver_;
  std::unique_ptr<SandboxServer> sandbox_;
  std::string messages_;
};

TEST_F(SandboxProcess, SendsAndTellsWhatBecameOfIt) {
  EXPECT_TRUE(receiver_.was_greeted());
  EXPECT_EQ(control("say", R"({"from":"+573001234567","text":"ya pagué"})").status, 200);
  EXPECT_TRUE(receiver_.gets(R"(ya pagu\u00e9)"));
  const auto sent = post(messages_, text_to("+573001234567"));
  EXPECT_EQ(sent.status, 200) << sent.body;
  EXPECT_TRUE(receiver_.gets(R"("status":"sent")"));
  EXPECT_TRUE(receiver_.gets(R"("status":"delivered")"));
  EXPECT_EQ(
      post(
          messages_,
          R"({"messaging_product":"whatsapp","to":"+573001234567","type":"interactive","interactive":{"type":"button",
    "body":{"text":"x"},"action":{"buttons":[{"type":"reply","reply":{"id":"1","title":"Sí"}}]}}})")
          .status,
      200);
  EXPECT_EQ(
      post(
          sandbox_->base_url() + "/v26.0/102290129340398/message_templates",
          R"({"name":"aviso","language":"es_CO","category":"UTILITY","components":[{"type":"BODY","text":"Tu factura vence."}]})")
          .status,
      200);
  EXPECT_TRUE(receiver_.gets(R"("event":"APPROVED")"));
  const auto by_template = post(
      messages_,
      R"({"messaging_product":"whatsapp","to":"+573007654321","type":"template","template":{"name":"aviso","language":{"code":"es_CO"}}})");
  EXPECT_EQ(by_template.status, 200) << by_template.body;
  EXPECT_TRUE(receiver_.gets(R"("category":"utility")"));
}

TEST_F(SandboxProcess, RepeatsWhatWasNotTakenWhenTheClockLeaps) {
  receiver_.refuse(1);
  control("say", R"({"from":"+573001234567","text":"insiste"})");
  EXPECT_EQ(control("clock", R"({"advance_seconds":60})").status, 200);
  EXPECT_TRUE(receiver_.gets("insiste"));
  EXPECT_EQ(control("clock", R"({"advance_seconds":-1})").status, 400);
  EXPECT_GE(sandbox_->now(), *parse_rfc3339("2027-01-04T15:01:00Z"));
}

TEST_F(SandboxProcess, BreaksConnectionsOnRequest) {
  control("say", R"({"from":"+573001234567","text":"hola"})");
  control(
      "faults",
      R"({"send":[{"kind":"reset_after"},{"kind":"truncated"},{"kind":"hang"},{"kind":"html"}]})");
  EXPECT_NE(post(messages_, text_to("+573001234567")).result, CURLE_OK);
  EXPECT_EQ(post(messages_, text_to("+573001234567")).result, CURLE_PARTIAL_FILE);
  EXPECT_EQ(post(messages_, text_to("+573001234567")).result, CURLE_OPERATION_TIMEDOUT);
  EXPECT_EQ(post(messages_, text_to("+573001234567")).status, 502);
  EXPECT_TRUE(receiver_.gets(R"("status":"sent")"));
}

TEST_F(SandboxProcess, SaysWhereItIs) {
  const auto line = *parse_json(sandbox_->ready_line());
  EXPECT_EQ(*member_text(line, "base_url"), sandbox_->base_url());
  EXPECT_EQ(*member_text(line, "access_token"), "sandbox-token");
  EXPECT_EQ(*member_text(line, "graph_version"), "v26.0");
}

}  // namespace
}  // namespace puntual::sandbox
