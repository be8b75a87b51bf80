#include "base/crypto.h"
#include "sandbox/test_world.h"

namespace puntual::sandbox {
namespace {

class Webhooks : public World {};

TEST_F(Webhooks, AreSignedOverTheirExactBytes) {
  says(kAna, "té/ñ 👍");
  const auto deliveries = platform->advance(now);
  ASSERT_EQ(deliveries.size(), 1U);
  const auto& body = deliveries[0].body;
  EXPECT_EQ(deliveries[0].signature, "sha256=" + hex(hmac_sha256("sandbox-secret", body)));
  EXPECT_TRUE(body.contains(R"(t\u00e9\/\u00f1 \ud83d\udc4d)")) << "spelt as Meta spells: " << body;
  EXPECT_TRUE(body.starts_with(
      R"({"object":"whatsapp_business_account","entry":[{"id":"102290129340398","changes":[)"))
      << body;
}

TEST_F(Webhooks, AreRepeatedUntilAnswered200) {
  says(kAna, "hola");
  auto first = platform->advance(now);
  ASSERT_EQ(first.size(), 1U);
  int64_t gap = 0;
  for (int i = 0; i < 6; ++i) {
    platform->delivered(first[0].id, i % 2 == 0 ? 500 : 0, now);
    const auto due = platform->next_due();
    ASSERT_TRUE(due);
    EXPECT_GT(*due - now, gap) << "ever later";
    gap = *due - now;
    EXPECT_TRUE(platform->advance(*due - 1).empty());
    now = *due;
    const auto again = platform->advance(now);
    ASSERT_EQ(again.size(), 1U);
    EXPECT_EQ(again[0].body, first[0].body);
    EXPECT_EQ(again[0].signature, first[0].signature);
    EXPECT_EQ(again[0].attempt, i + 2);
  }
  platform->delivered(first[0].id, 200, now);
  EXPECT_FALSE(platform->next_due());
}

TEST_F(Webhooks, AreGivenUpAfterThePolicysEnd) {
  for (const auto& [days_ms, policy] :
       {std::pair{7 * kDayMs, ""},
        {36 * kHourMs, R"({"platform":{"webhook_retry_for_ms":129600000}})"}}) {
    if (*policy != '\0') control("faults", policy);
    says(kAna, "hola");
    const Instant began = now;
    auto deliveries = platform->advance(now);
    while (!deliveries.empty()) {
      platform->delivered(deliveries[0].id, 503, now);
      const auto due = platform->next_due();
      if (!due) break;
      now = *due;
      deliveries = platform->advance(now);
    }
    EXPECT_LE(now - began, days_ms);
    EXPECT_GT(now - began, days_ms - kDayMs);
  }
}

TEST_F(Webhooks, ComeInBatches) {
  control("faults", R"({"platform":{"webhook_batch_max":1000}})");
  for (int i = 0; i < 2500; ++i) says(fmt::format("+57300123{:04}", i), "hola");
  const auto deliveries = platform->advance(now);
  ASSERT_EQ(deliveries.size(), 3U);
  const auto body = *parse_json(deliveries[0].body);
  EXPECT_EQ(member_array(member_array(body, "entry")->front(), "changes")->size(), 1000U);
}

TEST_F(Webhooks, AreLostDoubledAndLateOnRequest) {
  const auto came = [&](std::string_view faults) {
    EXPECT_EQ(control("faults", fmt::format(R"({{"clear":true,"webhooks":{}}})", faults)).status,
              200);
    for (int i = 0; i < 100; ++i) says(kAna, fmt::format("n{}", i));
    return after(0);
  };
  EXPECT_EQ(came(R"({"drop_next":3})").size(), 97U);
  EXPECT_EQ(came(R"({"duplicate_ppm":1000000})").size(), 200U);
  EXPECT_EQ(came(R"({"delay_ppm":1000000,"delay_min_ms":5000,"delay_max_ms":5000})").size(), 0U);
  EXPECT_EQ(after(5'000).size(), 100U);
  const auto mixed = came(R"({"permute_ppm":500000})");
  ASSERT_EQ(mixed.size(), 100U);
  int out_of_order = 0;
  for (size_t i = 0; i < mixed.size(); ++i) {
    if (!json::serialize(mixed[i]).contains(fmt::format("\"n{}\"", i))) ++out_of_order;
  }
  EXPECT_GT(out_of_order, 10);
}

TEST_F(Webhooks, TellOfTheAccountOnDemand) {
  EXPECT_EQ(control("account", R"({"field":"account_update","value":{"event":"ACCOUNT_RESTRICTION",
    "restriction_info":[{"restriction_type":"RESTRICTED_BIZ_INITIATED_MESSAGING","expiration":1764000000}]}})")
                .status,
            200);
  control("account", R"({"number":{"messages_per_second":1000}})");
  const auto changes = after(0);
  EXPECT_EQ(*member_text(changes.at(0), "field"), "account_update");
  EXPECT_EQ(*member_text(*member(changes.at(1), "value"), "event"), "THROUGHPUT_UPGRADE");
  EXPECT_EQ(control("account", R"({"field":"weather","value":{}})").status, 400);
}

TEST_F(Webhooks, CarryMediaThatCanBeFetched) {
  ASSERT_TRUE(
      platform->act({.from = std::string(kAna), .type = "image", .text = "mi comprobante"}, now));
  const auto changes = after(0);
  const auto* image =
      member(member_array(*member(changes.at(0), "value"), "messages")->front(), "image");
  EXPECT_EQ(*member_text(*image, "caption"), "mi comprobante");
  EXPECT_EQ(member_text(*image, "sha256")->size(), 44U);
  const auto id = *member_text(*image, "id");
  EXPECT_EQ(call("GET", "/v26.0/" + id).status, 200);
  after(7 * kDayMs);
  EXPECT_EQ(call("GET", "/v26.0/" + id).status, 400);
}

}  // namespace
}  // namespace puntual::sandbox
