// Events told to a real HTTP server on this machine, by a clock that the test moves.
#include "app/webhook_sender.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "app/config.h"
#include "app/conversation_job.h"
#include "app/user_job.h"
#include "app/webhook_job.h"
#include "base/crypto.h"
#include "base/json.h"
#include "engine/note.h"
#include "tests/support/listener.h"

namespace puntual {
namespace {

using Told = tests::HeardRequest;

// An ERP that answers what it is told to, the last answer again and again.
class Erp {
 public:
  explicit Erp(std::vector<std::string> answers = {"200 OK"})
      : answers_(std::move(answers)), listener_([this](int fd) { serve(fd); }) {}
  [[nodiscard]] std::string url(std::string_view scheme = "http") const {
    return fmt::format("{}://127.0.0.1:{}/x", scheme, listener_.port());
  }
  [[nodiscard]] std::vector<Told> told() const {
    const std::lock_guard lock(mutex_);
    return told_;
  }
  [[nodiscard]] int connections() const { return listener_.connections(); }

 private:
  void serve(int fd) {
    auto request = tests::read_request(fd);
    if (!request) return;
    const std::lock_guard lock(mutex_);
    told_.push_back(*std::move(request));
    tests::send_status(fd, answers_[std::min(told_.size(), answers_.size()) - 1]);
  }
  std::vector<std::string> answers_;
  mutable std::mutex mutex_;
  std::vector<Told> told_;
  tests::Listener listener_;
};

// The signature as the receiver makes it, of what has arrived.
std::string signature_by_receiver(const Told& told, const std::string& secret) {
  const std::string key = bytes_of_base64(secret.substr(6)).value_or("");
  const std::string content =
      told.header("webhook-id") + "." + told.header("webhook-timestamp") + "." + told.body;
  const Digest digest = hmac_sha256(key, content);
  return "v1," + base64({reinterpret_cast<const char*>(digest.data()), digest.size()});
}

class WebhookSenderTest : public testing::Test {
 protected:
  WebhookSenderTest() {
    auto opened = Store::open("sqlite::memory:");
    EXPECT_TRUE(opened) << opened.error().message;
    store = *std::move(opened);
    const auto config = load_config("", {});
    EXPECT_TRUE(config);
    creditor = config->creditor;
    EXPECT_TRUE(store->write([&](Tx& tx) { tx.creditors.save(creditor); }));
  }
  template <class F>
  auto write(F&& f) {
    auto answer = store->write(std::forward<F>(f));
    if (!answer) ADD_FAILURE() << answer.error().message;
    if constexpr (!std::is_void_v<typename decltype(answer)::value_type>) return *std::move(answer);
  }
  json::value add(const std::string& url, std::string types = "", bool is_full = false) {
    return parsed(add_endpoint_job(
        *store, creditor, options,
        to_json(json::object{{"url", url}, {"types", types}, {"full", is_full}, {"by", "ana"}}),
        operator_principal(), now));
  }
  json::value order(const json::value& endpoint, std::string_view verb, json::object body = {}) {
    body["by"] = "ana";
    return parsed(run_endpoint_job(*store, creditor, text_in(endpoint, "id"), verb, to_json(body),
                                   operator_principal(), now));
  }
  static json::value parsed(const Result<std::string>& answer) {
    if (!answer) ADD_FAILURE() << answer.error().message;
    return parse_json(answer.value_or("{}")).value_or(json::value());
  }
  int64_t happens(std::string kind, std::string detail = "", DebtorId debtor = {}) {
    return write([&](Tx& tx) {
      return tx.timeline.append({.creditor_id = creditor.id,
                                 .debtor_id = debtor,
                                 .at = now,
                                 .kind = std::move(kind),
                                 .detail = std::move(detail)},
                                tx.ids);
    });
  }
  int tell() {
    const auto made = tell_events(*store, creditor, options, random, now);
    if (!made) ADD_FAILURE() << made.error().message;
    return made.value_or(-1);
  }
  // What waits there for somebody.
  std::string inbox() {
    std::string kinds;
    const json::value page = parsed(list_conversations_job(*store, creditor, {}, now));
    for (const auto& one : *member_array(page, "conversations"))
      kinds += text_in(*member(one, "task"), "kind");
    return kinds;
  }
  store::WebhookEndpoint only() {
    return write([&](Tx& tx) { return tx.webhooks.all(creditor.id).at(0); });
  }

