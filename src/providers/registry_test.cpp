#include "providers/registry.h"

#include <gtest/gtest.h>

namespace puntual::providers {
namespace {

TEST(ProviderSecrets, ReadsLeniently) {
  const auto secrets = ProviderSecrets::read(
      "Private-Key = 'a'\nevents_secret = ['new', 'old']\nmerchant_id = 508029\nempty = "
      "''\n[bold]\nprivate_key = 'b'\n",
      "wompi", "s.toml");
  ASSERT_TRUE(secrets);
  EXPECT_EQ(secrets->first({"private_key"}), "a");
  EXPECT_EQ(secrets->first({"merchant_id"}), "508029");
  EXPECT_EQ(secrets->all({"missing", "Events Secret"}), (std::vector<std::string>{"new", "old"}));
  EXPECT_EQ(secrets->all({"empty"}), std::vector<std::string>{""});
  EXPECT_TRUE(secrets->all({"missing"}).empty());
  EXPECT_EQ(ProviderSecrets::read("private_key = 'a'\n[Bold]\nprivate_key = 'b'", "bold", "s.toml")
                ->first({"private_key"}),
            "b");
  EXPECT_FALSE(ProviderSecrets::read("private_key = ", "wompi", "s.toml"));
}

TEST(ProviderRegistry, OpensByNameAndSuggests) {
  for (const auto name : names()) {
    const auto provider = open(name, {}, {.environment = ProviderEnvironment::Test});
    ASSERT_TRUE(provider) << name;
    EXPECT_EQ((*provider)->traits().name, name);
    EXPECT_EQ((*provider)->traits().makes_places, !(*provider)->traits().page_hosts.empty())
        << name << ": payers go to its hosts alone";
    EXPECT_NE((*provider)->hear({.body = "{}"}).signature, NoticeSignature::Valid)
        << name << " without a secret";
  }
  EXPECT_TRUE(open("Wompi", {}, {}));
  EXPECT_TRUE(open("d-local", {}, {}));
  EXPECT_EQ(open("wonpi", {}, {}).error().message,
            "payment provider 'wonpi' is unknown: did you mean 'wompi'?");
  EXPECT_EQ(open("wonpi", {}, {}).error().code, ErrorCode::NotFound);
  EXPECT_FALSE(open("wompi", {}, {.base_url = "http://wompi.example.com"}));
}

TEST(ProviderRegistry, WhoseNoticesAloneAreKnownIsAskedForNothing) {
  for (const auto name : names()) {
    const auto provider = *open(name, {}, {.environment = ProviderEnvironment::Test});
    if (provider->traits().makes_places) continue;
    EXPECT_EQ(
        provider->ask({.reference = "PT-1", .amount = {100, Currency::of("COP")}}).error().code,
        ErrorCode::Invalid)
        << name;
    EXPECT_EQ(
        provider->look_up({.reference = "PT-1"}).error().message,
        fmt::format("{}: its notices can be verified, and no more", provider->traits().title));
  }
}

TEST(ProviderRegistry, SeesTheEnvironmentByTheKeys) {
  const auto of = [](std::string_view name, std::string_view toml) {
    return environment_of(name, *ProviderSecrets::read(toml, name, "s.toml"));
  };
  EXPECT_EQ(*of("wompi", "events_secret = 'test_events_1'"), ProviderEnvironment::Test);
  EXPECT_EQ(*of("wompi", "private_key = 'prv_test_1'"), ProviderEnvironment::Test);
  EXPECT_EQ(*of("Mercado Pago", "access_token = 'APP_USR-1'"), ProviderEnvironment::Live);
  EXPECT_EQ(*of("stripe", "secret_key = 'rk_live_1'"), ProviderEnvironment::Live);
  EXPECT_EQ(*of("culqi", "secret_key = 'sk_test_1'"), ProviderEnvironment::Test);
  for (const std::string_view name : {"bold", "payu", "culqi"})
    EXPECT_EQ(*of(name, "secret_key = 'x_test_1'"), std::nullopt) << name << " shows it by nothing";
  EXPECT_EQ(*of("payu", "api_key = 'x'\nenvironment = 'sandbox'"), ProviderEnvironment::Test);
  EXPECT_EQ(*of("payu", "api_key = 'x'\nenvironment = 'live'"), ProviderEnvironment::Live);
  EXPECT_EQ(of("payu", "environment = 'testing'").error().message,
            "payu: environment 'testing' is unknown (expected \"test\" or \"live\")");
}

TEST(ProviderRegistry, AsksNobodyWithoutTheKeysOrWithThoseOfTheOtherEnvironment) {
  const auto check = [](std::string_view name, std::string_view toml,
                        ProviderEnvironment environment) {
    const auto checked =
        check_secrets(name, *ProviderSecrets::read(toml, name, "s.toml"), environment);
    return checked ? std::string() : checked.error().message;
  };
  using enum ProviderEnvironment;
  EXPECT_EQ(check("wompi", "public_key = 'pub_test_1'\nintegrity_secret = 'x'\n", Test),
            "wompi: private_key is missing in its secrets file");
  EXPECT_EQ(check("wompi", "private_key = 'prv_test_1'", Test), "");
  EXPECT_EQ(
      check("wompi", "private_key = 'prv_test_1'", Live),
      "wompi: its secrets are of the other environment than 'live': all must be test, or all live");
  EXPECT_NE(check("wompi", "private_key = 'prv_prod_1'\nevents_secret = 'test_events_1'", Live),
            "");
  EXPECT_NE(check("stripe", "secret_key = 'sk_live_1'", Test), "");
  EXPECT_NE(check("mercadopago", "access_token = 'TEST-1'", Live), "");
  for (const auto name : names())
    EXPECT_EQ(check(name, "", Test).empty(), !(*open(name, {}, {}))->traits().makes_places) << name;
}

}  // namespace
}  // namespace puntual::providers
