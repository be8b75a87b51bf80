#include "store/test_store.h"

namespace puntual {
namespace {

class WebhooksConformance : public StoreConformance {
 protected:
  static store::WebhookEndpoint endpoint(Tx& tx, std::string types = "",
                                         CreditorId creditor = kCreditor) {
    store::WebhookEndpoint made{.id = tx.ids.next<Id<store::WebhookEndpoint>>(kNow).value,
                                .creditor_id = creditor,
                                .url = "https://erp.example.com/x",
                                .types = std::move(types),
                                .is_full = false,
                                .secrets = {std::string(32, 's')},
                                .previous_until = {},
                                .created_at = kNow,
                                .failing_since = {},
                                .disabled_at = {},
                                .disabled_why = {}};
    tx.webhooks.add(made);
    return made;
  }
  static int64_t record(Tx& tx, std::string kind, std::string detail = "", Instant at = kNow) {
    return tx.timeline.append({.creditor_id = kCreditor,
                               .debtor_id = {},
                               .at = at,
                               .kind = std::move(kind),
                               .detail = std::move(detail)},
                              tx.ids);
  }
  static std::vector<int64_t> due(Tx& tx, const store::WebhookEndpoint& one) {
    std::vector<int64_t> found;
    for (const auto& delivery : tx.webhooks.due(one.creditor_id, one.id, kNow + kDayMs, 100))
      found.push_back(delivery.event_id);
    return found;
  }
};

TEST_F(WebhooksConformance, WhatIsWantedIsPutBesideItsRecordInTheSameTransaction) {
  const auto all = in([](Tx& tx) { return endpoint(tx); });
  const auto some = in([](Tx& tx) { return endpoint(tx, "promise.*"); });
  const auto other = in([](Tx& tx) { return endpoint(tx, "", kOther); });
  const auto paid = in([](Tx& tx) { return record(tx, "paid", "1000"); });
  const auto promised = in([](Tx& tx) { return record(tx, "agreement_made", "promise 7 chat"); });
  in([](Tx& tx) { record(tx, "silent", "step_pending"); });
  const auto lost = store_->write([](Tx& tx) -> Result<void> {
    record(tx, "paid", "2000");
    return fail(ErrorCode::Conflict, "rolled back");
  });
  EXPECT_FALSE(lost);
  in([&](Tx& tx) {
    EXPECT_EQ(due(tx, all), (std::vector{paid, promised}));
    EXPECT_EQ(due(tx, some), std::vector{promised});
    EXPECT_TRUE(due(tx, other).empty());
  });
}

TEST_F(WebhooksConformance, ADisabledEndpointIsToldNothingUntilItIsEnabled) {
  const auto one = in([](Tx& tx) { return endpoint(tx); });
  in([&](Tx& tx) { tx.webhooks.disable(kCreditor, one.id, "gone", kNow); });
  in([](Tx& tx) { record(tx, "paid"); });
  in([&](Tx& tx) {
    EXPECT_TRUE(due(tx, one).empty());
    EXPECT_EQ(tx.webhooks.find(kCreditor, one.id)->disabled_why, "gone");
    tx.webhooks.enable(kCreditor, one.id);
  });
  const auto heard = in([](Tx& tx) { return record(tx, "paid"); });
  in([&](Tx& tx) { EXPECT_EQ(due(tx, one), std::vector{heard}); });
}

TEST_F(WebhooksConformance, AnAttemptIsRecordedAndTheEndpointKnowsSinceWhenItFails) {
  const auto one = in([](Tx& tx) { return endpoint(tx); });
  const auto event = in([](Tx& tx) { return record(tx, "paid"); });
  in([&](Tx& tx) {
    tx.webhooks.record(kCreditor, {.endpoint_id = one.id,
                                   .event_id = event,
                                   .attempts = 1,
                                   .next_try_at = kNow + 2 * kDayMs,
                                   .last_at = kNow,
                                   .status = 500,
                                   .latency_ms = 12,
                                   .answer = "no",
                                   .taken_at = {}});
    EXPECT_TRUE(due(tx, one).empty());
    EXPECT_EQ(tx.webhooks.find(kCreditor, one.id)->failing_since, kNow);
    EXPECT_EQ(tx.webhooks.waiting(kCreditor), 1);
    tx.webhooks.record(kCreditor, {.endpoint_id = one.id,
                                   .event_id = event,
                                   .attempts = 2,
                                   .next_try_at = {},
                                   .last_at = kNow + 1,
                                   .status = 200,
                                   .latency_ms = 7,
                                   .answer = "",
                                   .taken_at = kNow + 1});
    EXPECT_EQ(tx.webhooks.find(kCreditor, one.id)->failing_since, std::nullopt);
    EXPECT_EQ(tx.webhooks.waiting(kCreditor), 0);
    const auto log = tx.webhooks.latest(kCreditor, one.id, 10);
    ASSERT_EQ(log.size(), 1U);
    EXPECT_EQ(log[0].status, 200);
    EXPECT_EQ(log[0].attempts, 2);
    tx.webhooks.ask(kCreditor, one.id, event, kNow);
    EXPECT_EQ(due(tx, one), std::vector{event});
    EXPECT_EQ(tx.webhooks.due(kCreditor, one.id, kNow, 1).at(0).attempts, 0);
  });
}

TEST_F(WebhooksConformance, SecretsAreSealedAndOpenOnlyInTheirRow) {
  const auto one = in([](Tx& tx) { return endpoint(tx); });
  in([&](Tx& tx) {
    auto rotated = one;
    rotated.secrets = {std::string(32, 'n'), std::string(32, 's')};
    rotated.previous_until = kNow + kDayMs;
    tx.webhooks.set_secrets(rotated);
    const auto found = tx.webhooks.find(kCreditor, one.id);
    EXPECT_EQ(found->secrets, rotated.secrets);
    EXPECT_EQ(found->previous_until, kNow + kDayMs);
    auto rows = tx.db.query("SELECT secrets FROM webhook_endpoint");
    ASSERT_TRUE(rows.next());
    EXPECT_FALSE(rows.bytes(0).contains("nnnn"));
  });
  in([](Tx& tx) { (void)endpoint(tx); });
  const auto swapped = store_->write([](Tx& tx) -> Result<void> {
    tx.db.run(
        "UPDATE webhook_endpoint SET secrets=(SELECT secrets FROM webhook_endpoint ORDER BY id "
        "LIMIT 1)");
    (void)tx.webhooks.all(kCreditor);
    return {};
  });
  ASSERT_FALSE(swapped);
  EXPECT_EQ(swapped.error().code, ErrorCode::Unsafe);
}

TEST_F(WebhooksConformance, EventsAreReadFromTheTimelineAlsoFromBeforeAnybodyHeard) {
  std::vector<int64_t> paid;
  in([&](Tx& tx) {
    for (int i = 0; i < 600; ++i) {
      record(tx, "suspended", "agreement chat");
      if (i % 100 == 0) paid.push_back(record(tx, "paid", "", kNow + i));
    }
    record(tx, "paid", "", kNow + kDayMs);
  });
  in([&](Tx& tx) {
    const auto ids = [](const std::vector<TimelineEvent>& events) {
      std::vector<int64_t> found;
      for (const auto& one : events) found.push_back(one.id);
      return found;
    };
    EXPECT_EQ(ids(tx.webhooks.events(kCreditor, 0, kNow + kHourMs, "", 100)), paid);
    EXPECT_EQ(ids(tx.webhooks.events(kCreditor, paid[1], kNow + kHourMs, "payment.*", 2)),
              (std::vector{paid[2], paid[3]}));
    EXPECT_TRUE(tx.webhooks.events(kCreditor, 0, kNow + kHourMs, "task.*", 100).empty());
    EXPECT_TRUE(tx.webhooks.event(kCreditor, paid[0]));
    EXPECT_FALSE(tx.webhooks.event(kCreditor, paid[0] - 1));
    EXPECT_LE(store::first_id_at(kNow), paid[0]);
  });
}

TEST_F(WebhooksConformance, WhatHasEndedLongAgoIsForgottenAndWhatWaitsIsNot) {
  const auto one = in([](Tx& tx) { return endpoint(tx); });
  const auto [done, waits] =
      in([](Tx& tx) { return std::pair(record(tx, "paid"), record(tx, "paid")); });
  in([&](Tx& tx) {
    tx.webhooks.record(kCreditor, {.endpoint_id = one.id,
                                   .event_id = done,
                                   .attempts = 1,
                                   .next_try_at = {},
                                   .last_at = kNow,
                                   .status = 200,
                                   .latency_ms = 1,
                                   .answer = "",
                                   .taken_at = kNow});
    EXPECT_EQ(tx.webhooks.forget(kCreditor, kNow - kDayMs, 100), 0);
    EXPECT_EQ(tx.webhooks.forget(kCreditor, kNow + kDayMs, 100), 1);
    EXPECT_EQ(due(tx, one), std::vector{waits});
    EXPECT_TRUE(tx.webhooks.remove(kCreditor, one.id));
    EXPECT_FALSE(tx.webhooks.remove(kCreditor, one.id));
  });
}

}  // namespace
}  // namespace puntual