  Instant now = *parse_rfc3339("2026-11-24T14:00:00Z");
  hooks::PostOptions options{.private_hosts = {"127.0.0.1"}, .patience_ms = 5'000};
  SeededRandom random{7};
  std::unique_ptr<Store> store;
  Creditor creditor;
};

TEST_F(WebhookSenderTest, AnEventArrivesSignedUnderItsRecordsId) {
  const Erp erp;
  const auto endpoint = add(erp.url());
  const int64_t record = happens("opted_out", "whatsapp by ana");
  EXPECT_EQ(tell(), 1);
  EXPECT_EQ(tell(), 0);
  ASSERT_EQ(erp.told().size(), 1U);
  const Told told = erp.told()[0];
  EXPECT_EQ(told.header("webhook-id"), fmt::format("evt_{}", record));
  EXPECT_EQ(told.header("webhook-timestamp"), std::to_string(now.ms / 1000));
  EXPECT_EQ(told.header("webhook-signature"),
            signature_by_receiver(told, text_in(endpoint, "secret")));
  const auto body = parse_json(told.body);
  ASSERT_TRUE(body);
  EXPECT_EQ(text_in(*body, "type"), "debtor.opted_out");
  EXPECT_EQ(text_in(*body, "timestamp"), "2026-11-24T14:00:00Z");
}

TEST_F(WebhookSenderTest, TriesAgainLaterUnderTheSameIdUntilItIsTaken) {
  const Erp erp({"500 No", "302 Found\r\nLocation: http://127.0.0.1:1/", "204 Yes"});
  add(erp.url());
  happens("paid");
  EXPECT_EQ(tell(), 1);
  EXPECT_EQ(only().failing_since, now);
  now = now + 4'999;
  EXPECT_EQ(tell(), 0);
  now = now + 1'000;
  EXPECT_EQ(tell(), 1);
  now = now + 4 * kMinuteMs;
  EXPECT_EQ(tell(), 0);
  now = now + 2 * kMinuteMs;
  EXPECT_EQ(tell(), 1);
  now = now + 30 * kDayMs;
  EXPECT_EQ(tell(), 0);
  const auto told = erp.told();
  ASSERT_EQ(told.size(), 3U);
  EXPECT_EQ(told[0].header("webhook-id"), told[2].header("webhook-id"));
  EXPECT_NE(told[0].header("webhook-timestamp"), told[2].header("webhook-timestamp"));
  EXPECT_EQ(only().failing_since, std::nullopt);
}

TEST_F(WebhookSenderTest, WaitsAsLongAsTheReceiverWishes) {
  const Erp erp({"503 Busy\r\nRetry-After: 3600", "200 OK"});
  add(erp.url());
  happens("paid");
  EXPECT_EQ(tell(), 1);
  now = now + 3'599'000;
  EXPECT_EQ(tell(), 0);
  now = now + 2'000;
  EXPECT_EQ(tell(), 1);
}

TEST_F(WebhookSenderTest, AfterTenAttemptsAnEventIsGivenUpAndAfterFiveDaysTheEndpoint) {
  const Erp erp({"500 No"});
  const auto endpoint = add(erp.url());
  happens("paid");
  int attempts = 0;
  for (; now < only().created_at + 4 * kDayMs; now = now + kHourMs) attempts += tell();
  EXPECT_EQ(attempts, 10);
  EXPECT_FALSE(only().disabled_at);
  now = now + kDayMs + kHourMs;
  happens("paid");
  EXPECT_EQ(tell(), 1);
  EXPECT_EQ(only().disabled_why, "nothing_taken_for_5_days");
  EXPECT_EQ(inbox(), "webhook_down");
  happens("paid");
  now = now + kHourMs;
  EXPECT_EQ(tell(), 0);
  order(endpoint, "enable");
  EXPECT_EQ(inbox(), "");
  EXPECT_EQ(tell(), 1);  // The one that was still waiting.
}

TEST_F(WebhookSenderTest, WhoSaysThatItIsGoneIsToldNoMoreAndTheOthersHearOfThat) {
  const Erp gone({"410 Gone"}), other;
  add(gone.url(), "payment.*");
  add(other.url(), "webhook.*");
  happens("paid");
  happens("paid");
  tell();
  EXPECT_EQ(only().disabled_why, "gone");
  tell();
  EXPECT_EQ(gone.told().size(), 1U);
  ASSERT_EQ(other.told().size(), 1U);
  EXPECT_TRUE(other.told()[0].body.contains("webhook.disabled"));
}

TEST_F(WebhookSenderTest, OneThatIsDownHoldsUpNobody) {
  const Erp down({"500 No"}), well;
  add(down.url());
  add(well.url());
  for (int i = 0; i < 5; ++i) happens("paid");
  EXPECT_EQ(tell(), 6);
  EXPECT_EQ(well.told().size(), 5U);
}

TEST_F(WebhookSenderTest, AnAddressOfOursIsNotConnectedTo) {
  const Erp erp;
  std::string url = erp.url("https");
  url.replace(url.find("127.0.0.1"), 9, "localhost");
  options.private_hosts = {"localhost"};
  add(url);
  options.private_hosts.clear();  // Since then the settings name it no more; so with any name that
                                  // leads here by now.
  EXPECT_FALSE(hooks::check_url(url, options));
  happens("paid");
  EXPECT_EQ(tell(), 1);
  EXPECT_EQ(erp.connections(), 0);
  const auto log = write([&](Tx& tx) {
    return tx.webhooks.latest(creditor.id, tx.webhooks.all(creditor.id)[0].id, 1);
  });
  EXPECT_TRUE(log.at(0).answer.contains("not public")) << log.at(0).answer;
}

TEST_F(WebhookSenderTest, BothSecretsSignForADay) {
  const Erp erp;
  const auto endpoint = add(erp.url());
  const auto rotated = order(endpoint, "rotate");
  const std::string before = text_in(endpoint, "secret"), after = text_in(rotated, "secret");
  EXPECT_NE(before, after);
  happens("paid");
  tell();
  const Told both = erp.told().at(0);
  EXPECT_EQ(both.header("webhook-signature"),
            signature_by_receiver(both, after) + " " + signature_by_receiver(both, before));
  now = now + kDayMs;
  happens("paid");
  tell();
  const Told one = erp.told().at(1);
  EXPECT_EQ(one.header("webhook-signature"), signature_by_receiver(one, after));
}

TEST_F(WebhookSenderTest, IsToldAgainByIdOrByTimeUnderTheSameIds) {
  const int64_t before = happens("paid");  // Nobody heard yet.
  now = now + kHourMs;
  const Erp erp;
  const auto endpoint = add(erp.url(), "payment.*");
  const int64_t heard = happens("paid");
  happens("opted_out");
  EXPECT_EQ(tell(), 1);
  now = now + kHourMs;
  EXPECT_EQ(
      member_int(order(endpoint, "replay", {{"event", fmt::format("evt_{}", before)}}), "asked"),
      1);
  EXPECT_EQ(tell(), 1);
  EXPECT_EQ(member_int(order(endpoint, "replay", {{"from", "2026-11-24T14:00:00Z"}}), "asked"), 2);
  EXPECT_EQ(tell(), 2);
  std::vector<std::string> ids;
  for (const auto& told : erp.told()) ids.push_back(told.header("webhook-id"));
  const std::string first = fmt::format("evt_{}", before), second = fmt::format("evt_{}", heard);
  EXPECT_EQ(ids, (std::vector{second, first, first, second}));
  const auto nothing = run_endpoint_job(*store, creditor, text_in(endpoint, "id"), "replay",
                                        R"({"by":"ana"})", operator_principal(), now);
  EXPECT_FALSE(nothing);
}

TEST_F(WebhookSenderTest, ATestEventGoesToTheOneItIsFor) {
  const Erp erp, other;
  const auto endpoint = add(erp.url(), "payment.*");
  add(other.url());
  const auto triggered = order(endpoint, "trigger");
  EXPECT_EQ(tell(), 1);
  EXPECT_EQ(other.told().size(), 0U);
  ASSERT_EQ(erp.told().size(), 1U);
  EXPECT_EQ(erp.told()[0].header("webhook-id"), text_in(triggered, "event"));
  EXPECT_TRUE(erp.told()[0].body.contains("\"webhook.test\""));
}

TEST_F(WebhookSenderTest, OnlyWhoAskedForItIsToldNamesAndNobodyOfThoseErased) {
  const Erp thin, full;
  add(thin.url());
  add(full.url(), "", true);
  const DebtorId debtor = write([&](Tx& tx) {
    const Debtor made{.id = tx.ids.next<DebtorId>(now),
                      .creditor_id = creditor.id,
                      .name = "Ana Ruiz",
                      .country = "CO",
                      .zone = "America/Bogota",
                      .phone = "+573000000001",
                      .user_id = "",
                      .email = ""};
    tx.debtors.insert(made, now);
    tx.debtors.hold(creditor.id, {made.id});
    tx.debtors.add_identifier(creditor.id, made.id, IdentifierKind::Document, "CC10000001");
    return made.id;
  });
  happens("opted_out", "whatsapp by ana", debtor);
  tell();
  EXPECT_FALSE(thin.told().at(0).body.contains("Ana"));
  EXPECT_FALSE(thin.told().at(0).body.contains("57300"));
  for (const auto* part : {"Ana Ruiz", "+573000000001", "CC10000001"})
    EXPECT_TRUE(full.told().at(0).body.contains(part)) << full.told()[0].body;
  ASSERT_TRUE(store->erase(creditor.id, debtor, now).value_or(false));
  now = now + kHourMs;
  write([&](Tx& tx) {
    for (const auto& one : tx.webhooks.all(creditor.id)) {
      for (const auto& event : tx.webhooks.events(creditor.id, 0, now, "debtor.opted_out", 10))
        tx.webhooks.ask(creditor.id, one.id, event.id, now);
    }
  });
  tell();
  for (const auto& told : full.told()) {
    EXPECT_EQ(told.body.contains("Ana"),
              told.header("webhook-timestamp") != std::to_string(now.ms / 1000) &&
                  told.body.contains("opted_out"))
        << told.body;
  }
  EXPECT_EQ(full.told().size(), 3U);  // Opted out, erased, opted out again.
}

TEST_F(WebhookSenderTest, ABodyIsNeverLongerThanWhatWasPromised) {
  const Erp full;
  add(full.url(), "", true);
  const DebtorId debtor = write([&](Tx& tx) {
    const Debtor made{.id = tx.ids.next<DebtorId>(now),
                      .creditor_id = creditor.id,
                      .name = std::string(5'000, 'x'),
                      .country = "CO",
                      .zone = "America/Bogota",
                      .phone = "+573000000001",
                      .user_id = "",
                      .email = std::string(5'000, '\x01')};
    tx.debtors.insert(made, now);
    return made.id;
  });
  happens("opted_out", "whatsapp by ana", debtor);
  happens("task_opened", std::string(100'000, '\x02'), debtor);
  write([&](Tx& tx) {
    tx.timeline.append({.creditor_id = creditor.id,
                        .debtor_id = debtor,
                        .at = now,
                        .kind = "agreement_made",
                        .detail = "plan 7 api",
                        .facts = to_json(json::object{{"currency", std::string(3'000, '\x01')},
                                                      {"total_minor", 1}})},
                       tx.ids);
  });
  EXPECT_EQ(tell(), 3);
  for (const auto& told : full.told()) {
    EXPECT_LE(told.body.size(), 20'000U);
    EXPECT_TRUE(parse_json(told.body)) << told.body;
  }
}

TEST_F(WebhookSenderTest, ListsWhatHappenedWithOrWithoutAnEndpoint) {
  happens("paid");
  happens("silent");
  happens("task_opened", "dispute");
  now = now + kSecondMs;
  const auto all = parsed(list_events_job(
      *store, creditor, {.types = "", .from = "2026-11-24", .to = "", .after = "", .limit = "1"},
      now));
  ASSERT_EQ(member_array(all, "events")->size(), 1U);
  const auto rest = parsed(list_events_job(
      *store, creditor,
      {.types = "", .from = "", .to = "", .after = text_in(all, "next"), .limit = ""}, now));
  ASSERT_EQ(member_array(rest, "events")->size(), 1U);
  EXPECT_EQ(text_in((*member_array(rest, "events"))[0], "type"), "task.opened");
  EXPECT_TRUE(member(rest, "next")->is_null());
  EXPECT_FALSE(list_events_job(
      *store, creditor, {.types = "paid", .from = "", .to = "", .after = "", .limit = ""}, now));
}

}  // namespace
}  // namespace puntual
