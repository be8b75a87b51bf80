// What the vectors of tests/cli/payments_vectors do not hold: the form, whose signature nobody but
// PayU ever sees.
#include "providers/payu/payu.h"

#include <gtest/gtest.h>

#include "base/percent.h"

namespace puntual::payu {
namespace {

std::unique_ptr<PaymentProvider> payu_with(
    std::string_view secrets,
    providers::ProviderEnvironment environment = providers::ProviderEnvironment::Live) {
  return *open(*providers::ProviderSecrets::read(secrets, "payu", "payu.toml"),
               {.environment = environment});
}

PaymentOrder order_of(int64_t minor, std::string_view currency) {
  return {.reference = "COB-2026-000123-A1",
          .amount = {minor, Currency::of(currency)},
          .title = "Factura FV-1029",
          .now = {1'795'273'400'000},
          .expires_at = {1'795'532'600'000},
          .return_url = "https://pagos.example.com/p/x",
          .notice_url = "https://pagos.example.com/webhooks/payments/payu",
          .payer_email = {},
          .method = "VISA,MASTERCARD,AMEX,DINERS"};
}

constexpr std::string_view kSecrets =
    "api_key = 'DemoApiKeyPayU7h3Kq9'\nmerchant_id = 777001\naccount_id = 1\naccount_id_pe = 2\n";

TEST(PayU, SignsAsPublished) {
  EXPECT_EQ(sign(Algorithm::Md5, "4Vj8eK4rloUd272L48hsrarnUA~508029~TestPayU~20000~COP", ""),
            "7ee7cf808ce6a39b17481c54f2c57acc");
}

TEST(PayU, SealsItsFormByTheAlgorithmThatWasAgreedOn) {
  static constexpr std::pair<std::string_view, std::string_view> kSeals[] = {
      {"MD5", "5267d228401d03cf9046a87fb3a2c605"},
      {"SHA", "81e2b041d59f7baf36200f895e6845c517393773"},
      {"SHA256", "6550d95360ccc216fd5a2410be1de7d58c009ac31bc8ad522c9e888048b75c8f"},
      {"HMAC-SHA256", "1f98613bf7bc02383d353b17a313adc4ba5809a3b6212040547b9c10997ac4d7"}};
  for (const auto& [algorithm, seal] : kSeals) {
    const auto place =
        payu_with(fmt::format("{}algorithm = '{}'\nsecret_key = 'DemoSecretPayU_q1w2e3'\n",
                              kSecrets, algorithm))
            ->ask(order_of(12'500'000, "COP"));
    ASSERT_TRUE(place) << place.error().message;
    EXPECT_EQ(field_of(place->form, "signature"), seal) << algorithm;
    EXPECT_EQ(field_of(place->form, "algorithmSignature"), algorithm);
  }
}

TEST(PayU, FillsTheFormForTheAccountOfTheCountry) {
  const auto place = payu_with(kSecrets)->ask(order_of(45'990, "PEN"));
  ASSERT_TRUE(place) << place.error().message;
  EXPECT_EQ(place->url, "https://checkout.payulatam.com/ppp-web-gateway-payu/");
  EXPECT_EQ(field_of(place->form, "accountId"), "2");
  EXPECT_EQ(field_of(place->form, "amount"), "459.9");
  EXPECT_EQ(field_of(place->form, "tax"), "0");
  EXPECT_EQ(field_of(place->form, "taxReturnBase"), "0");
  EXPECT_EQ(field_of(place->form, "test"), "0");
  EXPECT_EQ(field_of(place->form, "expirationDate"), "2026-11-24 15:03:20");
  EXPECT_EQ(field_of(place->form, "paymentMethods"), "VISA,MASTERCARD,AMEX,DINERS");
  EXPECT_EQ(field_of(payu_with(kSecrets)->ask(order_of(12'500'000, "COP"))->form, "accountId"),
            "1");
  const auto test =
      payu_with(kSecrets, providers::ProviderEnvironment::Test)->ask(order_of(45'990, "PEN"));
  EXPECT_EQ(test->url, "https://sandbox.checkout.payulatam.com/ppp-web-gateway-payu/");
  EXPECT_EQ(field_of(test->form, "test"), "1");
}

TEST(PayU, IsOfferedInTheCurrenciesOfItsAccountsAlone) {
  const auto taken = [](std::string_view secrets) {
    const auto payu = *open(*providers::ProviderSecrets::read(secrets, "payu", "payu.toml"),
                            {.currency = Currency::of("COP")});
    std::string codes;
    for (const auto& one : payu->traits().currencies) codes += fmt::format("{} ", one.code);
    return codes;
  };
  EXPECT_EQ(taken(kSecrets), "COP PEN ");
  EXPECT_EQ(taken("api_key = 'DemoApiKeyPayU7h3Kq9'\nmerchant_id = 777001\naccount_id_pa = 2\n"),
            "USD ");
}

// The example of the contract, rightly signed: whose it is stands in what was signed.
TEST(PayU, KnowsANoticeOfAnotherMerchant) {
  const ProviderNotice notice{
      .received_at = {1'795'273'400'000},
      .path = "/",
      .body =
          "merchant_id=777001&state_pol=4&reference_sale=COB-2026-000123-A1&transaction_id="
          "0f3d0b9e-7b0a-4d5c-9c1e-8a1f6a2b3c4d&value=125000.00&currency=COP&test=1&sign="
          "e06b07e8200b6fb9ae59f600734e1b92"};
  const auto ours = payu_with(kSecrets)->hear(notice);
  EXPECT_EQ(ours.signature, NoticeSignature::Valid);
  EXPECT_TRUE(ours.is_ours);
  const auto others =
      payu_with("api_key = 'DemoApiKeyPayU7h3Kq9'\nmerchant_id = 777002\naccount_id = 1\n")
          ->hear(notice);
  EXPECT_EQ(others.signature, NoticeSignature::Valid);
  EXPECT_FALSE(others.is_ours);
  EXPECT_TRUE(payu_with("api_key = 'DemoApiKeyPayU7h3Kq9'\n")->hear(notice).is_ours)
      << "nobody said which";
}

TEST(PayU, SaysWhichSecretsItNeeds) {
  EXPECT_EQ(payu_with("merchant_id = 1\naccount_id = 1\n")->ask(order_of(100, "COP")).error().code,
            ErrorCode::Forbidden);
  EXPECT_EQ(payu_with(fmt::format("{}algorithm = 'HMAC-SHA256'\n", kSecrets))
                ->ask(order_of(100, "COP"))
                .error()
                .code,
            ErrorCode::Forbidden);
  EXPECT_FALSE(
      open(*providers::ProviderSecrets::read("algorithm = 'CRC32'", "payu", "payu.toml"), {}));
  EXPECT_EQ(payu_with(kSecrets)->look_up({.provider_payment_id = "0f3d0b9e"}).error().code,
            ErrorCode::Invalid)
      << "PayU knows references alone";
}

}  // namespace
}  // namespace puntual::payu
