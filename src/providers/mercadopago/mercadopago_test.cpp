// Mercado Pago's notices against the vectors of payments.md 2.5 (each secret and digest is
// invented).
#include "providers/mercadopago/mercadopago.h"

#include <gtest/gtest.h>

#include "base/crypto.h"

namespace puntual::mercadopago {
namespace {

constexpr std::string_view kSecret = "mpdemo9f2c7a1e5b4d8360aa11bb22cc33dd44ee55ff66";
constexpr std::string_view kRequestId = "bb56a2f1-6aae-46ac-982e-9dcd3581d08e";
constexpr Instant kReceived{1'795'273'452'000};

std::string body_of(std::string_view id, std::string_view type = "payment") {
  return fmt::format(
      R"({{"id":118800000001,"live_mode":true,"type":"{}","date_created":"2026-11-21T15:04:09Z",)"
      R"("user_id":"99001122","api_version":"v1","action":"payment.updated","data":{{"id":"{}"}}}})",
      type, id);
}

struct Sent {
  std::string id = "133712345678";
  std::string type = "payment";
  std::string signature;
  std::string request_id = std::string(kRequestId);
  std::string body = body_of("133712345678");
};

ProviderNotice notice_of(const Sent& sent) {
  ProviderNotice notice{
      .received_at = kReceived, .path = "/webhooks/payments/mercadopago", .body = sent.body};
  if (!sent.id.empty()) notice.query.emplace_back("data.id", sent.id);
  if (!sent.type.empty()) notice.query.emplace_back("type", sent.type);
  if (!sent.signature.empty()) notice.headers.emplace_back("X-Signature", sent.signature);
  if (!sent.request_id.empty()) notice.headers.emplace_back("X-Request-Id", sent.request_id);
  return notice;
}

HeardNotice hear(const Sent& sent,
                 const std::vector<std::string>& secrets = {std::string(kSecret)}) {
  return mercadopago::hear(notice_of(sent), secrets);
}

constexpr std::string_view kOfSeconds =
    "ts=1795273450,v1=f2410ba08b4c35f693b45a8e1710eb546e8c1b2584f7b514060d5c7603241405";
constexpr std::string_view kOfMillis =
    "ts=1795273450123,v1=be028bc4c27a06ca01e7e82ae5a7175f6629b55835251eca64a435421993bff0";
constexpr std::string_view kWithoutRequestId =
    "ts=1795273450,v1=5ce3c7f79355a777b1a030d52f3f5cf1bf859b4a9071ada3a6cfef2ab124331a";
constexpr std::string_view kLowered =
    "ts=1795273450,v1=de0d4a32bba845e77dd3fa39ab6bc8af3388c555cafdc176aadeddd203f07a14";
constexpr std::string_view kAsReceived =
    "ts=1795273450,v1=a3827ed6ebf5ef897ac2062961698e15fc95f5c4e4d257369225285ee5527949";

TEST(MercadoPago, IsOfferedInTheCurrencyOfItsAccountAlone) {
  const auto secrets =
      providers::ProviderSecrets::read("access_token = 'APP_USR-1'", "mercadopago", "mp.toml");
  const auto takes = [&](Currency account, std::string_view owed) {
    return (*open(*secrets, {.currency = account}))->traits().bounds(Currency::of(owed)) != nullptr;
  };
  EXPECT_TRUE(takes(Currency::of("COP"), "COP"));
  EXPECT_FALSE(takes(Currency::of("COP"), "MXN"));
  EXPECT_TRUE(takes(Currency(), "MXN")) << "nobody has said of what the account is";
}

TEST(MercadoPagoNotice, ReadsThePublishedVector) {
  const auto heard = hear({.signature = std::string(kOfSeconds)});
  EXPECT_EQ(heard.signature, NoticeSignature::Valid) << heard.why;
  EXPECT_EQ(heard.event_key, "payment:133712345678:118800000001");
  EXPECT_EQ(heard.provider_payment_id, "133712345678");
  EXPECT_TRUE(heard.must_reread);
  EXPECT_EQ(heard.amount, std::nullopt);
  EXPECT_EQ(heard.status, std::nullopt);
  EXPECT_EQ(heard.reference, std::nullopt);
}

TEST(MercadoPagoNotice, TakesEveryFormOfTheManifest) {
  EXPECT_EQ(hear({.signature = std::string(kOfMillis)}).signature, NoticeSignature::Valid);
  EXPECT_EQ(hear({.signature = std::string(kWithoutRequestId), .request_id = ""}).signature,
            NoticeSignature::Valid);
  const Sent order{
      .id = "ORD01JDEMO8ZKQ2R7X", .type = "order", .body = body_of("ORD01JDEMO8ZKQ2R7X", "order")};
  for (const auto signature : {kLowered, kAsReceived}) {
    auto sent = order;
    sent.signature = signature;
    const auto heard = hear(sent);
    EXPECT_EQ(heard.signature, NoticeSignature::Valid) << heard.why;
    EXPECT_EQ(heard.provider_payment_id, "ORD01JDEMO8ZKQ2R7X");
    EXPECT_EQ(heard.event_key, "order:ord01jdemo8zkq2r7x:118800000001");
  }
}

TEST(MercadoPagoNotice, ReadsItsHeaderLeniently) {
  std::string signature =
      "v2=zz, ts = 1795273450 ,v1=F2410BA08B4C35F693B45A8E1710EB546E8C1B2584F7B514060D5C7603241405";
  EXPECT_EQ(hear({.signature = signature}).signature, NoticeSignature::Valid);
  EXPECT_EQ(hear({.signature = std::string(kOfSeconds)}, {"otro", std::string(kSecret)}).signature,
            NoticeSignature::Valid);
}

TEST(MercadoPagoNotice, RefusesWhatIsNotSignedByIt) {
  const auto is_refused = [](const Sent& sent,
                             const std::vector<std::string>& secrets = {std::string(kSecret)}) {
    const auto heard = hear(sent, secrets);
    return heard.signature == NoticeSignature::Invalid && !heard.why.empty();
  };
  EXPECT_TRUE(is_refused({.id = "133712345679",
                          .signature = std::string(kOfSeconds),
                          .body = body_of("133712345679")}));
  EXPECT_TRUE(is_refused({.signature = std::string(kOfSeconds), .request_id = ""}))
      << "a request id that was signed is missing";
  EXPECT_TRUE(is_refused({.signature = std::string(kWithoutRequestId)}))
      << "a request id that was not signed is there";
  EXPECT_TRUE(is_refused(
      {.signature =
           "ts=1795273451,v1=f2410ba08b4c35f693b45a8e1710eb546e8c1b2584f7b514060d5c7603241405"}));
  EXPECT_TRUE(is_refused({.signature = std::string(kOfSeconds)}, {"otro"}));
  EXPECT_TRUE(is_refused({.signature = std::string(kOfSeconds)}, {}));
  const std::string by_nobody =
      hex(hmac_sha256("", fmt::format("id:133712345678;request-id:{};ts:1795273450;", kRequestId)));
  EXPECT_TRUE(is_refused({.signature = "ts=1795273450,v1=" + by_nobody}, {""}))
      << "an unset secret signs nothing";
}

TEST(MercadoPagoNotice, RefusesABodyThatSpeaksOfAnotherPayment) {
  EXPECT_EQ(hear({.signature = std::string(kOfSeconds), .body = body_of("999")}).signature,
            NoticeSignature::Invalid);
  // Signed without an id: whatever the body says is nobody's word.
  const std::string digest =
      hex(hmac_sha256(kSecret, fmt::format("request-id:{};ts:1795273450;", kRequestId)));
  EXPECT_EQ(hear({.id = "", .signature = "ts=1795273450,v1=" + digest}).signature,
            NoticeSignature::Invalid);
  EXPECT_EQ(hear({.signature = std::string(kOfSeconds), .body = ""}).provider_payment_id,
            "133712345678")
      << "the query is what is signed";
}

TEST(MercadoPagoNotice, NamesWhatIsWrongWithTheHeader) {
  EXPECT_NE(hear({}).why.find("no header"), std::string::npos);
  EXPECT_NE(hear({.signature = "v1=f2410ba0"}).why.find("no time"), std::string::npos);
  EXPECT_NE(hear({.signature = "ts=17952x,v1=f2410ba0"}).why.find("no time"), std::string::npos);
  EXPECT_NE(hear({.signature = "ts=1795273450"}).why.find("no v1"), std::string::npos);
}

TEST(MercadoPagoNotice, IsNewsOnceHoweverOftenItIsSent) {
  const auto first = hear({.signature = std::string(kOfSeconds)});
  EXPECT_EQ(hear({.signature = std::string(kOfMillis)}).event_key, first.event_key)
      << "sent again, signed anew";
  std::string later = body_of("133712345678");
  later.replace(later.find("118800000001"), 12, "118800000002");
  EXPECT_NE(hear({.signature = std::string(kOfSeconds), .body = later}).event_key, first.event_key)
      << "of the same payment, and news";
}

TEST(MercadoPagoNotice, AsksForMerchantOrdersAndChargebacksByTheirPlace) {
  const auto heard_of = [](std::string type) {
    return hear({.type = type,
                 .signature = std::string(kOfSeconds),
                 .body = body_of("133712345678", type)});
  };
  EXPECT_EQ(heard_of("topic_merchant_order_wh").provider_link_id, "merchant_orders/133712345678");
  EXPECT_EQ(heard_of("topic_chargebacks_wh").provider_link_id, "v1/chargebacks/133712345678");
  for (const auto* type :
       {"topic_claims_integration_wh", "stop_delivery_op_wh", "subscription_preapproval"}) {
    const auto heard = heard_of(type);
    EXPECT_EQ(heard.signature, NoticeSignature::Valid);
    EXPECT_FALSE(heard.event_key.empty());
    EXPECT_TRUE(heard.provider_payment_id.empty() && heard.provider_link_id.empty());
  }
}

TEST(MercadoPagoNotice, HearsTheOlderKindAsAHint) {
  ProviderNotice ipn{.received_at = kReceived,
                     .query = {{"topic", "payment"}, {"id", "133712345678"}}};
  const auto heard = mercadopago::hear(ipn, std::vector{std::string(kSecret)});
  EXPECT_EQ(heard.signature, NoticeSignature::Unsigned);
  EXPECT_EQ(heard.provider_payment_id, "133712345678");
  EXPECT_TRUE(heard.must_reread);
  ipn.received_at = ipn.received_at + 2 * kHourMs;
  EXPECT_NE(mercadopago::hear(ipn, {}).event_key, heard.event_key) << "it may be news";

  const ProviderNotice by_body{
      .received_at = kReceived,
      .body =
          R"({"resource":"https://api.mercadopago.com/merchant_orders/2700","topic":"merchant_order"})"};
  EXPECT_EQ(mercadopago::hear(by_body, {}).provider_link_id, "merchant_orders/2700");
  EXPECT_EQ(
      mercadopago::hear({.query = {{"topic", "payment"}, {"id", "../users/me"}}}, {}).signature,
      NoticeSignature::Invalid);
  EXPECT_EQ(mercadopago::hear({.body = "{}"}, {}).signature, NoticeSignature::Invalid);
}

TEST(MercadoPagoStatus, IsTheContractsTable) {
  using enum ProviderStatus;
  const std::tuple<std::string_view, std::string_view, ProviderStatus> cases[] = {
      {"pending", "pending_waiting_transfer", Pending},
      {"in_process", "pending_review_manual", Pending},
      {"authorized", "pending_capture", Pending},
      {"approved", "accredited", Paid},
      {"approved", "partially_refunded", PartiallyRefunded},
      {"rejected", "cc_rejected_high_risk", Failed},
      {"cancelled", "expired", Expired},
      {"cancelled", "by_collector", Cancelled},
      {"cancelled", "by_payer", Cancelled},
      {"refunded", "refunded", Refunded},
      {"in_mediation", "pending", Disputed},
      {"charged_back", "in_process", Chargeback},
      {"charged_back", "settled", Chargeback},
      {"charged_back", "reimbursed", Paid},
      {"something_new", "", Pending}};
  for (const auto& [status, detail, expected] : cases)
    EXPECT_EQ(status_of(status, detail), expected) << status << ' ' << detail;
}

}  // namespace
}  // namespace puntual::mercadopago
