// The vectors of the payments contract, section 1: those that must be taken, and those that must
// not.
#include "providers/wompi/wompi.h"

#include <gtest/gtest.h>

#include "base/crypto.h"

namespace puntual::wompi {
namespace {

const std::string kSecret = "test_events_DemoCobranza5Hn8Pv3Xs1Mb";
constexpr std::string_view kUsual =
    R"(["transaction.id","transaction.status","transaction.amount_in_cents"])";

struct Event {
  std::string id = "13370-1795273445-44021", status = "APPROVED", amount = "12500000",
              link = "null", timestamp = "1795273446";
  std::string properties = std::string(kUsual);
  std::string checksum;
};

ProviderNotice notice_of(const Event& event) {
  ProviderNotice notice{.received_at = {1'795'273'447'000}, .path = "/webhooks/payments/wompi"};
  notice.body = fmt::format(
      R"({{"event":"transaction.updated","data":{{"transaction":{{"id":"{}","amount_in_cents":{},"reference":"COB-2026-000123-A1","customer_email":"ana@example.com","currency":"COP","payment_method_type":"PSE","redirect_url":"https://pagos.example.com/r","status":"{}","shipping_address":null,"payment_link_id":{},"payment_source_id":null}}}},"environment":"test","signature":{{"properties":{},"checksum":"{}"}},"timestamp":{},"sent_at":"2026-11-21T15:04:06.000Z"}})",
      event.id, event.amount, event.status, event.link, event.properties, event.checksum,
      event.timestamp);
  return notice;
}

HeardNotice heard(const Event& event, const std::vector<std::string>& secrets = {kSecret}) {
  return hear(notice_of(event), secrets);
}
bool is_valid(const Event& event, const std::vector<std::string>& secrets = {kSecret}) {
  return heard(event, secrets).signature == NoticeSignature::Valid;
}

constexpr std::string_view kApproved =
    "ad8c29950f52b84b4f949179b5ea1cb4cf4647def64fd5e424fcae1877329d62";

TEST(Wompi, ReadsAnApprovedTransaction) {
  const auto notice = heard({.checksum = std::string(kApproved)});
  EXPECT_EQ(notice.signature, NoticeSignature::Valid);
  EXPECT_EQ(notice.event_key, "13370-1795273445-44021:APPROVED");
  EXPECT_EQ(notice.provider_payment_id, "13370-1795273445-44021");
  EXPECT_EQ(notice.reference, "COB-2026-000123-A1");
  EXPECT_EQ(notice.amount, (Money{12'500'000, Currency::of("COP")}));
  EXPECT_EQ(notice.status, ProviderStatus::Paid);
  EXPECT_TRUE(notice.must_reread);
}

TEST(Wompi, VerifiesThePublishedAndOwnVectors) {
  EXPECT_TRUE(is_valid(
      {.link = R"("3Z0Cfi")",
       .properties =
           R"(["transaction.status","transaction.amount_in_cents","transaction.id","transaction.payment_link_id"])",
       .checksum = "97ff1d6045e22539a342caba205f872df94c7886569c00642ea05f53fdda6512"}));
  EXPECT_TRUE(
      is_valid({.id = "13371-1795273600-51177",
                .status = "VOIDED",
                .timestamp = "1795280000",
                .checksum = "23097029c5d959c05fba2347c33ad62cd571ac81aaa170a4b7e875a3f9599199"}));
  const Event published{
      .id = "1234-1610641025-49201",
      .amount = "4490000",
      .timestamp = "1530291411",
      .checksum = "c7c03147429efbbcfab3cdf585041c871d577ca183b1387581535add1a061780"};
  EXPECT_TRUE(is_valid(published, {"test_events_EqCPDEn5x4lRatGPxLhyZd6YTgd6QSrr"}));
  // The official page prints another digest (3476DDA5…) for this secret: the true one is taken, and
  // what it prints is not its hash.
  Event official = published;
  official.checksum = "5a18ec5e8fdb7df463e9f94774cba8f583ba21bd04a09ceff2ea68a4bc0aefbe";
  EXPECT_TRUE(is_valid(official, {"prod_events_OcHnIzeBl5socpwByQ4hA52Em3USQ93Z"}));
  official.checksum.replace(0, 8, "3476DDA5");
  EXPECT_FALSE(is_valid(official, {"prod_events_OcHnIzeBl5socpwByQ4hA52Em3USQ93Z"}));
}

TEST(Wompi, TakesUpperCaseTheHeaderAndAnyOfSeveralSecrets) {
  std::string upper(kApproved);
  for (char& c : upper) c = c >= 'a' ? static_cast<char>(c - 32) : c;
  EXPECT_TRUE(is_valid({.checksum = upper}));
  EXPECT_TRUE(is_valid({.checksum = upper}, {"test_events_nuevo", kSecret}));
  auto notice = notice_of({});
  notice.headers = {{"x-event-checksum", upper}};
  EXPECT_EQ(hear(notice, std::vector{kSecret}).signature, NoticeSignature::Valid);
}

TEST(Wompi, RefusesWhatWasNotSigned) {
  const Event declined_for_approved{
      .checksum = "e86903c709d82c1cfd8c5967c8aadca9b333c219630a4350843dff34d6993b33"};
  EXPECT_FALSE(is_valid(declined_for_approved));
  EXPECT_TRUE(is_valid({.status = "DECLINED", .checksum = declined_for_approved.checksum}));
  EXPECT_FALSE(is_valid({.amount = "12500100", .checksum = std::string(kApproved)}));
  EXPECT_FALSE(is_valid({.timestamp = "1795273447", .checksum = std::string(kApproved)}));
  EXPECT_FALSE(is_valid({.checksum = std::string(kApproved)}, {"prod_events_otro"}));
  EXPECT_FALSE(is_valid({.checksum = std::string(kApproved)}, {}));
  EXPECT_FALSE(is_valid({.checksum = ""}));
  // A text that circulates leaves the timestamp out.
  EXPECT_FALSE(
      is_valid({.checksum = hex(sha256("13370-1795273445-44021APPROVED12500000" + kSecret))}));
  // An empty secret proves nothing.
  EXPECT_FALSE(is_valid(
      {.checksum = hex(sha256("13370-1795273445-44021APPROVED125000001795273446"))}, {""}));
}

TEST(Wompi, RefusesAChecksumThatDoesNotCoverTheMoney) {
  const auto signed_as = [](std::string_view text) {
    return hex(sha256(std::string(text) + kSecret));
  };
  const auto less = heard({.properties = R"(["transaction.id","transaction.status"])",
                           .checksum = signed_as("13370-1795273445-44021APPROVED1795273446")});
  EXPECT_EQ(less.signature, NoticeSignature::Invalid);
  EXPECT_EQ(less.why, "the checksum does not cover transaction.amount_in_cents");
  EXPECT_FALSE(is_valid({.properties = "[]", .checksum = signed_as("1795273446")}));
  EXPECT_FALSE(is_valid({.properties = R"(["transaction"])", .checksum = signed_as("1795273446")}));
}

TEST(Wompi, PassesOverWhatItDoesNotKnow) {
  ProviderNotice notice;
  notice.body =
      R"({"event":"nequi_token.updated","data":{"nequi_token":{"id":"n1","status":"APPROVED"}},"environment":"test","signature":{"properties":["nequi_token.id","nequi_token.status"],"checksum":")" +
      hex(sha256("n1APPROVED1795273446" + kSecret)) + R"("},"timestamp":1795273446})";
  const auto token = hear(notice, std::vector{kSecret});
  EXPECT_EQ(token.signature, NoticeSignature::Valid);
  EXPECT_TRUE(token.provider_payment_id.empty());
  EXPECT_FALSE(token.status);
  EXPECT_TRUE(token.event_key.starts_with("body:"));
  notice.body = "no es JSON";
  EXPECT_EQ(hear(notice, std::vector{kSecret}).signature, NoticeSignature::Invalid);
}

