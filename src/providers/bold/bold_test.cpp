// The vectors of the payments contract, section 4: those that must be taken, and those that must
// not.
#include "providers/bold/bold.h"

#include <gtest/gtest.h>

#include "base/crypto.h"

namespace puntual::bold {
namespace {

const std::string kSecret = "DemoLlaveSecretaBold_4kT9";
constexpr std::string_view kBody =
    R"({"id":"0b5a6c1e-5d0e-4f3c-9b1a-2f7f3c8f9a10","type":"SALE_APPROVED","subject":"TXDEMO0001","source":"/payments","spec_version":"1.0","time":1795273460000000000,"data":{"payment_id":"TXDEMO0001","merchant_id":"CKKDEMO01","created_at":"2026-11-21T10:04:20-05:00","amount":{"total":125000,"taxes":[],"tip":0,"currency":"COP"},"user_id":"u-demo-1","metadata":{"reference":"COB-2026-000123-A1"},"bold_code":"00","payer_email":"ana@example.com","payment_method":"PSE"},"datacontenttype":"application/json"})";
constexpr std::string_view kSigned =
    "1c87add540cdf925858d1f9fc61891a4fd4198ed512c94dcab71bc9fc8503afb";
constexpr std::string_view kSignedByNothing =
    "8712f469dd67361e60765b83ad0ccc560b2021d2383b2239d0bcbba92c4aec66";
constexpr std::string_view kWithoutBase64 =
    "859796f02c7b24a38c90d3d6c6c4fe1f0d0ed0c31909b6640b193c8b2ec46b86";

HeardNotice heard(std::string_view signature, std::string body = std::string(kBody),
                  bool takes_empty_key = false, std::vector<std::string> keys = {kSecret}) {
  ProviderNotice notice{.path = "/webhooks/payments/bold"};
  notice.headers = {{"X-Bold-Signature", std::string(signature)}};
  notice.body = std::move(body);
  return hear(notice, keys, takes_empty_key);
}

TEST(Bold, TheVectorIsTheContracts) {
  EXPECT_EQ(kBody.size(), 500u);
  EXPECT_EQ(hex(sha256(kBody)), "1e5a58a5de772658adf8d7c9ea6963936ea4e7dfa5828bb2428f90f50547079a");
  EXPECT_EQ(base64(kBody).size(), 668u);
  EXPECT_TRUE(base64(kBody).starts_with("eyJpZCI6IjBiNWE2YzFlLTVk"));
}

TEST(Bold, ReadsAnApprovedSale) {
  const auto notice = heard(kSigned);
  EXPECT_EQ(notice.signature, NoticeSignature::Valid);
  EXPECT_EQ(notice.event_key, "0b5a6c1e-5d0e-4f3c-9b1a-2f7f3c8f9a10");
  EXPECT_EQ(notice.provider_payment_id, "TXDEMO0001");
  EXPECT_EQ(notice.reference, "COB-2026-000123-A1");
  EXPECT_EQ(notice.amount, (Money{12'500'000, Currency::of("COP")}));
  EXPECT_EQ(notice.status, ProviderStatus::Paid);
  EXPECT_FALSE(notice.must_reread);
}

TEST(Bold, TheEmptyKeyIsForTestsAlone) {
  EXPECT_EQ(heard(kSignedByNothing).signature, NoticeSignature::Invalid);
  EXPECT_EQ(heard(kSignedByNothing, std::string(kBody), false, {""}).signature,
            NoticeSignature::Invalid);
  EXPECT_EQ(heard(kSignedByNothing, std::string(kBody), false, {}).signature,
            NoticeSignature::Invalid);
  EXPECT_EQ(heard(kSignedByNothing, std::string(kBody), true).signature, NoticeSignature::Valid);
  const auto empty = *providers::ProviderSecrets::read("secret_key = ''", "bold", "s.toml");
  const auto live = *open(empty, {.environment = providers::ProviderEnvironment::Live});
  ProviderNotice notice{.headers = {{"x-bold-signature", std::string(kSignedByNothing)}},
                        .body = std::string(kBody)};
  EXPECT_EQ(live->hear(notice).signature, NoticeSignature::Invalid);
}

TEST(Bold, RefusesWhatWasNotSigned) {
  EXPECT_EQ(heard(kWithoutBase64).signature, NoticeSignature::Invalid);
  EXPECT_EQ(heard("").why, "there is no x-bold-signature");
  std::string altered(kBody);
  altered.replace(altered.find("125000"), 6, "125001");
  EXPECT_EQ(heard(kSigned, altered).signature, NoticeSignature::Invalid);
  EXPECT_EQ(heard(kSigned, std::string(kBody) + " ").signature, NoticeSignature::Invalid);
  EXPECT_EQ(heard(kSigned, std::string(kBody), false, {"otra"}).signature,
            NoticeSignature::Invalid);
  EXPECT_EQ(heard(kSigned, std::string(kBody), false, {"otra", kSecret}).signature,
            NoticeSignature::Valid);
  EXPECT_TRUE(heard(kWithoutBase64).must_reread);
}

TEST(Bold, KnowsItsTypes) {
  const auto status_of_type = [](std::string_view type) {
    std::string body(kBody);
    body.replace(body.find("SALE_APPROVED"), 13, type);
    return heard("", body).status;
  };
  EXPECT_EQ(status_of_type("SALE_REJECTED"), ProviderStatus::Failed);
  EXPECT_EQ(status_of_type("VOID_APPROVED"), ProviderStatus::Voided);
  EXPECT_EQ(status_of_type("VOID_REJECTED"), std::nullopt);
  EXPECT_EQ(status_of_type("ALGO_NUEVO"), std::nullopt);
}

TEST(Bold, AReferenceMayBeALinkOrMissing) {
  const auto with_reference = [](std::string_view json) {
    std::string body(kBody);
    body.replace(body.find("\"COB-2026-000123-A1\""), 20, json);
    return heard("", body);
  };
  EXPECT_EQ(with_reference("\"LNK_ABC\"").provider_link_id, "LNK_ABC");
  EXPECT_EQ(with_reference("\"LNK_ABC\"").reference, std::nullopt);
  EXPECT_EQ(with_reference("null").reference, std::nullopt);
  EXPECT_EQ(with_reference("null").provider_payment_id, "TXDEMO0001");
}

TEST(Bold, UnreadableBytesAreAnEventOfTheirOwn) {
  EXPECT_TRUE(heard("", "{").event_key.starts_with("body:"));
  EXPECT_NE(heard("", "{").event_key, heard("", "[").event_key);
}

}  // namespace
}  // namespace puntual::bold
