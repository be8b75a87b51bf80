// Against an HTTP server on this machine.
#include "on_ramp/sms.h"

#include <gtest/gtest.h>

#include "on_ramp/channels.h"
#include "tests/support/listener.h"

namespace puntual::on_ramp {
namespace {

// Answers every POST as told, and remembers it.
class Provider {
 public:
  explicit Provider(std::string status)
      : status_(std::move(status)), listener_([this](int fd) { serve(fd); }) {}
  [[nodiscard]] std::string url() const {
    return fmt::format("http://127.0.0.1:{}/v1/sms", listener_.port());
  }
  [[nodiscard]] std::string heard() const {
    const std::lock_guard lock(mutex_);
    return heard_;
  }

 private:
  void serve(int fd) {
    const auto request = tests::read_request(fd);
    if (!request) return;
    {
      const std::lock_guard lock(mutex_);
      heard_ += request->head + request->body;
    }
    if (!status_.empty()) tests::send_status(fd, status_);
  }
  std::string status_;
  mutable std::mutex mutex_;
  std::string heard_;
  tests::Listener listener_;
};

constexpr char kBody[] = R"({"to":"{{to}}","text":"{{text}}"})";

SendRequest sms_to(std::string phone) {
  SendRequest request{.creditor_id = {1},
                      .message_id = {7},
                      .debtor_id = {3},
                      .attempt_id = "00000000000000000000000000000007",
                      .phone_number_id = {},
                      .recipient = std::move(phone),
                      .body = "Le escribe \"Laura\".\nBAJA",
                      .deadline = {}};
  request.channel = Channel::Sms;
  return request;
}

TEST(Sms, IsPostedAsTheSettingsDescribe) {
  Provider provider("201 Created");
  const auto sms =
      Sms::open({.url = provider.url(), .header = "Authorization: Bearer secreto", .body = kBody});
  ASSERT_TRUE(sms) << sms.error().message;
  EXPECT_EQ((*sms)->send(sms_to("+573001234567"), 5000).outcome, SendOutcome::Accepted);
  const std::string heard = provider.heard();
  EXPECT_NE(heard.find("\r\nAuthorization: Bearer secreto\r\n"), std::string::npos);
  EXPECT_NE(heard.find(R"({"to":"+573001234567","text":"Le escribe \"Laura\".\nBAJA"})"),
            std::string::npos)
      << heard;
}

TEST(Sms, SaysWhatBecameOfIt) {
  const std::pair<const char*, SendOutcome> cases[] = {
      {"400 Bad Request", SendOutcome::Rejected}, {"404 Not Found", SendOutcome::Rejected},
      {"401 Unauthorized", SendOutcome::NotSent}, {"429 Too Many", SendOutcome::NotSent},
      {"503 Unavailable", SendOutcome::Unknown},  {"", SendOutcome::Unknown}};
  for (const auto& [status, outcome] : cases) {
    Provider provider(status);
    const auto sms = Sms::open({.url = provider.url(), .header = {}, .body = kBody});
    EXPECT_EQ((*sms)->send(sms_to("+573001234567"), 5000).outcome, outcome) << status;
  }
  int closed_port = 0;
  {
    tests::Listener gone([](int) {});
    closed_port = gone.port();
  }
  const auto sms = Sms::open(
      {.url = fmt::format("http://127.0.0.1:{}/", closed_port), .header = {}, .body = kBody});
  EXPECT_EQ((*sms)->send(sms_to("+573001234567"), 5000).outcome, SendOutcome::NotSent);
}

TEST(Sms, SettingsThatCannotWorkAreNamed) {
  EXPECT_FALSE(Sms::open({.url = "http://sms.example.com/", .header = {}, .body = kBody}));
  EXPECT_FALSE(Sms::open(
      {.url = "https://sms.example.com/", .header = "Authorization: x\r\nHost: y", .body = kBody}));
  EXPECT_FALSE(
      Sms::open({.url = "https://sms.example.com/", .header = {}, .body = R"({"to":"{{to}}"})"}));
  EXPECT_FALSE(Sms::open({.url = "https://sms.example.com/",
                          .header = {},
                          .body = R"({"to":{{to}},"text":"{{text}}})"}));
  EXPECT_TRUE(Sms::open({.url = "https://sms.example.com/", .header = {}, .body = kBody}));
}

// What a value holds is not read as a template again.
TEST(Sms, ValuesAreNotTemplates) {
  EXPECT_EQ(sms_body(kBody, "{{text}}", "{{to}}"), R"({"to":"{{text}}","text":"{{to}}"})");
}

class WhatsAppBeside final : public WhatsAppChannel {
 public:
  void submit(std::vector<SendRequest> requests) override {
    std::ranges::move(requests, std::back_inserter(submitted));
  }
  std::vector<SendResult> collect() override { return {}; }
  int capacity(Instant) override { return 9; }
  std::vector<SendRequest> submitted;
};

TEST(Channels, EachGoesItsWay) {
  Provider provider("200 OK");
  WhatsAppBeside whatsapp;
  Ways ways;
  ways.sms = *Sms::open({.url = provider.url(), .header = {}, .body = kBody});
  const Instant now = *parse_rfc3339("2026-11-24T09:00:00-05:00");
  Channels channels(whatsapp, std::move(ways), [now] { return now; }, {});
  SendRequest plain = sms_to("+573001234567"), by_sms = plain, by_email = plain, late = plain;
  plain.channel = Channel::WhatsApp;
  by_email.channel = Channel::Email;
  by_email.message_id = {8};
  late.message_id = {9};
  plain.deadline = by_sms.deadline = by_email.deadline = now + 5000;
  late.deadline = now;
  channels.submit({plain, by_sms, by_email, late});
  std::map<int64_t, SendOutcome> outcomes;
  while (outcomes.size() < 3) {
    for (const auto& result : channels.collect())
      outcomes[result.message_id.value] = result.outcome;
    std::this_thread::yield();
  }
  EXPECT_EQ(outcomes[7], SendOutcome::Accepted);
  EXPECT_EQ(outcomes[8], SendOutcome::NotSent);  // No such way is set up.
  EXPECT_EQ(outcomes[9], SendOutcome::NotSent);  // Its deadline had passed.
  EXPECT_EQ(whatsapp.submitted.size(), 1u);
  EXPECT_EQ(channels.capacity(now), 9);
  channels.stop();
  channels.submit({by_sms});
  channels.stop();
  ASSERT_EQ(channels.collect().size(), 1u);
}

}  // namespace
}  // namespace puntual::on_ramp
