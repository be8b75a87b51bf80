#include <gtest/gtest.h>

#include "core/events/event.h"
#include "core/events/standard_webhook.h"

namespace puntual::events {
namespace {

std::string_view type_of_record(std::string kind, std::string detail) {
  TimelineEvent record;
  record.kind = std::move(kind);
  record.detail = std::move(detail);
  return type_of(record);
}

TEST(Events, AreSeenInTheRecordsOfTheTimeline) {
  EXPECT_EQ(type_of_record("paid", "150000"), "payment.received");
  EXPECT_EQ(type_of_record("agreement_made", "promise 7 chat"), "promise.made");
  EXPECT_EQ(type_of_record("agreement_broken", "plan 7 ledger"), "agreement.ended");
  EXPECT_EQ(type_of_record("suspended", "dispute chat"), "dispute.opened");
  EXPECT_EQ(type_of_record("rejected", "131026"), "message.failed");
}

TEST(Events, OurOwnAffairsAreNone) {
  EXPECT_EQ(type_of_record("suspended", "agreement chat"), "");
  EXPECT_EQ(type_of_record("silent", "step_pending"), "");
  EXPECT_EQ(type_of_record("agreement_made", "promises 7"), "");
}

TEST(Events, AnIdLeadsBackToItsRecord) {
  EXPECT_EQ(record_of(id_of(7654321)), 7654321);
  for (const auto* wrong :
       {"", "evt_", "evt_0", "evt_-1", "evt_12x", "msg_12", "evt_99999999999999999999"})
    EXPECT_FALSE(record_of(wrong)) << wrong;
}

TEST(Events, AnEndpointChoosesTypesAndFamilies) {
  EXPECT_TRUE(is_wanted("", "payment.received"));
  EXPECT_TRUE(is_wanted("task.opened payment.*", "payment.reversed"));
  EXPECT_FALSE(is_wanted("task.opened payment.*", "task.closed"));
  EXPECT_EQ(read_types("payment.*, task.opened").value_or(""), "payment.* task.opened");
  const auto wrong = read_types("payment.recieved");
  ASSERT_FALSE(wrong);
  EXPECT_TRUE(wrong.error().message.contains("did you mean 'payment.received'?"))
      << wrong.error().message;
  EXPECT_FALSE(read_types("pay.*"));
  EXPECT_FALSE(read_types("*"));
}

// The secret, id and time of the specification's example; the signature as OpenSSL and Python's
// hmac make it.
TEST(StandardWebhook, SignsAsTheSpecificationSays) {
  const auto secret = read_secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
  ASSERT_TRUE(secret) << secret.error().message;
  const std::string both[] = {*secret, *secret};
  EXPECT_EQ(signature_of("msg_p5jXN8AQM9LWM0D4loKWxJek", {1614265330000}, R"({"test": 2432232314})",
                         std::span(both, 1)),
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  EXPECT_EQ(signature_of("msg_p5jXN8AQM9LWM0D4loKWxJek", {1614265330000}, R"({"test": 2432232314})",
                         both),
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE= "
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
}

TEST(StandardWebhook, ASecretHasItsFormAndLength) {
  EXPECT_EQ(read_secret(secret_text(std::string(24, 'x'))).value_or(""), std::string(24, 'x'));
  EXPECT_TRUE(read_secret(secret_text(std::string(64, 'x'))));
  EXPECT_FALSE(read_secret(secret_text(std::string(23, 'x'))));
  EXPECT_FALSE(read_secret(secret_text(std::string(65, 'x'))));
  EXPECT_FALSE(read_secret(secret_text(std::string(32, 'x')).substr(6)));
  EXPECT_FALSE(read_secret("whsec_no base64"));
}

TEST(StandardWebhook, WaitsLongerEachTimeAndGivesUpAfterTenAttempts) {
  EXPECT_EQ(delay_after(1, 0, 0), 5 * kSecondMs);
  EXPECT_EQ(delay_after(2, 0, 0), 5 * kMinuteMs);
  EXPECT_EQ(delay_after(9, 0, 0), 24 * kHourMs);
  EXPECT_EQ(delay_after(10, 0, 0), std::nullopt);
  EXPECT_EQ(delay_after(2, 999'999, 0), 5 * kMinuteMs + 29'999);
}

TEST(StandardWebhook, TheReceiverMayAskForMoreTimeButNotForLess) {
  EXPECT_EQ(delay_after(1, 0, kHourMs), kHourMs);
  EXPECT_EQ(delay_after(2, 0, kSecondMs), 5 * kMinuteMs);
  EXPECT_EQ(delay_after(1, 0, 30 * kDayMs), kDayMs);
  EXPECT_EQ(delay_after(1, 0, -5), 5 * kSecondMs);
}

}  // namespace
}  // namespace puntual::events
