// Stripe's notices against the vectors of payments.md 3.5 (each secret and digest is invented).
#include "providers/stripe/stripe.h"

#include <gtest/gtest.h>

#include "base/crypto.h"

namespace puntual::stripe {
namespace {

constexpr std::string_view kSecret = "whsec_DemoCobranza1a2B3c4D5e6F7g8H9i0J",
                           kOldSecret = "whsec_DemoCobranzaOLDz9Y8x7W6v5U4t3S2r1Q";
constexpr std::string_view kDigest =
    "e528724a695b0fdea12a64003174c983cc66a797aad58661070d1e3db6d8e3cf";
constexpr std::string_view kOldDigest =
    "2c5686fda8baf11dd69a4c6ebd6b4fd74424ffbd459553ab49361e216d9e728c";
constexpr std::string_view kBody =
    R"({"id":"evt_1DemoCobranza000001","object":"event","api_version":"2026-06-24.dahlia","created":1795273455,"data":{"object":{"id":"cs_test_a1DemoCobranza000001","object":"checkout.session","amount_total":125000,"client_reference_id":"COB-2026-000123-A1","currency":"mxn","livemode":false,"metadata":{"invoice":"F-1029"},"mode":"payment","payment_intent":"pi_1DemoCobranza000001","payment_link":"plink_1DemoCobranza000001","payment_status":"paid","status":"complete"}},"livemode":false,"pending_webhooks":1,"request":{"id":null,"idempotency_key":null},"type":"checkout.session.completed"})";
constexpr Instant kSigned{1'795'273'456'000};

ProviderNotice notice_of(std::string body, std::string signature, Instant at = kSigned) {
  return {.received_at = at,
          .path = "/webhooks/payments/stripe",
          .headers = {{"stripe-signature", std::move(signature)}},
          .body = std::move(body)};
}

HeardNotice hear(std::string_view signature, Instant at = kSigned,
                 const std::vector<std::string>& secrets = {std::string(kSecret)},
                 std::string_view body = kBody) {
  return stripe::hear(notice_of(std::string(body), std::string(signature), at), secrets);
}

std::string header_of(std::string_view digest) { return fmt::format("t=1795273456,v1={}", digest); }

// An event of ours: signed with the demo secret at its time.
HeardNotice hear_event(std::string_view type, std::string_view object) {
  const std::string body = fmt::format(
      R"({{"id":"evt_2","object":"event","data":{{"object":{}}},"type":"{}"}})", object, type);
  const std::string digest = hex(hmac_sha256(kSecret, "1795273456." + body));
  return hear(header_of(digest), kSigned, {std::string(kSecret)}, body);
}

TEST(StripeNotice, ReadsThePublishedVector) {
  ASSERT_EQ(kBody.size(), 584u);
  ASSERT_EQ(hex(sha256(kBody)), "1574c6188061f3f07a4e6dbab55477fc7bfb733272ee2879dcc8d25b519620cc");
  const auto heard = hear(header_of(kDigest));
  EXPECT_EQ(heard.signature, NoticeSignature::Valid) << heard.why;
  EXPECT_EQ(heard.event_key, "evt_1DemoCobranza000001");
  EXPECT_EQ(heard.provider_payment_id, "pi_1DemoCobranza000001");
  EXPECT_EQ(heard.provider_link_id, "plink_1DemoCobranza000001");
  EXPECT_EQ(heard.reference, "COB-2026-000123-A1");
  EXPECT_EQ(heard.amount, (Money{125'000, Currency::of("MXN")}));
  EXPECT_EQ(heard.status, ProviderStatus::Paid);
  EXPECT_FALSE(heard.must_reread);
}

TEST(StripeNotice, TakesAnyOfSeveralSignaturesAndSecrets) {
  const std::string both = fmt::format("t=1795273456,v1={},v1={}", kDigest, kOldDigest),
                    swapped = fmt::format("t=1795273456,v1={},v1={}", kOldDigest, kDigest);
  for (const auto& signature : {both, swapped}) {
    EXPECT_EQ(hear(signature, kSigned, {std::string(kSecret)}).signature, NoticeSignature::Valid);
    EXPECT_EQ(hear(signature, kSigned, {std::string(kOldSecret)}).signature,
              NoticeSignature::Valid);
  }
  EXPECT_EQ(hear(header_of(kOldDigest), kSigned, {std::string(kSecret), std::string(kOldSecret)})
                .signature,
            NoticeSignature::Valid);
  EXPECT_EQ(hear(header_of(kOldDigest), kSigned, {std::string(kSecret)}).signature,
            NoticeSignature::Invalid);
  std::string upper(kDigest);
  for (char& c : upper) c = static_cast<char>(std::toupper(c));
  EXPECT_EQ(hear(fmt::format("v0=00, t=1795273456 , v1={}", upper)).signature,
            NoticeSignature::Valid);
}

TEST(StripeNotice, RefusesOutsideOfTheTolerance) {
  EXPECT_EQ(hear(header_of(kDigest), kSigned + 300 * kSecondMs).signature, NoticeSignature::Valid);
  EXPECT_EQ(hear(header_of(kDigest), kSigned - 300 * kSecondMs).signature, NoticeSignature::Valid);
  for (const int64_t off : {301, -301}) {
    const auto heard = hear(header_of(kDigest), kSigned + off * kSecondMs);
    EXPECT_EQ(heard.signature, NoticeSignature::Invalid);
    EXPECT_NE(heard.why.find("301 s"), std::string::npos) << heard.why;
  }
}

TEST(StripeNotice, RefusesWhatIsNotSignedByIt) {
  std::string altered(kBody);
  altered.replace(altered.find("125000"), 6, "125001");
  EXPECT_EQ(hear(header_of(kDigest), kSigned, {std::string(kSecret)}, altered).signature,
            NoticeSignature::Invalid);
  EXPECT_EQ(hear(header_of(kDigest), kSigned, {std::string(kSecret)}, std::string(kBody) + "\n")
                .signature,
            NoticeSignature::Invalid);
  EXPECT_EQ(hear(fmt::format("t=1795273457,v1={}", kDigest)).signature, NoticeSignature::Invalid);
  EXPECT_EQ(hear(fmt::format("t=1795273456,v0={}", kDigest)).signature, NoticeSignature::Invalid)
      << "v0 is a decoy";
  const std::string without_prefix(kSecret.substr(6));
  EXPECT_EQ(hear(header_of(kDigest), kSigned, {without_prefix}).signature,
            NoticeSignature::Invalid);
  const std::string by_nobody = hex(hmac_sha256("", "1795273456." + std::string(kBody)));
  EXPECT_EQ(hear(header_of(by_nobody), kSigned, {""}).signature, NoticeSignature::Invalid)
      << "an unset secret signs nothing";
  EXPECT_EQ(hear(header_of(kDigest), kSigned, {}).signature, NoticeSignature::Invalid);
}

TEST(StripeNotice, NamesWhatIsWrongWithTheHeader) {
  EXPECT_NE(hear("").why.find("no header"), std::string::npos);
  EXPECT_NE(hear(fmt::format("v1={}", kDigest)).why.find("no time"), std::string::npos);
  for (const auto* time :
       {"-1795273456", "1795273456.0", "99999999999999999999", "9223372036854775807", "x"}) {
    EXPECT_NE(hear(fmt::format("t={},v1={}", time, kDigest)).why.find("no time"), std::string::npos)
        << time;
  }
  EXPECT_NE(hear("t=1795273456").why.find("no v1"), std::string::npos);
}

TEST(StripeNotice, TellsEachEventOfTheContract) {
  struct Case {
    std::string_view type, object;
    std::optional<ProviderStatus> status;
  };
  using enum ProviderStatus;
  const Case cases[] = {
      {"checkout.session.completed",
       R"({"object":"checkout.session","payment_intent":"pi_1","payment_status":"paid"})", Paid},
      {"checkout.session.completed",
       R"({"object":"checkout.session","payment_intent":"pi_1","payment_status":"unpaid"})",
       Pending},
      {"checkout.session.completed",
       R"({"object":"checkout.session","payment_intent":"pi_1","payment_status":"no_payment_required"})",
       std::nullopt},
      {"checkout.session.async_payment_succeeded",
       R"({"object":"checkout.session","payment_intent":"pi_1"})", Paid},
      {"checkout.session.async_payment_failed",
       R"({"object":"checkout.session","payment_intent":"pi_1"})", Failed},
      {"checkout.session.expired", R"({"object":"checkout.session","payment_intent":"pi_1"})",
       Expired},
      {"payment_intent.succeeded", R"({"object":"payment_intent","id":"pi_1"})", Paid},
      {"payment_intent.payment_failed", R"({"object":"payment_intent","id":"pi_1"})", Failed},
      {"payment_intent.processing", R"({"object":"payment_intent","id":"pi_1"})", Pending},
      {"payment_intent.canceled", R"({"object":"payment_intent","id":"pi_1"})", Voided},
      {"charge.refunded",
       R"({"object":"charge","id":"ch_1","payment_intent":"pi_1","refunded":true})", Refunded},
      {"charge.refunded",
       R"({"object":"charge","id":"ch_1","payment_intent":"pi_1","refunded":false})",
       PartiallyRefunded},
      {"refund.created", R"({"object":"refund","id":"re_1","payment_intent":"pi_1"})",
       std::nullopt},
      {"refund.failed",
       R"({"object":"refund","id":"re_1","payment_intent":{"id":"pi_1","object":"payment_intent"}})",
       std::nullopt},
      {"charge.dispute.created",
       R"({"object":"dispute","id":"du_1","payment_intent":"pi_1","status":"needs_response"})",
       Disputed},
      {"charge.dispute.funds_withdrawn",
       R"({"object":"dispute","id":"du_1","payment_intent":"pi_1"})", Chargeback},
      {"charge.dispute.funds_reinstated",
       R"({"object":"dispute","id":"du_1","payment_intent":"pi_1"})", Paid},
      {"charge.dispute.updated",
       R"({"object":"dispute","id":"du_1","payment_intent":"pi_1","status":"under_review"})",
       Disputed},
      {"charge.dispute.closed",
       R"({"object":"dispute","id":"du_1","payment_intent":"pi_1","status":"won"})", Paid},
      {"charge.dispute.closed",
       R"({"object":"dispute","id":"du_1","payment_intent":"pi_1","status":"warning_closed"})",
       Paid},
      {"charge.dispute.closed",
       R"({"object":"dispute","id":"du_1","payment_intent":"pi_1","status":"lost"})", Chargeback},
  };
  for (const auto& one : cases) {
    const auto heard = hear_event(one.type, one.object);
    EXPECT_EQ(heard.signature, NoticeSignature::Valid) << one.type;
    EXPECT_EQ(heard.status, one.status) << one.type << ' ' << one.object;
    EXPECT_EQ(heard.provider_payment_id, "pi_1") << one.type;
    EXPECT_EQ(heard.event_key, "evt_2");
  }
}

TEST(StripeNotice, BelievesOurReferenceBeforeThatOfTheAddress) {
  const auto heard = hear_event(
      "checkout.session.completed",
      R"({"object":"checkout.session","id":"cs_1","client_reference_id":"PT-OTHER","metadata":{"reference":"PT-OURS"},"payment_status":"paid"})");
  EXPECT_EQ(heard.reference, "PT-OURS");
  EXPECT_EQ(heard.provider_link_id, "cs_1") << "a session without a link is the place itself";
}

TEST(StripeNotice, CountsWholePesosOfChileAsTheyAre) {
  const auto chile =
      hear_event("payment_intent.succeeded",
                 R"({"object":"payment_intent","id":"pi_1","amount":125000,"currency":"clp"})");
  EXPECT_EQ(chile.amount, (Money{125'000, Currency::of("CLP")})) << "of the zero-decimal list";
  const auto colombia =
      hear_event("payment_intent.succeeded",
                 R"({"object":"payment_intent","id":"pi_1","amount":12500000,"currency":"cop"})");
  EXPECT_EQ(colombia.amount, (Money{12'500'000, Currency::of("COP")}))
      << "times a hundred, as all others";
  const auto japan =
      hear_event("payment_intent.succeeded",
                 R"({"object":"payment_intent","id":"pi_1","amount":500,"currency":"jpy"})");
  EXPECT_EQ(japan.amount, std::nullopt);
}

TEST(StripeNotice, KeepsWhatItDoesNotKnow) {
  for (const auto* type : {"customer.created", "invoice.paid", ""}) {
    const auto heard = hear_event(type, R"({"object":"customer","id":"cus_1"})");
    EXPECT_EQ(heard.signature, NoticeSignature::Valid);
    EXPECT_EQ(heard.event_key, "evt_2");
    EXPECT_TRUE(heard.provider_payment_id.empty() && heard.provider_link_id.empty() &&
                !heard.status);
  }
  for (const std::string body : {"", "[]", "{\"id\":7,\"data\":[]}", "\xff{"}) {
    const auto heard = hear(header_of(hex(hmac_sha256(kSecret, "1795273456." + body))), kSigned,
                            {std::string(kSecret)}, body);
    EXPECT_EQ(heard.signature, NoticeSignature::Valid);
    EXPECT_FALSE(heard.event_key.empty());
  }
}

}  // namespace
}  // namespace puntual::stripe