TEST(Wompi, SealsTheWebCheckout) {
  EXPECT_EQ(integrity_of({"sk8-438k4-xmxm392-sn2m", "2490000", "COP", ""},
                         "prod_integrity_Z5mMke9x0k8gpErbDqwrJXMqsI6SFli6"),
            "37c8407747e595535433ef8f6a811d853cd943046624a0ec04662b17bbf33bf5");
  const std::string secret = "test_integrity_DemoCobranza7Qk2Lw9Zr4Ty6";
  EXPECT_EQ(integrity_of({"COB-2026-000123-A1", "12500000", "COP", ""}, secret),
            "325750425433ed1febc4881993a8dc892de943c212f99e40e3440b70a92cf676");
  EXPECT_EQ(
      integrity_of({"COB-2026-000123-A1", "12500000", "COP", "2026-11-30T23:59:59.000Z"}, secret),
      "04c25a28f486459e362f30432af38d3d0db2b0f4972c00d571211ecbe03f5f6e");
}

TEST(Wompi, KeepsTestAndLiveApart) {
  const auto events_only =
      *providers::ProviderSecrets::read("events_secret = '" + kSecret + "'", "wompi", "s.toml");
  const auto live = *open(events_only, {.environment = providers::ProviderEnvironment::Live});
  EXPECT_EQ(live->hear(notice_of({.checksum = std::string(kApproved)})).signature,
            NoticeSignature::Invalid);
}

}  // namespace
}  // namespace puntual::wompi
